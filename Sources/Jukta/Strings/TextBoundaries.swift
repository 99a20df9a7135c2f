/// Where the aksharas or the Characters of a text begin and end, so that ranges of bytes can be widened to whole ones.
///
///     let whole = TextBoundaries(of: document, .aksharas)
///     whole.widened(clean.alignment.originalRange(of: 0..<9))
///
/// Tokens, and stretches of normalised text led back, may begin or end inside of what a reader takes for one letter.
public struct TextBoundaries: Sendable {
  /// What is kept whole.
  public enum Unit: Sendable, Hashable, CaseIterable {
    /// Bengali's syllables: a letter or conjunct with its signs. Other text by grapheme clusters.
    case aksharas
    /// Swift's Characters: extended grapheme clusters.
    case characters
  }

  /// Where a unit begins, in bytes, and the length of the text behind them.
  private let places: [Int]

  /// - Complexity: O(*n*).
  public init(of text: some StringProtocol, _ unit: Unit) {
    switch unit {
    case .aksharas:
      var scanner = SyllableScanner()
      text.withUTF8Bytes { scanner.scan($0) }
      let ends = scanner.aksharaEnds
      places = [0] + (0..<ends.count).map { Int(ends[$0]) }
    case .characters:
      var (place, places) = (0, [0])
      for character in text {
        place += character.utf8.count
        places.append(place)
      }
      self.places = places
    }
  }

  /// The least range of whole units that holds `range`; what lies outside of the text is cut off, and an empty range
  /// stays empty, at the start of the unit that it stands in.
  /// - Complexity: O(log *n*).
  public func widened(_ range: Range<Int>) -> Range<Int> {
    let start = places[index(notBehind: range.lowerBound)]
    guard !range.isEmpty else { return start..<start }
    let last = index(notBehind: range.upperBound)
    let end =
      places[last] < range.upperBound ? places[min(last + 1, places.count - 1)] : places[last]
    return start..<max(start, end)
  }

  /// The last place that is not behind `position`.
  private func index(notBehind position: Int) -> Int {
    var (low, high) = (0, places.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle] <= position { low = middle } else { high = middle }
    }
    return low
  }
}

extension StringProtocol {
  /// The place of a range of bytes, for slicing, widened to whole aksharas or Characters.
  ///
  ///     let clean = try Normalizer.bengali.normalize(document)
  ///     let range = document.range(ofBytes: clean.alignment.originalRange(of: 0..<9), widenedTo: .aksharas)
  ///     document[range]
  ///
  /// For many ranges of one text make `TextBoundaries` once.
  /// - Complexity: O(*n*).
  public func range(
    ofBytes range: Range<Int>, widenedTo unit: TextBoundaries.Unit
  ) -> Range<String.Index> {
    indices(ofBytes: TextBoundaries(of: self, unit).widened(range))
  }

  /// The indices of a range of bytes that lies inside.
  func indices(ofBytes range: Range<Int>) -> Range<String.Index> {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return start..<utf8.index(start, offsetBy: range.count)
  }

  /// Calls `body` with a copy of the text's bytes, in one piece.
  func withUTF8Bytes<Result, E: Error>(
    _ body: (Span<UInt8>) throws(E) -> Result
  ) throws(E) -> Result {
    let bytes = ContiguousArray(utf8)
    return try body(bytes.span)
  }
}
