/// JSON that is not JSON (RFC 8259).
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// Where, in bytes from the start.
  public let offset: Int
  /// What was expected or found.
  public let reason: String

  /// Place and cause.
  public var description: String { "byte \(offset): \(reason)" }
}

/// A strict parser for JSON that comes from outside: bounded depth, no recursion on data beyond it,
/// and an error with its place for everything that is not RFC 8259.
public struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private static let maximumDepth = 256

  /// Parses one document.
  public static func parse(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
    var failure: JSONError?
    let value: JSONValue = text.withUnsafeBufferPointer { bytes in
      do throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        return try parser.document()
      } catch {
        failure = error
        return .null
      }
    }
    if let failure { throw failure }
    return value
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("text after the end of the document") }
    return value
  }

  private func error(_ reason: String) -> JSONError { JSONError(offset: position, reason: reason) }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw error("the document ends in the middle") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try nested(Self.object)
    case UInt8(ascii: "["): return try nested(Self.array)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    guard depth < Self.maximumDepth else { throw error("nested more than 256 deep") }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private static func object(_ parser: inout JSONParser) throws(JSONError) -> JSONValue {
    var members: [JSONValue.Member] = []
    parser.skipSpace()
    if parser.take("}") { return .object([]) }
    repeat {
      parser.skipSpace()
      let key = try parser.string()
      parser.skipSpace()
      guard parser.take(":") else { throw parser.error("expected ':'") }
      members.append(.init(key, try parser.value()))
      parser.skipSpace()
    } while parser.take(",")
    guard parser.take("}") else { throw parser.error("expected ',' or '}'") }
    return .object(members)
  }

  private static func array(_ parser: inout JSONParser) throws(JSONError) -> JSONValue {
    var items: [JSONValue] = []
    parser.skipSpace()
    if parser.take("]") { return .array([]) }
    repeat {
      items.append(try parser.value())
      parser.skipSpace()
    } while parser.take(",")
    guard parser.take("]") else { throw parser.error("expected ',' or ']'") }
    return .array(items)
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError)
    -> JSONValue
  {
    for index in 0..<text.utf8CodeUnitCount {
      guard position < bytes.count, bytes[position] == text.utf8Start[index] else {
        throw error("expected \(text)")
      }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> Double {
    let start = position
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    _ = take("-")
    let digits = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    guard position > digits else { throw error("expected a value") }
    guard position == digits + 1 || bytes[digits] != 0x30 else {
      throw error("a number with a leading zero")
    }
    if take(".") {
      let fraction = position
      while position < bytes.count, isDigit(bytes[position]) { position += 1 }
      guard position > fraction else { throw error("expected a digit") }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      let exponent = position
      while position < bytes.count, isDigit(bytes[position]) { position += 1 }
      guard position > exponent else { throw error("expected a digit") }
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
    guard let value = JSONNumber.read(text) else {
      let shown = String(decoding: text.prefix(40), as: UTF8.self)
      throw JSONError(offset: start, reason: "the number \(shown) is out of range")
    }
    return value
  }

  private mutating func string() throws(JSONError) -> String {
    guard take("\"") else { throw error("expected a string") }
    var start = position
    var text = ""
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        try append(start..<position, to: &text)
        position += 1
        return text
      } else if byte == UInt8(ascii: "\\") {
        try append(start..<position, to: &text)
        position += 1
        text.unicodeScalars.append(try escape())
        start = position
      } else if byte < 0x20 {
        throw error("a control character inside a string")
      } else {
        position += 1
      }
    }
    throw error("a string without an end")
  }

  private func append(_ range: Range<Int>, to text: inout String) throws(JSONError) {
    guard !range.isEmpty else { return }
    guard let part = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    else { throw JSONError(offset: range.lowerBound, reason: "a string that is not UTF-8") }
    if text.isEmpty { text = part } else { text += part }
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard position < bytes.count else { throw error("a string without an end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, take("\\"), take("u") else { throw error("half a surrogate pair") }
      let low = try hexadecimal()
      guard low >= 0xDC00, low < 0xE000,
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      else { throw error("half a surrogate pair") }
      return scalar
    default: throw error("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw error("expected four hexadecimal digits") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw error("expected four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
