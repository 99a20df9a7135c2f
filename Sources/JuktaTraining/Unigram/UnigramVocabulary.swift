/// One entry of a trained vocabulary.
public struct UnigramPiece: Sendable, Equatable {
  /// What an entry stands for.
  public enum Kind: Sendable, Hashable {
    /// Text of the corpus.
    case normal
    /// Any character without a piece.
    case unknown
    /// A mark that stands for no text, as `[CLS]`.
    case control
    /// A string that is always one token.
    case userDefined
    /// One byte of an unknown character.
    case byte
  }

  /// The text of the piece, UTF-8.
  public let bytes: [UInt8]
  /// The natural logarithm of its probability, to 1/128; 0 for entries that are not `normal`.
  public let score: Double
  /// What it stands for.
  public let kind: Kind

  /// Creates an entry.
  public init(bytes: [UInt8], score: Double, kind: Kind) {
    self.bytes = bytes
    self.score = score
    self.kind = kind
  }
}

/// A trained Unigram vocabulary: its entries in the order of their ids, and how it came about.
public struct UnigramVocabulary: Sendable, Equatable {
  /// Special tokens, user-defined symbols and byte pieces as asked; then the pieces by score, highest
  /// first, those of one score in the order of their bytes.
  public let pieces: [UnigramPiece]
  /// What training saw and did.
  public let diagnostics: UnigramDiagnostics

  /// The nearest of the scores that pieces have: multiples of 1/128.
  ///
  /// SentencePiece adds scores in f32 over a line, and starts anew beyond 100,000; up to 131,072 the
  /// multiples of 1/128 are f32 numbers. So no sum is ever rounded, there or in f64, and two ways to cut a
  /// text compare alike everywhere. Half a step is a probability off by 0.4 %; the next round of EM
  /// would move it more.
  static func rounded(_ score: Double) -> Double { (score * 128).rounded() / 128 }

  /// The place of the unknown token.
  public var unknownIndex: Int { pieces.firstIndex { $0.kind == .unknown } ?? 0 }
}

/// What a training run saw and did, for reports.
public struct UnigramDiagnostics: Sendable, Equatable {
  /// Distinct words.
  public internal(set) var distinctWords = 0
  /// Words of the pre-tokenizer in all, which are not words between white space.
  public internal(set) var words: UInt64 = 0
  /// Characters (Unicode scalars) in all.
  public internal(set) var characters: UInt64 = 0
  /// Characters, in all, that have no piece.
  public internal(set) var unknownCharacters: UInt64 = 0
  /// Distinct characters.
  public internal(set) var distinctCharacters = 0
  /// Distinct characters of the corpus that got a piece.
  public internal(set) var coveredCharacters = 0
  /// Characters that got a piece although the corpus does not have them.
  public internal(set) var addedCharacters = 0
  /// The characters of the corpus without a piece.
  public internal(set) var unknown = UnknownCharacters()
  /// The size, and why it was chosen.
  public internal(set) var sizing = SizeChoice(size: 0, reason: .asked)
  /// Candidates found.
  public internal(set) var candidates = 0
  /// Candidates that EM started from.
  public internal(set) var seeds = 0
  /// One entry for each round of EM, in order.
  public internal(set) var rounds: [Round] = []

  /// One round of EM.
  public struct Round: Sendable, Equatable {
    /// The pieces going in.
    public let pieces: Int
    /// The negative log likelihood in nats a word of the pre-tokenizer, of the pieces going in.
    public let objective: Double
    /// The expected number of tokens of the whole corpus.
    public let tokens: Double
  }
}

/// How far a training has come.
public enum TrainingProgress: Sendable {
  /// Candidates have been chosen.
  case seeded(pieces: Int)
  /// A round of EM has ended.
  case estimated(UnigramDiagnostics.Round)
  /// A pruning has ended.
  case pruned(pieces: Int)
}
