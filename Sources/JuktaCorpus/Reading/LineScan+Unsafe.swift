#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Finding and counting line ends at memory speed.
///
/// Soundness: every read is inside the buffer that is handed in: `memchr` gets what is left of it.
package enum LineScan {
  private static let newline = UInt8(ascii: "\n")

  /// The first line end from `start` on; the number of bytes where there is none.
  @inline(__always)
  package static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, Int32(newline), bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The last line end before `end`; nil where there is none.
  static func lastLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> Int? {
    var position = end
    while position > 0 {
      position -= 1
      if bytes[position] == newline { return position }
    }
    return nil
  }

  /// Whether there is nothing but white space in a line.
  static func isBlank(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// Where the last blank line starts, the first line of all apart: what lies before it are whole
  /// paragraphs.
  static func lastBlankLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = lastLineEnd(bytes, before: bytes.count)
    while let last = end, let previous = lastLineEnd(bytes, before: last) {
      if isBlank(bytes[(previous + 1)..<last]) { return previous + 1 }
      end = previous
    }
    return nil
  }

  /// Whether some byte is `byte`.
  static func contains(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return memchr(base, Int32(byte), bytes.count) != nil
  }

  /// The number of line ends.
  static func count(_ bytes: [UInt8]) -> Int { bytes.withUnsafeBufferPointer { count($0) } }

  /// The number of line ends.
  static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var total = 0
    var position = 0
    while true {
      let end = lineEnd(bytes, from: position)
      guard end < bytes.count else { return total }
      total += 1
      position = end + 1
    }
  }
}
