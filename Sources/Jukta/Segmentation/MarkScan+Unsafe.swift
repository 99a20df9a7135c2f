internal import CJuktaSupport

/// Finds the bytes at which a mark may stand, 64 at a time.
///
/// All letters of the Bengali block have three bytes, two of them the same, so what tells a danda
/// from a letter is a pair or triple of bytes. Three loads, one byte apart, and a dozen comparisons
/// answer for sixteen places at once; the rare false alarm is told by `Mark.kind(at:in:)`. (With
/// Swift's SIMD types the same scan ran at 5 MB/s: masks are combined lane by lane.)
///
/// Soundness: `jukta_marks` reads `reach` bytes from its argument, which the precondition keeps
/// inside the span; the pointer does not leave the closure.
enum MarkScan {
  /// How many places a step answers for.
  static let step = 64
  /// How many bytes a step reads.
  static let reach = 66

  /// Sixty-four bits, the lowest for the byte at `index`: whether a mark may start there.
  /// - Precondition: `index + reach <= text.byteCount`.
  @inline(__always)
  static func candidates(in text: RawSpan, at index: Int) -> UInt64 {
    precondition(index >= 0 && index + reach <= text.byteCount)
    return text.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return jukta_marks(start.assumingMemoryBound(to: UInt8.self) + index)
    }
  }
}
