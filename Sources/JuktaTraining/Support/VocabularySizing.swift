/// How a trainer comes to the number of entries.
public enum VocabularySizing: Sendable, Hashable {
  /// Exactly `vocabularySize`; an error, which names the largest, where the corpus cannot fill it.
  case exact
  /// `vocabularySize`, or the largest that the corpus can fill where that is less.
  case atMost
  /// A size that fits the corpus, `vocabularySize` at most: one entry for every 50 characters of text,
  /// but four times the alphabet at least.
  ///
  /// With more, most entries would be seen too seldom for anything to be learned of them; with less,
  /// the alphabet would take more than a quarter.
  case fitting
}

/// Which size was chosen, and why.
public struct SizeChoice: Sendable, Equatable {
  /// What decided.
  public enum Reason: Sendable, Hashable {
    /// It is the size that was asked for.
    case asked
    /// One entry for so many characters of the corpus.
    case corpusLength
    /// Four times the alphabet and the fixed entries.
    case alphabet
    /// The corpus can fill no larger one.
    case largestPossible
  }

  /// The size, in entries.
  public let size: Int
  /// What decided.
  public let reason: Reason

  static let charactersPerEntry = 50

  /// - Parameter alphabet: the characters and fixed entries.
  init(_ sizing: VocabularySizing, asked: Int, characters: UInt64, alphabet: Int) {
    guard sizing == .fitting else {
      self.init(size: asked, reason: .asked)
      return
    }
    let byLength = Int(clamping: characters / UInt64(Self.charactersPerEntry))
    let byAlphabet = 4 * alphabet
    let size = min(max(byLength, byAlphabet), asked)
    self.init(
      size: max(size, alphabet),
      reason: size == asked ? .asked : byLength >= byAlphabet ? .corpusLength : .alphabet)
  }

  init(size: Int, reason: Reason) {
    self.size = size
    self.reason = reason
  }
}
