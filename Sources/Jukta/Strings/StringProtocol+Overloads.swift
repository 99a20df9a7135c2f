// The calls that take a String, for Substrings and other strings: indices and ranges are those of the text
// that is handed in.

extension Tokenizer {
  /// Encodes one text, as `encode(_:addsSpecialTokens:)` does a String. Ranges count from its start.
  ///
  ///     for line in text.split(separator: "\n") { try tokenizer.encode(line).ids }
  ///
  /// - Throws: `NormalizationError`, `ModelError`, `TruncationError` or `PostProcessorError`.
  public func encode(_ text: some StringProtocol, addsSpecialTokens: Bool = true) throws -> Encoding
  {
    try encode(String(text), addsSpecialTokens: addsSpecialTokens)
  }
}

extension Normalizer {
  /// Normalises one text. The alignment counts from its start.
  /// - Throws: `NormalizationError.textTooLong` over 4 GiB.
  public func normalize(
    _ text: some StringProtocol
  ) throws(NormalizationError) -> NormalizedText {
    try normalize(String(text))
  }
}

extension SentenceSegmenter {
  /// The sentences of `text`, as slices of it. O(n).
  ///
  ///     for sentence in SentenceSegmenter.bengali.sentences(in: paragraph) { … }
  public func sentences<Text: StringProtocol>(in text: Text) -> [Text.SubSequence] {
    text.withUTF8Bytes { ranges(in: $0) }.map { text[text.indices(ofBytes: $0)] }
  }
}

extension Encoding {
  /// The place of each token in `text`, ready for slicing; see `ranges(in:sequence:)`.
  public func ranges(
    in text: some StringProtocol, sequence: Int? = nil
  ) -> [Range<String.Index>] {
    places(in: text, sequence) { $0 }
  }

  /// The place of each token in `text`, widened to whole aksharas or Characters, so that no slice begins
  /// or ends inside of a letter. Neighbours then overlap where a token cuts one.
  ///
  ///     for (token, range) in zip(encoding.tokens, encoding.ranges(in: text, widenedTo: .aksharas)) {
  ///       print(token, text[range])
  ///     }
  ///
  /// - Complexity: O(*n* log *n*).
  public func ranges(
    in text: some StringProtocol, widenedTo unit: TextBoundaries.Unit, sequence: Int? = nil
  ) -> [Range<String.Index>] {
    let whole = TextBoundaries(of: text, unit)
    return places(in: text, sequence) { whole.widened($0) }
  }

  private func places(
    in text: some StringProtocol, _ sequence: Int?, _ change: (Range<Int>) -> Range<Int>
  ) -> [Range<String.Index>] {
    let count = text.utf8.count
    let mine = sequence.map { tokens(ofSequence: $0) } ?? 0..<self.count
    return ranges.enumerated().map { index, range in
      guard mine.contains(index), range.upperBound <= count, !range.isEmpty else {
        return text.startIndex..<text.startIndex
      }
      return text.indices(ofBytes: change(range))
    }
  }
}

extension StringProtocol {
  /// The aksharas of this text, in order; together they are the whole of it. Their ranges count bytes from its
  /// start.
  ///
  ///     "কৃষ্ণচূড়া".dropFirst().aksharas.map(\.text)
  public var aksharas: [Akshara] { String(self).aksharas }

  /// What is odd about this text.
  public var anomalies: [Anomaly] { String(self).anomalies }
}
