/// tokenizer.json's ByteLevel post-processor: takes the space that a token begins with out of its
/// range.
public struct ByteLevelOffsets: Sendable, Equatable {
  /// Whether the pre-tokenizer put a space in front: then a text's first token keeps its start.
  public var addsPrefixSpace: Bool
  /// Whether ranges are narrowed at all.
  public var trims: Bool
  /// Has no effect; kept for the file.
  public var usesRegex: Bool

  /// Creates the post-processor, with the reference's defaults.
  public init(addsPrefixSpace: Bool = true, trims: Bool = true, usesRegex: Bool = true) {
    self.addsPrefixSpace = addsPrefixSpace
    self.trims = trims
    self.usesRegex = usesRegex
  }

  /// The range of a token in `text`, without the spaces at its ends: a scalar of the text for each,
  /// whatever normalising made a space of.
  /// - Parameter isFirst: whether it is the text's first token.
  func range(
    of token: String, _ range: Range<Int>, in text: Span<UInt8>, isFirst: Bool
  ) -> Range<Int> {
    guard trims else { return range }
    let scalars = token.unicodeScalars
    var leading = scalars.prefix(while: Self.isSpace).count
    let trailing = scalars.reversed().prefix(while: Self.isSpace).count
    if leading == 1, addsPrefixSpace, isFirst || range.lowerBound == 0 { leading = 0 }
    var (start, end) = (range.lowerBound, range.upperBound)
    for _ in 0..<leading where start < end {
      start += 1
      while start < end, text[start] & 0xC0 == 0x80 { start += 1 }
    }
    var (trimmed, left) = (end, trailing)
    while left > 0, trimmed > 0 {
      trimmed -= 1
      while trimmed > 0, text[trimmed] & 0xC0 == 0x80 { trimmed -= 1 }
      left -= 1
    }
    // Where the text is shorter than the spaces, the reference leaves the end alone.
    if left == 0 { end = max(trimmed, start) }
    return start..<end
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{120}" || UnicodeProperties.isWhitespace(scalar.value)
  }
}
