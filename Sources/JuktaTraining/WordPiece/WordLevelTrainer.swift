public import Jukta

/// How to choose a vocabulary of whole words. The defaults are those of Hugging Face's
/// `WordLevelTrainer`, with the token for unknown words that its model needs.
public struct WordLevelSettings: Sendable, Equatable {
  /// All entries of the vocabulary, special tokens too, at most.
  public var vocabularySize = 30_000
  /// Words that occur less often are left out.
  public var minFrequency: UInt64 = 0
  /// Tokens that stand for no text of the corpus, in the order of their ids, which come first.
  public var specialTokens = ["[UNK]"]
  /// The token for all other words.
  public var unknownToken = "[UNK]"

  /// Creates the default settings.
  public init() {}
}

/// Takes the most frequent words of a table for a vocabulary; of two with one count the one whose
/// bytes come first, as Hugging Face does.
public struct WordLevelTrainer: Sendable {
  /// How to choose.
  public let settings: WordLevelSettings

  /// Creates a trainer.
  /// - Throws: `BPETrainingError.badSetting` or `.duplicateSymbol`.
  public init(_ settings: WordLevelSettings) throws(BPETrainingError) {
    guard (1...100_000_000).contains(settings.vocabularySize) else {
      throw .badSetting(name: "vocabularySize", rule: "1 to 100,000,000")
    }
    var seen: Set<[UInt8]> = []
    for token in settings.specialTokens where !seen.insert(Array(token.utf8)).inserted {
      throw .duplicateSymbol(token)
    }
    self.settings = settings
  }

  /// The special tokens in the order of their ids: the unknown token comes first where it is not among
  /// them.
  private var specials: [String] {
    settings.specialTokens.contains(settings.unknownToken)
      ? settings.specialTokens : [settings.unknownToken] + settings.specialTokens
  }

  /// The vocabulary: special tokens, then words.
  /// - Throws: `BPETrainingError.emptyCorpus`, or `.vocabularyTooSmall` for one that the special tokens
  ///   alone fill.
  /// - Complexity: O(*n* log *n*) for *n* distinct words.
  public func train(_ counts: borrowing WordCounts) throws(BPETrainingError) -> [String] {
    guard counts.distinctCount > 0 else { throw .emptyCorpus }
    guard specials.count < settings.vocabularySize else {
      throw .vocabularyTooSmall(
        requested: settings.vocabularySize, smallest: specials.count + 1, characters: 0)
    }
    var words = specials
    let fixed = Set(specials.map { Array($0.utf8) })
    let list = counts.sorted()
    for index in 0..<list.count {
      guard words.count < settings.vocabularySize, list.counts[index] >= settings.minFrequency
      else { break }
      let word = list.word(at: index)
      if !fixed.contains(Array(word)) { words.append(String(decoding: word, as: UTF8.self)) }
    }
    return words
  }

  /// The tokenizer of a vocabulary that this trainer gave.
  /// - Throws: `NormalizationError` where a pattern of the front end does not compile.
  public func tokenizer(of words: [String], frontEnd: TextFrontEnd) throws -> Tokenizer {
    try Tokenizer(
      frontEnd: frontEnd,
      model: .wordLevel(WordLevelModel(pieces: words, unknownToken: settings.unknownToken)),
      specials: specials, decoder: nil)
  }
}
