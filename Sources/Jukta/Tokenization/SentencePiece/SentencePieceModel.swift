/// A SentencePiece model as its file holds it: the pieces by id, and the settings it was made with.
///
/// The schema is SentencePiece's `sentencepiece_model.proto` of 0.1.9x to 0.2.3; what a newer file
/// adds is kept in `unknownFields` and written back.
public struct SentencePieceModel: Sendable, Equatable {
  /// What a piece is for.
  public enum Kind: UInt8, Sendable {
    /// An ordinary piece.
    case normal = 1
    /// What stands for text that no piece covers.
    case unknown = 2
    /// A mark such as `<s>`, never found in text.
    case control = 3
    /// Always a piece of its own where it stands in a text.
    case userDefined = 4
    /// In the file, but never given out.
    case unused = 5
    /// One byte, `<0x41>`, of text that no piece covers.
    case byte = 6
  }

  /// One piece.
  public struct Piece: Sendable, Equatable {
    /// Its text, with U+2581 for a space.
    public var text: String
    /// Unigram: the logarithm of its probability, in nats. BPE: minus its rank.
    public var score: Float
    /// What it is for.
    public var kind: Kind
    /// Fields that this version does not know, in wire form.
    public var unknownFields: [UInt8] = []

    /// Creates a piece.
    public init(_ text: String, score: Float = 0, kind: Kind = .normal) {
      self.text = text
      self.score = score
      self.kind = kind
    }

    /// Equal to the byte: canonically equivalent texts are different pieces.
    public static func == (one: Piece, other: Piece) -> Bool {
      one.text.utf8.elementsEqual(other.text.utf8) && one.score == other.score
        && one.kind == other.kind && one.unknownFields == other.unknownFields
    }
  }

  /// Which algorithm the pieces are for.
  public enum Algorithm: UInt8, Sendable {
    /// The likeliest pieces (Kudo 2018).
    case unigram = 1
    /// Byte-pair encoding.
    case bpe = 2
    /// Words as they stand.
    case word = 3
    /// Characters.
    case character = 4
  }

  /// What encoding needs of the trainer's settings; the others are kept in wire form.
  public struct TrainerSettings: Sendable, Equatable {
    /// Which algorithm the pieces are for.
    public var algorithm = Algorithm.unigram
    /// The number of pieces that was asked for.
    public var vocabularySize: Int32 = 8000
    /// Whether the space mark stands behind words instead of in front.
    public var treatsWhitespaceAsSuffix = false
    /// Whether pieces never reach across a space.
    public var splitsByWhitespace = true
    /// Whether text that no piece covers is spelled in byte pieces.
    public var hasByteFallback = false
    /// What an unknown piece becomes when it is decoded.
    public var unknownSurface = " \u{2047} "
    /// The piece that stands for unknown text.
    public var unknownPiece = "<unk>"
    /// The piece for the beginning of a text.
    public var beginPiece = "<s>"
    /// The piece for the end of a text.
    public var endPiece = "</s>"
    /// The piece for padding.
    public var paddingPiece = "<pad>"
    /// All other fields, in wire form and in the order of the file.
    public var otherFields: [UInt8] = []
    /// Numbers of the fields above that the file gave, be it as the schema's default: those are
    /// written even where they need not be.
    public var givenFields: Set<UInt32> = []

    /// Creates the schema's defaults.
    public init() {}
  }

  /// How a text is normalised, or decoded text denormalised.
  public struct NormalizerSettings: Sendable, Equatable {
    /// The rule set's name, such as `nmt_nfkc`.
    public var name = ""
    /// The compiled rules (a double array and its targets); empty for none.
    public var precompiledMap: [UInt8] = []
    /// Whether a space is put in front of a text.
    public var addsDummyPrefix = true
    /// Whether spaces go from the ends, and runs of them become one.
    public var removesExtraWhitespace = true
    /// Whether U+2581 stands for a space.
    public var escapesWhitespace = true
    /// All other fields, in wire form and in the order of the file.
    public var otherFields: [UInt8] = []
    /// Numbers of the fields above that the file gave, be it as the schema's default: those are
    /// written even where they need not be.
    public var givenFields: Set<UInt32> = []

    /// Creates the schema's defaults.
    public init() {}
  }

  /// The pieces; a piece's place is its id.
  public var pieces: [Piece]
  /// The trainer's settings.
  public var trainer: TrainerSettings
  /// How texts are normalised.
  public var normalizer: NormalizerSettings
  /// How decoded text is changed; nil leaves it.
  public var denormalizer: NormalizerSettings?
  /// Fields of the file that this version does not know, in wire form.
  public var unknownFields: [UInt8] = []

  /// Joins the parts.
  public init(
    pieces: [Piece], trainer: TrainerSettings = TrainerSettings(),
    normalizer: NormalizerSettings = NormalizerSettings(),
    denormalizer: NormalizerSettings? = nil
  ) {
    self.pieces = pieces
    self.trainer = trainer
    self.normalizer = normalizer
    self.denormalizer = denormalizer
  }
}
