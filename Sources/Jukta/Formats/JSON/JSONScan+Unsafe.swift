/// Looking for the end of text in a JSON document, eight bytes at a time.
///
/// Soundness: eight bytes are loaded only where `position + 8 <= bytes.count`.
enum JSONScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Where the next quotation mark, backslash or control character is, or the end.
  @inline(__always)
  static func endOfRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var position = start
    while position + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      // A byte below n borrows; what a borrow marks falsely lies above the first true one.
      let found =
        ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
          | (word &- ones &* 0x20) & ~word) & tops
      if found != 0 { return position + found.trailingZeroBitCount >> 3 }
      position += 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      position += 1
    }
    return position
  }

  /// Whether `bytes` are UTF-8 (RFC 3629).
  static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position < bytes.count {
      let lead = bytes[position]
      if lead < 0x80 {
        position += 1
        while position + 8 <= raw.count,
          raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & tops == 0
        {
          position += 8
        }
      } else if lead > 0xE0, lead < 0xED, position + 2 < bytes.count {
        // Three bytes, and nothing to ask but that two go on.
        guard bytes[position + 1] & 0xC0 == 0x80, bytes[position + 2] & 0xC0 == 0x80 else {
          return false
        }
        position += 3
      } else if lead == 0xE0, position + 2 < bytes.count {
        // Indic scripts; below U+0800 two bytes would do.
        guard bytes[position + 1] & 0xE0 == 0xA0, bytes[position + 2] & 0xC0 == 0x80 else {
          return false
        }
        position += 3
      } else {
        guard let (_, length) = UTF8Scalars.decode(bytes, at: position) else { return false }
        position += length
      }
    }
    return true
  }
}
