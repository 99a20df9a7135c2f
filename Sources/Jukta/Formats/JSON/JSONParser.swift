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
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private var depth = 0
  /// The names of members that are wanted in columns.
  private let columnNames: [String]
  private let maximumDepth: Int

  /// Parses one document.
  /// - Parameters:
  ///   - columns: the names of members whose values become `JSONValue.columns`, where they are of a
  ///   form that columns can hold.
  ///   - maximumDepth: how deep arrays and objects may be nested.
  public static func parse(
    _ text: Span<UInt8>, columns: [String] = [], maximumDepth: Int = 256
  ) throws(JSONError) -> JSONValue {
    var failure: JSONError?
    let value: JSONValue = text.withUnsafeBufferPointer { bytes in
      do throws(JSONError) {
        var parser = JSONParser(
          bytes: bytes, columnNames: columns, maximumDepth: min(maximumDepth, 256))
        return try parser.document()
      } catch {
        failure = error
        return .null
      }
    }
    if let failure { throw failure }
    return value
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, columnNames: [String], maximumDepth: Int) {
    (self.bytes, self.columnNames, self.maximumDepth) = (bytes, columnNames, maximumDepth)
  }

  private mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("text after the end of the document") }
    return value
  }

  func error(_ reason: String) -> JSONError { JSONError(offset: position, reason: reason) }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
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
    guard depth < maximumDepth else { throw error("nested more than \(maximumDepth) deep") }
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
      if parser.columnNames.contains(key), let columns = parser.columns() {
        members.append(.init(key, .columns(columns)))
      } else {
        members.append(.init(key, try parser.value()))
      }
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

  mutating func number() throws(JSONError) -> Double {
    let start = position
    let isNegative = take("-")
    let first = position
    // Up to 18 digits without an exponent are read on the way; others once more, by `JSONNumber`.
    var significand = digits(from: 0)
    var count = position - first
    guard count > 0 else { throw error("expected a value") }
    guard count == 1 || bytes[first] != 0x30 else { throw error("a number with a leading zero") }
    var places = 0
    if take(".") {
      let fraction = position
      significand = digits(from: significand)
      places = position - fraction
      count += places
      guard places > 0 else { throw error("expected a digit") }
    }
    var isPlain = count <= 18
    if take("e") || take("E") {
      isPlain = false
      if !take("+") { _ = take("-") }
      let exponent = position
      _ = digits(from: 0)
      guard position > exponent else { throw error("expected a digit") }
    }
    if isPlain {
      let value = JSONNumber.value(significand, places: places)
      return isNegative ? -value : value
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
    guard let value = JSONNumber.read(text) else {
      let shown = String(decoding: text.prefix(40), as: UTF8.self)
      throw JSONError(offset: start, reason: "the number \(shown) is out of range")
    }
    return value
  }

  /// Takes decimal digits; they go on from those of `number`, and what overflows is of no use.
  @inline(__always)
  private mutating func digits(from number: UInt64) -> UInt64 {
    var number = number
    while position < bytes.count {
      let digit = bytes[position] &- 0x30
      guard digit < 10 else { break }
      number = number &* 10 &+ UInt64(digit)
      position += 1
    }
    return number
  }

  private mutating func string() throws(JSONError) -> String {
    guard take("\"") else { throw error("expected a string") }
    var text = ""
    while true {
      let start = position
      position = JSONScan.endOfRun(bytes, from: start)
      guard position < bytes.count else { throw error("a string without an end") }
      let byte = bytes[position]
      guard byte >= 0x20 else { throw error("a control character inside a string") }
      try append(start..<position, to: &text)
      position += 1
      if byte == UInt8(ascii: "\"") { return text }
      text.unicodeScalars.append(try escape())
    }
  }

  private func append(_ range: Range<Int>, to text: inout String) throws(JSONError) {
    guard !range.isEmpty else { return }
    guard let part = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    else { throw JSONError(offset: range.lowerBound, reason: "a string that is not UTF-8") }
    if text.isEmpty { text = part } else { text += part }
  }

  mutating func escape() throws(JSONError) -> Unicode.Scalar {
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
