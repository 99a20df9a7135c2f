import Jukta

/// Finds a field in the text of a JSON object, so that everything else can stay as it is.
///
/// It checks what it walks over: strings, literals, brackets, commas and the end of the object.
struct RecordScan {
  /// A member of an object, in bytes of the line.
  struct Field {
    /// The key with its quotes.
    var key: Range<Int>
    /// The string with its quotes.
    var value: Range<Int>
    /// Other members of its object whose names the output has too, each with one of its commas.
    var replaced: [Range<Int>] = []
  }

  /// The names of the members that take the place of the text.
  private static let written = ["sentences", "ranges", "decisions"].map { Array($0.utf8) }

  private static let maximumDepth = 256
  private var position = 0
  private var found: Field?
  private var texts: [String] = []
  /// A member of the outermost object that is wanted whatever it is, and where its value lies.
  private var wantedValue: [UInt8]?
  private var foundValue: Range<Int>?

  private init() {}

  /// Where the value of a member of the outermost object lies, whatever it is; of several the last
  /// counts, as with other readers. nil where there is none.
  /// - Throws: `RecordError` if the line is no object.
  static func value(of name: [UInt8], in line: Span<UInt8>) throws(RecordError) -> Range<Int>? {
    var scan = RecordScan()
    scan.wantedValue = name
    scan.skipSpace(line)
    guard scan.position < line.count, line[scan.position] == UInt8(ascii: "{") else {
      throw .notAnObject
    }
    try scan.object(line, [], depth: 0)
    return scan.foundValue
  }

  /// The field at `path`; nil for a blank line.
  /// - Throws: `RecordError` if the line is no object, or has no such text.
  static func find(_ path: [[UInt8]], in line: Span<UInt8>) throws(RecordError) -> Field? {
    var scan = RecordScan()
    scan.skipSpace(line)
    guard scan.position < line.count else { return nil }
    guard line[scan.position] == UInt8(ascii: "{") else { throw .notAnObject }
    try scan.object(line, path[...], depth: 0)
    scan.skipSpace(line)
    guard scan.position == line.count else {
      throw .invalid(scan.position, "text after the end of the object")
    }
    if let found = scan.found { return found }
    let name = path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    throw .noField(name, texts: scan.texts)
  }

