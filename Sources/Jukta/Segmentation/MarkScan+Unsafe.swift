/// Finds the bytes at which a mark may stand, sixteen at a time.
///
/// All letters of the Bengali block have three bytes, two of them the same, so what tells a danda
/// from a letter is a pair or triple of bytes. Three loads, one byte apart, and a dozen comparisons
/// answer for sixteen places at once; the rare false alarm is told by `Mark.kind(at:in:)`.
///
/// Soundness: `unsafeLoadUnaligned` is unsafe in that it takes bytes for a value of any type; here
/// the type is a vector of bytes, for which all patterns are valid. It checks its bounds.
enum MarkScan {
  /// How many bytes from its start a step looks at.
  static let reach = 18

  /// Sixteen bits, the lowest for the byte at `index`: whether a mark may start there.
  /// - Precondition: `index + reach <= text.byteCount`.
  @inline(__always)
  static func candidates(in text: RawSpan, at index: Int) -> UInt32 {
    let first = text.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
    let second = text.unsafeLoadUnaligned(fromByteOffset: index + 1, as: SIMD16<UInt8>.self)
    let third = text.unsafeLoadUnaligned(fromByteOffset: index + 2, as: SIMD16<UInt8>.self)
    let bengali = first .== 0xE0
    var found = bengali .& (second .== 0xA5)
    found = found .| (bengali .& (second .== 0xA7) .& (third .== 0xB7))
    found = found .| ((first .== 0xE2) .& (second .== 0x80))
    found = found .| ((first .== 0xC2) .& ((second | 0x10) .== 0xBB))
    found = found .| (first .== 0x3F) .| (first .== 0x2E)
    // ! " and ( ) and '
    found = found .| ((first &- 0x21) .<= 1) .| ((first | 1) .== 0x29) .| (first .== 0x27)
    // [ ] { | } with their neighbours X Y Z \ ^ _ x y z ~
    found = found .| ((first & 0xD8) .== 0x58)
    // line feed, vertical tabulation, form feed, carriage return
    found = found .| ((first &- 0x0A) .<= 3)
    return bits(found)
  }

  /// One bit a lane: the lanes' own bits, gathered by a multiplication in each half.
  @inline(__always)
  private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt32 {
    let weights = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    let lanes = SIMD16<UInt8>(repeating: 0).replacing(with: weights, where: mask)
    let halves = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    if halves.x | halves.y == 0 { return 0 }
    let low = (halves.x &* 0x0101_0101_0101_0101) >> 56
    let high = (halves.y &* 0x0101_0101_0101_0101) >> 56
    return UInt32(truncatingIfNeeded: low | high << 8)
  }
}
