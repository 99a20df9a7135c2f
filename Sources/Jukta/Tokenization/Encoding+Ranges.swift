/// Ranges in the units of whoever asks: `ranges` are bytes.
extension Encoding {
  /// The place of each token in `text`, ready for slicing.
  ///
  ///     for (token, range) in zip(encoding.tokens, encoding.ranges(in: text)) {
  ///       print(token, text[range])
  ///     }
  ///
  /// For a pair, the tokens of the other text have ranges in that one: ask with `sequence`, and they
  /// come out empty.
  ///
  /// - Parameters:
  ///   - text: what was encoded.
  ///   - sequence: which text of a pair it is; nil where there is only one.
  /// - Returns: One range a token; empty at the start for tokens that come from no text, and for what
  ///   would lie outside of `text`.
  /// - Complexity: O(*n*) for *n* tokens where `text` is in UTF-8, as all of Swift's own strings are.
  public func ranges(in text: String, sequence: Int? = nil) -> [Range<String.Index>] {
    var text = text
    text.makeContiguousUTF8()
    let (utf8, count) = (text.utf8, text.utf8.count)
    let mine = sequence.map { tokens(ofSequence: $0) } ?? 0..<self.count
    return ranges.enumerated().map { index, range in
      guard mine.contains(index), range.upperBound <= count else {
        return text.startIndex..<text.startIndex
      }
      let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
      return start..<utf8.index(start, offsetBy: range.count)
    }
  }

  /// The place of each token in `text`, counted in `unit`: scalars as in Python, UTF-16 as in
  /// `NSRange` and JavaScript.
  public func ranges(in text: String, unit: OffsetUnit, sequence: Int? = nil) -> [Range<Int>] {
    var text = text
    let map = text.withUTF8 { OffsetMap($0.span, unit: unit) }
    let mine = sequence.map { tokens(ofSequence: $0) } ?? 0..<count
    return ranges.enumerated().map { index, range in
      mine.contains(index)
        ? map.offset(of: range.lowerBound)..<map.offset(of: range.upperBound) : 0..<0
    }
  }

  /// The tokens that a stretch of `text` went into; nil where there are none.
  ///
  ///     let name = text.range(of: "রবীন্দ্রনাথ")!
  ///     for index in encoding.tokens(overlapping: name, of: text) ?? 0..<0 { labels[index] = "PER" }
  public func tokens(
    overlapping range: Range<String.Index>, of text: String, inSequence sequence: Int = 0
  ) -> Range<Int>? {
    let utf8 = text.utf8
    let start = utf8.distance(from: utf8.startIndex, to: range.lowerBound)
    let count = utf8.distance(from: range.lowerBound, to: range.upperBound)
    return tokens(overlapping: start..<start + count, inSequence: sequence)
  }

  /// The token that the character at `index` of `text` went into; nil in a gap.
  public func token(
    at index: String.Index, of text: String, inSequence sequence: Int = 0
  ) -> Int? {
    token(
      at: text.utf8.distance(from: text.utf8.startIndex, to: index), inSequence: sequence)
  }
}
