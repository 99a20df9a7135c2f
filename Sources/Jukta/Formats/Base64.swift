/// Base64 with padding (RFC 4648, section 4): how JSON files hold bytes.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8?] = {
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        text.append(
          place > group.count ? UInt8(ascii: "=") : digits[Int(bits >> UInt32(18 - 6 * place)) & 63]
        )
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil where the text is not Base64.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var (bits, count, padding) = (UInt32(0), 0, 0)
    for digit in text.utf8 {
      if digit == UInt8(ascii: "=") {
        padding += 1
      } else {
        guard padding == 0, let value = values[Int(digit)] else { return nil }
        bits = bits << 6 | UInt32(value)
      }
      count += 1
      guard count % 4 == 0 else { continue }
      bits <<= UInt32(6 * padding)
      guard padding < 3 else { return nil }
      for place in 0..<(3 - padding) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place)))
      }
      bits = 0
    }
    return count % 4 == 0 ? bytes : nil
  }
}
