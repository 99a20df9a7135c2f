/// From places in the text to tokens and words, and back. In a pair, offsets and words count in their
/// own sequence: `sequence` says which, 0 or 1.
extension Encoding {
  /// How many sequences there are: 1, or 2 for a pair.
  public var sequenceCount: Int { max(1, sequenceRanges.count) }

  /// The sequence of each token; nil for tokens that come from none.
  public var sequenceIDs: [Int?] {
    var sequences = [Int?](repeating: nil, count: count)
    for sequence in 0..<sequenceCount {
      for index in tokens(ofSequence: sequence) { sequences[index] = sequence }
    }
    return sequences
  }

  /// The tokens of a sequence.
  ///
  /// All of them where nothing is known of the sequence, as in tokenizers: for a text that no
  /// post-processor has seen, padding is among them.
  public func tokens(ofSequence sequence: Int) -> Range<Int> {
    sequenceRanges[sequence] ?? 0..<count
  }

  /// The sequence that a token is of; nil for tokens that come from none, and behind the last.
  public func sequence(ofToken index: Int) -> Int? {
    guard ids.indices.contains(index) else { return nil }
    guard !sequenceRanges.isEmpty else { return 0 }
    return sequenceRanges.filter { $0.value.contains(index) }.keys.min()
  }

  /// The word that a token is part of; nil for tokens that come from none.
  public func word(ofToken index: Int) -> Int? {
    guard sequence(ofToken: index) != nil else { return nil }
    return wordIDs[index]
  }

  /// The original bytes that a token came from; nil for tokens that come from no sequence.
  public func range(ofToken index: Int) -> Range<Int>? {
    sequence(ofToken: index) == nil ? nil : ranges[index]
  }

  /// The tokens of a word; nil where it has none.
  /// - Complexity: O(*n*) for *n* tokens, as for all look-ups by word or place.
  public func tokens(ofWord word: Int, inSequence sequence: Int = 0) -> Range<Int>? {
    var found: Range<Int>?
    for index in tokens(ofSequence: sequence) {
      guard let other = wordIDs[index] else { continue }
      if other > word { break }
      if other == word { found = (found?.lowerBound ?? index)..<index + 1 }
    }
    return found
  }

  /// The original bytes from the start of a word's first token to the end of its last.
  public func range(ofWord word: Int, inSequence sequence: Int = 0) -> Range<Int>? {
    guard let tokens = tokens(ofWord: word, inSequence: sequence),
      let last = ranges[tokens].last
    else { return nil }
    let start = ranges[tokens.lowerBound].lowerBound
    return start..<max(start, last.upperBound)
  }

  /// The first token that the original byte at `offset` went into; nil in a gap: a space that was
  /// taken out, a mark that a normal form put into its base.
  public func token(at offset: Int, inSequence sequence: Int = 0) -> Int? {
    tokens(ofSequence: sequence).first { ranges[$0].contains(offset) }
  }

  /// The word that the original byte at `offset` went into.
  public func word(at offset: Int, inSequence sequence: Int = 0) -> Int? {
    token(at: offset, inSequence: sequence).flatMap { word(ofToken: $0) }
  }

  /// The tokens that share a byte with `range` of the original: those that a label for this stretch
  /// goes to. Nil where there are none.
  public func tokens(overlapping range: Range<Int>, inSequence sequence: Int = 0) -> Range<Int>? {
    var found: Range<Int>?
    for index in tokens(ofSequence: sequence) where ranges[index].overlaps(range) {
      found = (found?.lowerBound ?? index)..<index + 1
    }
    return found
  }
}
