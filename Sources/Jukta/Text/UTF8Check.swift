/// Whether bytes are UTF-8, on systems older than Swift's own check too.
package enum UTF8Check {
  /// The first byte of the first sequence that is not UTF-8; nil where all is.
  /// - Complexity: O(*n*).
  package static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
      return plain(bytes)
    }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// Whether all is UTF-8.
  package static func isValid(_ bytes: Span<UInt8>) -> Bool { firstInvalid(bytes) == nil }

  /// The same, sequence by sequence, by table 3-7 of the Unicode Standard.
  static func plain(_ bytes: Span<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      guard let length = length(of: bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  /// The bytes of the sequence that begins at `index`; nil where none does.
  private static func length(of bytes: Span<UInt8>, at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let length: Int
    let second: ClosedRange<UInt8>
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for place in (index + 2)..<max(index + length, index + 2) where bytes[place] & 0xC0 != 0x80 {
      return nil
    }
    return length
  }
}