  private mutating func skipSpace(_ line: Span<UInt8>) {
    while position < line.count {
      switch line[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: Unicode.Scalar, _ line: Span<UInt8>) -> Bool {
    guard position < line.count, line[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// Walks over an object; `path` is what is looked for in it, empty for nothing.
  private mutating func object(
    _ line: Span<UInt8>, _ path: ArraySlice<[UInt8]>, depth: Int
  ) throws(RecordError) {
    position += 1
    skipSpace(line)
    if take("}", line) { return }
    var members: [Range<Int>] = []
    var replaced: [Int] = []
    var text: Int?
    repeat {
      skipSpace(line)
      let key = try string(line)
      skipSpace(line)
      guard take(":", line) else { throw .invalid(position, "expected ':'") }
      skipSpace(line)
      let start = position
      let isText = try member(key, line, path, depth: depth)
      let value = start..<position
      if path.count == 1 {
        members.append(key.lowerBound..<value.upperBound)
        // Of two texts the last counts, as with other readers; the first goes.
        if isText {
          if let text { replaced.append(text) }
          text = members.count - 1
        } else if Self.written.contains(try Self.text(of: key, in: line)) {
          replaced.append(members.count - 1)
        }
      }
      if depth == 0, let wantedValue, try Self.text(of: key, in: line) == wantedValue {
        foundValue = value
      }
      skipSpace(line)
    } while take(",", line)
    guard take("}", line) else { throw .invalid(position, "expected ',' or '}'") }
    guard let text else { return }
    found?.replaced = Self.withCommas(replaced, of: members, around: text)
  }

  /// Members with the comma that goes with each: the one behind those before the text, the one before
  /// those behind it, so that what stays is parted as it was.
  private static func withCommas(
    _ removed: [Int], of members: [Range<Int>], around text: Int
  ) -> [Range<Int>] {
    removed.map { index in
      index < text
        ? members[index].lowerBound..<members[index + 1].lowerBound
        : members[index - 1].upperBound..<members[index].upperBound
    }
  }

  /// Walks over a member's value; true where it is the text that is looked for.
  private mutating func member(
    _ key: Range<Int>, _ line: Span<UInt8>, _ path: ArraySlice<[UInt8]>, depth: Int
  ) throws(RecordError) -> Bool {
    var isWanted = false
    if let name = path.first { isWanted = try Self.text(of: key, in: line) == name }
    guard position < line.count else { throw .invalid(position, "the object ends in the middle") }
    let isString = line[position] == UInt8(ascii: "\"")
    if isString, depth == 0, texts.count < 8 {
      texts.append(String(decoding: try Self.text(of: key, in: line), as: UTF8.self))
    }
    guard isWanted else {
      try value(line, depth: depth)
      return false
    }
    if path.count == 1 {
      guard isString else { throw .notText(String(decoding: path.first ?? [], as: UTF8.self)) }
      found = Field(key: key, value: try string(line))
      return true
    }
    // Of two objects of the name the last counts.
    found = nil
    if line[position] == UInt8(ascii: "{") {
      try object(line, path.dropFirst(), depth: depth + 1)
    } else {
      try value(line, depth: depth)
    }
    return false
  }

  /// Walks over any value.
  private mutating func value(_ line: Span<UInt8>, depth: Int) throws(RecordError) {
    guard depth < Self.maximumDepth else { throw .invalid(position, "nested more than 256 deep") }
    guard position < line.count else { throw .invalid(position, "the object ends in the middle") }
    switch line[position] {
    case UInt8(ascii: "\""): _ = try string(line)
    case UInt8(ascii: "{"): try object(line, [], depth: depth + 1)
    case UInt8(ascii: "["): try array(line, depth: depth + 1)
    default: try literal(line)
    }
  }

  private mutating func array(_ line: Span<UInt8>, depth: Int) throws(RecordError) {
    position += 1
    skipSpace(line)
    if take("]", line) { return }
    repeat {
      skipSpace(line)
      try value(line, depth: depth)
      skipSpace(line)
    } while take(",", line)
    guard take("]", line) else { throw .invalid(position, "expected ',' or ']'") }
  }

  /// Numbers, `true`, `false`, `null`.
  private mutating func literal(_ line: Span<UInt8>) throws(RecordError) {
    let start = position
    scan: while position < line.count {
      switch line[position] {
      case 0x30...0x39, 0x61...0x7A, 0x41...0x5A, 0x2B, 0x2D, 0x2E: position += 1
      default: break scan
      }
    }
    let isKnown: Bool
    do {
      _ = try JSONParser.parse(line.extracting(start..<position))
      isKnown = true
    } catch {
      isKnown = false
    }
    guard isKnown else { throw .invalid(start, "expected a value") }
  }

  /// Walks over a string, and gives it with its quotes.
  private mutating func string(_ line: Span<UInt8>) throws(RecordError) -> Range<Int> {
    let start = position
    guard take("\"", line) else { throw .invalid(position, "expected a string") }
    while position < line.count {
      let byte = line[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return start..<position }
      if byte == UInt8(ascii: "\\") { position += 1 }
      if byte < 0x20 { throw .invalid(position - 1, "a control character inside a string") }
    }
    throw .invalid(line.count, "a string without an end")
  }

  private static func text(
    of range: Range<Int>, in line: Span<UInt8>
  ) throws(RecordError) -> [UInt8] {
    var buffer = ByteBuffer()
    try decode(range, of: line, into: &buffer)
    return buffer.bytes
  }
}

/// A line that is no record with such a text.
enum RecordError: Error, CustomStringConvertible {
  case notAnObject
  case invalid(Int, String)
  case noField(String, texts: [String])
  case notText(String)

  var description: String {
    switch self {
    case .notAnObject:
      "not a JSON object; for plain text leave --format jsonl and --field out"
    case .invalid(let offset, let reason): "byte \(offset): \(reason)"
    case .noField(let name, let texts):
      "no field \"\(name)\"; "
        + (texts.isEmpty
          ? "the record has no text at all"
          : "fields with text: \(texts.joined(separator: ", ")) (choose one with --field)")
    case .notText(let name): "the field \"\(name)\" is not a string"
    }
  }
}
