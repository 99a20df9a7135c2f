/// A SentencePiece model with its normalisers and what is asked of it beside the pieces.
public struct SentencePieceProcessor: Sendable {
  /// What is done to the pieces of a text, in the order asked for.
  public enum Option: Sendable, Equatable {
    /// Turn their order around.
    case reverse
    /// Put the piece for the beginning in front.
    case bos
    /// Put the piece for the end behind.
    case eos
    /// Show unknown text by the model's piece for it and not as it stands.
    case unknownPiece
  }

  /// Ways to cut a text at random, so that a model in training sees several.
  ///
  /// A Unigram model draws among all ways (Kudo 2018) or among the best few, each with a probability in
  /// proportion to exp(`alpha` · score); a BPE model leaves each merge out with probability `alpha`
  /// (Provilkov et al. 2020), whatever `nBest` says.
  public struct Sampling: Sendable, Equatable {
    /// Below 0: all ways. 0 or 1: the best alone. Above: this many of the best, up to 512.
    public var nBest: Int
    /// How steep the choice is; 0 takes all ways alike. BPE: the probability.
    public var alpha: Float

    /// Chooses how to draw.
    public init(nBest: Int = -1, alpha: Float = 0.1) {
      self.nBest = nBest
      self.alpha = alpha
    }
  }

  /// The pieces.
  public let vocabulary: SentencePieceVocabulary
  /// How texts are normalised.
  public let normalizer: SentencePieceNormalizer
  /// How decoded text is changed.
  public let denormalizer: SentencePieceNormalizer?
  /// What is done to the pieces of a text.
  public private(set) var options: [Option] = []
  /// How texts are cut at random; nil cuts them as the model finds best.
  public private(set) var sampling: Sampling?

  /// Builds the tables of a model.
  /// - Throws: `SentencePieceVocabularyError`, or `TokenizerFileError` where a map is none.
  public init(_ model: SentencePieceModel) throws {
    vocabulary = try SentencePieceVocabulary(model)
    normalizer = try SentencePieceNormalizer(model)
    denormalizer = try SentencePieceNormalizer.denormalizer(of: model)
  }

  /// The same with other options.
  /// - Throws: `SentencePieceProcessorError` where the model lacks what they ask for.
  func with(
    _ options: [Option], _ sampling: Sampling?
  ) throws(SentencePieceProcessorError) -> SentencePieceProcessor {
    if options.contains(.bos), vocabulary.beginID == nil {
      throw .noSuchPiece(vocabulary.model.trainer.beginPiece)
    }
    if options.contains(.eos), vocabulary.endID == nil {
      throw .noSuchPiece(vocabulary.model.trainer.endPiece)
    }
    if let sampling { try check(sampling) }
    var changed = self
    changed.options = options
    changed.sampling = sampling
    return changed
  }

  private func check(_ sampling: Sampling) throws(SentencePieceProcessorError) {
    guard sampling.nBest <= Self.nBestLimit else { throw .tooMany(sampling.nBest) }
    guard sampling.alpha.isFinite else { throw .alphaIsNotFinite }
    switch vocabulary.model.trainer.algorithm {
    case .unigram, .bpe: break
    case .word, .character: throw .onlyOneWay
    }
  }

  /// Whether the best ways to cut a text can be listed: for Unigram models.
  public var hasNBest: Bool { vocabulary.model.trainer.algorithm == .unigram }

  /// The longest list of best ways, as in the reference.
  static let nBestLimit = 512

  /// The text of ids.
  func decode(_ ids: [UInt32], skipsSpecialTokens: Bool) -> String {
    var decoding = SentencePieceDecoding(vocabulary, showsControls: !skipsSpecialTokens)
    for id in ids { decoding.push(id) }
    let text = decoding.finish()
    guard let denormalizer else { return String(decoding: text, as: UTF8.self) }
    var output = ByteBuffer(capacity: text.count + 16)
    denormalizer.normalize(text.span, into: &output)
    return output.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

/// Something asked of a SentencePiece model that it cannot do.
public enum SentencePieceProcessorError: Error, Equatable, CustomStringConvertible {
  /// A control piece that is to be added and does not exist.
  case noSuchPiece(String)
  /// A list of best ways longer than 512.
  case tooMany(Int)
  /// n-best lists of a model that is not Unigram.
  case nBestNeedsUnigram
  /// Sampling from a WORD or CHAR model.
  case onlyOneWay
  /// `alpha` is infinite or not a number.
  case alphaIsNotFinite
  /// Options for SentencePiece models, and a tokenizer of another kind.
  case notSentencePiece

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .noSuchPiece(let piece): "the model has no control piece '\(piece)' to add"
    case .tooMany(let count): "\(count) best ways are too many: the limit is 512"
    case .nBestNeedsUnigram: "lists of the best ways are for SentencePiece Unigram models"
    case .onlyOneWay: "a WORD or CHAR model cuts a text in one way only"
    case .alphaIsNotFinite: "alpha must be a finite number"
    case .notSentencePiece: "this is for SentencePiece models (.model), and the tokenizer is none"
    }
  }
}
