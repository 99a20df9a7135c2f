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

  /// How many spaces a token begins and ends with.
  struct Edges: BitwiseCopyable {
    var leading: Int32
    var trailing: Int32

    init(_ token: UnsafeBufferPointer<UInt8>) {
      (leading, trailing) = (0, 0)
      var place = 0
      while place < token.count, let (scalar, length) = UTF8Scalars.decode(token, at: place),
        ByteLevelOffsets.isSpace(scalar)
      {
        leading += 1
        place += length
      }
      var end = token.count
      while end > 0 {
        var start = end - 1
        while start > 0, token[start] & 0xC0 == 0x80 { start -= 1 }
        guard let (scalar, _) = UTF8Scalars.decode(token, at: start),
          ByteLevelOffsets.isSpace(scalar)
        else { return }
        trailing += 1
        end = start
      }
    }
  }

  /// The range of a token in `text`, without the spaces at its ends: a scalar of the text for each,
  /// whatever normalising made a space of.
  /// - Parameter isFirst: whether it is the text's first token.
  func range(
    of token: String, _ range: Range<Int>, in text: Span<UInt8>, isFirst: Bool
  ) -> Range<Int> {
    var token = token
    return self.range(token.withUTF8 { Edges($0) }, range, in: text, isFirst: isFirst)
  }

  /// The same for a token of which the spaces at its ends are known.
  func range(
    _ edges: Edges, _ range: Range<Int>, in text: Span<UInt8>, isFirst: Bool
  ) -> Range<Int> {
    guard trims else { return range }
    var leading = edges.leading
    if leading == 1, addsPrefixSpace, isFirst || range.lowerBound == 0 { leading = 0 }
    var (start, end) = (range.lowerBound, range.upperBound)
    for _ in 0..<leading where start < end {
      start += 1
      while start < end, text[start] & 0xC0 == 0x80 { start += 1 }
    }
    var (trimmed, left) = (end, edges.trailing)
    while left > 0, trimmed > 0 {
      trimmed -= 1
      while trimmed > 0, text[trimmed] & 0xC0 == 0x80 { trimmed -= 1 }
      left -= 1
    }
    // Where the text is shorter than the spaces, the reference leaves the end alone.
    if left == 0 { end = max(trimmed, start) }
    return start..<end
  }

  @inline(__always)
  private static func isSpace(_ scalar: UInt32) -> Bool {
    // Letters are asked no further.
    if scalar > 0x20, scalar < 0x7F { return false }
    return scalar == 0x120 || UnicodeProperties.isWhitespace(scalar)
  }
}
