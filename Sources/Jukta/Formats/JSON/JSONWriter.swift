/// Writes JSON text into a byte buffer: compact, in UTF-8, escaping only what must be.
public struct JSONWriter: ~Copyable {
  /// What has been written.
  public var output: ByteBuffer

  /// Creates a writer with an empty buffer.
  public init() { output = ByteBuffer(capacity: 1 << 12) }

  /// Appends JSON text as it stands.
  public mutating func raw(_ text: StaticString) {
    output.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a whole number.
  public mutating func number(_ value: Int) { appendText(String(value)) }

  /// Appends a number in the shortest form that reads back as the same value, here and in
  /// tokenizers; `null` for what JSON has no form for.
  public mutating func number(_ value: Double) {
    appendText(value.isFinite ? JSONNumber.text(value) : "null")
  }

  /// Appends a string in quotes.
  public mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { quote($0) }
  }

  /// Appends UTF-8 bytes as a string in quotes.
  public mutating func string(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { quote($0) }
  }

  private mutating func appendText(_ text: String) {
    var text = text
    text.withUTF8 { output.append($0) }
  }

  private mutating func quote(_ bytes: UnsafeBufferPointer<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var run = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      output.append(UnsafeBufferPointer(rebasing: bytes[run..<index]))
      escape(byte)
      run = index + 1
    }
    output.append(UnsafeBufferPointer(rebasing: bytes[run...]))
    output.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0A: raw("\\n")
    case 0x0C: raw("\\f")
    case 0x0D: raw("\\r")
    default:
      let hex = Array("0123456789abcdef".utf8)
      raw("\\u00")
      output.append(hex[Int(byte >> 4)])
      output.append(hex[Int(byte & 15)])
    }
  }
}
