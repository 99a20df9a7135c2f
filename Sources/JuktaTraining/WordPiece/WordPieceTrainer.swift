public import Jukta

/// How to train a WordPiece vocabulary. The defaults are those of Hugging Face's `WordPieceTrainer`,
/// with BERT's special tokens.
public struct WordPieceSettings: Sendable, Equatable {
  /// All entries of the vocabulary, special tokens and characters too.
  public var vocabularySize = 30_000
  /// Whether `vocabularySize` is meant exactly, or how much less may come out.
  public var sizing = VocabularySizing.exact
  /// Pairs that occur less often are not joined.
  public var minFrequency: UInt64 = 0
  /// How many characters, the most frequent ones, are kept; nil keeps all. A word with another one is
  /// unknown as a whole.
  public var limitAlphabet: Int?
  /// Characters that are in the alphabet whether or not the corpus has them.
  public var initialAlphabet = ""
  /// Characters that are in the alphabet as `BPESettings.preferredCharacters` are.
  public var preferredCharacters = ""
  /// What stands before a piece that does not begin a word.
  public var continuingSubwordPrefix = "##"
  /// Tokens that stand for no text of the corpus, in the order of their ids, which come first.
  public var specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
  /// The token for words that pieces do not make up.
  public var unknownToken = "[UNK]"
  /// Words of more characters are unknown as they are.
  public var longestWord = 100

  /// Creates the default settings.
  public init() {}
}

/// Trains a WordPiece vocabulary on word counts.
///
/// As Hugging Face does it: the pairs that BPE would merge are joined, the most frequent first, and the
/// merges are then forgotten: a word is encoded by its longest piece, then the longest that goes on
/// (`WordPieceModel`). Schuster and Nakajima's original (2012, doi:10.1109/ICASSP.2012.6289079), which
/// joins what gains the most likelihood, was never released.
///
/// Equal to Hugging Face's result where that gives the same one twice: it numbers continuing
/// characters in the order of a hash map, and breaks ties by these numbers.
public struct WordPieceTrainer: Sendable {
  /// How to train.
  public let settings: WordPieceSettings
  private let merging: BPESettings

  /// Creates a trainer.
  /// - Throws: `BPETrainingError.badSetting` or `.duplicateSymbol`.
  public init(_ settings: WordPieceSettings) throws(BPETrainingError) {
    var merging = BPESettings()
    merging.vocabularySize = settings.vocabularySize
    merging.minFrequency = settings.minFrequency
    merging.limitAlphabet = settings.limitAlphabet
    merging.initialAlphabet = settings.initialAlphabet
    merging.preferredCharacters = settings.preferredCharacters
    merging.sizing = settings.sizing
    merging.continuingSubwordPrefix = settings.continuingSubwordPrefix
    merging.specialTokens = settings.specialTokens
    merging.unknownToken = settings.unknownToken
    guard (1...100_000).contains(settings.longestWord) else {
      throw .badSetting(name: "longestWord", rule: "1 to 100,000 characters")
    }
    try merging.validate()
    self.settings = settings
    self.merging = merging
  }

  /// Trains on the words of a table.
  /// - Parameter progress: called with the number of entries, now and then; may ask to stop.
  /// - Throws: `BPETrainingError`, or `CancellationError` when `progress` asked to stop.
  /// - Complexity: that of `BPETrainer`.
  public func train(
    _ counts: borrowing WordCounts, progress: (Int) -> TrainingSignal = { _ in .proceed }
  ) throws -> BPEVocabulary {
    try BPETrainer(merging).train(counts, progress: progress)
  }

  /// The tokenizer of a vocabulary that this trainer gave, as BERT has it: `[CLS]` and `[SEP]` around a
  /// text where both are special tokens.
  /// - Throws: `NormalizationError` where a pattern of the front end does not compile.
  public func tokenizer(
    of vocabulary: BPEVocabulary, frontEnd: TextFrontEnd
  ) throws -> Tokenizer {
    let pieces = vocabulary.tokens.map { String(decoding: $0.bytes, as: UTF8.self) }
    let model = WordPieceModel(
      pieces: pieces, unknownToken: settings.unknownToken,
      continuingSubwordPrefix: settings.continuingSubwordPrefix, longestWord: settings.longestWord)
    return try Tokenizer(
      frontEnd: frontEnd, model: .wordPiece(model),
      specials: merging.fixedTokens.map(\.text),
      decoder: .wordPiece(prefix: settings.continuingSubwordPrefix))
  }
}

extension Tokenizer {
  /// A tokenizer whose first ids are special tokens, with BERT's template where they have its marks.
  init(
    frontEnd: TextFrontEnd, model: TokenizerModel, specials: [String], decoder: Decoder?
  ) throws {
    let added = specials.enumerated().map { id, content in
      var token = AddedToken(content, id: UInt32(id))
      token.stripsLeft = ["[MASK]", "<mask>"].contains(content)
      return token
    }
    var template: PostProcessor?
    if let cls = added.first(where: { $0.content == "[CLS]" }),
      let sep = added.first(where: { $0.content == "[SEP]" })
    {
      template = .template(.bert(cls: cls, sep: sep))
    }
    try self.init(
      frontEnd: frontEnd, model: model, addedTokens: added, postProcessor: template,
      decoder: decoder)
  }
}
