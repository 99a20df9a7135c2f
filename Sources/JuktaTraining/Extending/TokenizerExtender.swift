public import Jukta

/// Goes on training where a tokenizer ended: old ids stay, new pieces come behind them.
///
///     let base = try Tokenizer(contentsOf: "llama-3")
///     let counted = try WordCounter(threads: 2).count(source) { try base.makeWordSplitter() }
///     let extended = try TokenizerExtender(base).extend(counted.counts)
///
/// BPE is continued: the words start as the base cuts them, the most frequent pair becomes a new piece,
/// and the new merges come behind the old ones. So each text, with every new id replaced by the base's
/// ids of its piece, is what the base made of it: all old merges fire before any new one, and a new
/// one never makes an old piece. Of SentencePiece's BPE, which has scores in place of merges, new
/// pieces score below all old ones, which is the same.
///
/// Unigram has no such property: a new piece changes the best cut wherever it fits. Old ids and old
/// scores stay, and text without the scripts of the new pieces keeps its ids.
public struct TokenizerExtender: Sendable {
  /// The tokenizer to go on from.
  public let base: Tokenizer
  /// How.
  public let settings: ExtensionSettings

  /// Creates an extender.
  /// - Throws: `ExtensionError.badSetting`, or `.unsupported` for a model that cannot be gone on from.
  public init(
    _ base: Tokenizer, settings: ExtensionSettings = ExtensionSettings()
  ) throws(ExtensionError) {
    try settings.validate()
    try Self.check(base.model)
    self.base = base
    self.settings = settings
  }

  private static func check(_ model: TokenizerModel) throws(ExtensionError) {
    switch model {
    case .unigram: return
    case .bpe(let bpe):
      let options = bpe.options
      guard (options.continuingSubwordPrefix ?? "").isEmpty, (options.endOfWordSuffix ?? "").isEmpty
      else { throw .unsupported(model: "a BPE model that marks the parts of words") }
    case .sentencePiece(let processor):
      switch processor.vocabulary.model.trainer.algorithm {
      case .unigram, .bpe: return
      case .word, .character: throw .unsupported(model: "a model of words or characters")
      }
    case .wordPiece: throw .unsupported(model: "a WordPiece model")
    case .wordLevel: throw .unsupported(model: "a WordLevel model")
    }
  }

  /// Learns new pieces from the words of a table, which the base's own front end must have made
  /// (`Tokenizer.makeWordSplitter()`).
  ///
  /// - Parameter progress: called with the number of new pieces, now and then; may ask to stop.
  /// - Throws: `ExtensionError`, `BPETrainingError`, `UnigramTrainingError`, or `CancellationError` when
  ///   `progress` asked to stop.
  /// - Complexity: that of encoding the distinct words, and of merging as in `BPETrainer`.
  public func extend(
    _ counts: borrowing WordCounts, progress: (Int) -> TrainingSignal = { _ in .proceed }
  ) throws -> TokenizerExtension {
    guard counts.distinctCount > 0 else { throw ExtensionError.emptyCorpus }
    let learned =
      isUnigram
      ? try UnigramContinuation(base, settings).learn(counts, progress)
      : try ContinuedMerging(base, settings).learn(counts, progress)
    guard !learned.pieces.isEmpty else { throw ExtensionError.emptyCorpus }
    if learned.pieces.count < settings.addedPieces, !settings.allowsFewer {
      throw ExtensionError.tooFew(
        requested: settings.addedPieces, largest: learned.pieces.count)
    }
    let tokenizer = try ExtendedVocabulary(base).tokenizer(learned)
    return try finished(tokenizer, learned.pieces, counts)
  }

  private var isUnigram: Bool {
    switch base.model {
    case .unigram: true
    case .sentencePiece(let processor): processor.vocabulary.model.trainer.algorithm == .unigram
    case .bpe, .wordPiece, .wordLevel: false
    }
  }

  private func finished(
    _ tokenizer: Tokenizer, _ pieces: [NewPiece], _ counts: borrowing WordCounts
  ) throws -> TokenizerExtension {
    let ids = try newIDs(pieces)
    var diagnostics = TokenizerExtension.Diagnostics()
    diagnostics.distinctWords = counts.distinctCount
    diagnostics.words = counts.totalCount
    diagnostics.newCharacters = pieces.count { $0.isCharacter }
    let first = ids[0].id
    var before = try WordEncoder(base)
    var after = try WordEncoder(tokenizer)
    let words = counts.sorted()
    var (old, new, expanded): ([UInt32], [UInt32], [UInt32]) = ([], [], [])
    for index in 0..<words.count {
      old.removeAll(keepingCapacity: true)
      new.removeAll(keepingCapacity: true)
      expanded.removeAll(keepingCapacity: true)
      try before.encode(words.word(at: index), into: &old)
      try after.encode(words.word(at: index), into: &new)
      for id in new {
        if id < first { expanded.append(id) } else { expanded += ids[Int(id - first)].base }
      }
      if expanded != old { diagnostics.changedWords += 1 }
      let count = words.counts[index]
      diagnostics.tokensBefore = saturatingSum(
        diagnostics.tokensBefore, UInt64(old.count) * min(count, 1 << 40))
      diagnostics.tokensAfter = saturatingSum(
        diagnostics.tokensAfter, UInt64(new.count) * min(count, 1 << 40))
    }
    return TokenizerExtension(tokenizer: tokenizer, newIDs: ids, diagnostics: diagnostics)
  }

  /// Each new piece with what the base makes of its text.
  private func newIDs(_ pieces: [NewPiece]) throws -> [TokenizerExtension.NewID] {
    var encoder = try WordEncoder(base, takesSpelling: true)
    let first = UInt32(base.vocabularySize)
    var ids: [TokenizerExtension.NewID] = []
    for (offset, piece) in pieces.enumerated() {
      var base: [UInt32] = []
      try encoder.encode(Array(piece.piece.utf8)[...], into: &base)
      ids.append(
        .init(id: first + UInt32(offset), piece: piece.piece, text: piece.text, base: base))
    }
    return ids
  }
}

/// What was learned, in the order of the new ids.
struct LearnedPieces {
  var pieces: [NewPiece] = []
  /// The new merges by rank, in models that have them; more than pieces where two make the same one.
  var merges: [BPEMerge] = []
}

/// A piece that was learned.
struct NewPiece {
  /// As the vocabulary spells it.
  var piece: String
  /// What it stands for: bytes, with spaces for marks.
  var text: [UInt8]
  /// Unigram models: the logarithm of its probability, in nats.
  var score = 0.0
  var isCharacter = false
}
