/// The model of a tokenizer: what turns words into ids.
///
/// An enum and not a protocol, so that the loop over words holds no existential: which model it is,
/// is asked once a word that the cache does not know.
public enum TokenizerModel: Sendable {
  /// A Unigram language model.
  case unigram(UnigramModel)
  /// Byte-pair encoding.
  case bpe(BPEModel)
  /// The longest piece first.
  case wordPiece(WordPieceModel)
  /// Whole words.
  case wordLevel(WordLevelModel)
  /// A SentencePiece model, which brings its own normaliser and knows no words.
  case sentencePiece(SentencePieceProcessor)

  /// The Unigram model, where it is one.
  public var unigram: UnigramModel? {
    if case .unigram(let model) = self { model } else { nil }
  }

  /// The BPE model, where it is one.
  public var bpe: BPEModel? {
    if case .bpe(let model) = self { model } else { nil }
  }

  /// The SentencePiece model, where it is one.
  public var sentencePiece: SentencePieceProcessor? {
    if case .sentencePiece(let processor) = self { processor } else { nil }
  }

  /// The pieces, by id.
  public var pieces: Pieces {
    switch self {
    case .unigram(let model): model.pieces
    case .bpe(let model): model.pieces
    case .wordPiece(let model): model.pieces
    case .wordLevel(let model): model.pieces
    case .sentencePiece(let processor): processor.vocabulary.pieces
    }
  }

  /// The id of a piece, by its bytes.
  public func id(of piece: String) -> UInt32? {
    switch self {
    case .unigram(let model): model.id(of: piece)
    case .bpe(let model): model.id(of: piece)
    case .wordPiece(let model): model.id(of: piece)
    case .wordLevel(let model): model.id(of: piece)
    case .sentencePiece(let processor): processor.vocabulary.id(of: piece)
    }
  }

  /// The piece of an id; nil where no piece has it.
  func piece(of id: UInt32) -> String? {
    let pieces = pieces
    guard Int(id) < pieces.count else { return nil }
    // An empty piece is a hole in a vocabulary, but for Unigram, which has none.
    if pieces.isHole(Int(id)), unigram == nil { return nil }
    return pieces[Int(id)]
  }

  /// The number of pieces, holes not counted: new tokens are numbered from it.
  var entryCount: Int { unigram?.pieces.count ?? pieces.count - pieces.holeCount }

  /// Whether a ByteLevel at the end of the pre-tokenizer is to hand words on as bytes.
  var takesBytes: Bool { bpe?.options.isByteLevel ?? false }

  /// The bytes of a word that each id covers at its start, where it covers just its piece.
  var lengths: [UInt32] {
    switch self {
    case .unigram(let model): model.lengths
    case .bpe(let model): model.lengths
    case .wordPiece(let model): model.lengths
    case .wordLevel(let model): model.lengths
    case .sentencePiece(let processor): processor.vocabulary.lengths
    }
  }

  /// How much less a piece covers that does not begin a word: its prefix, which is not in the text.
  var prefixLength: UInt32 {
    if case .wordPiece(let model) = self { model.prefixLength } else { 0 }
  }

  /// Whether a token is shown by its piece rather than by the text that it stands for.
  func isShownByPiece(_ id: UInt32) -> Bool {
    switch self {
    case .unigram(let model): id != model.unknownID
    case .bpe, .wordPiece, .wordLevel, .sentencePiece: true
    }
  }

  /// Whether the same word may give other ids the next time.
  var isRandom: Bool {
    if case .bpe(let model) = self { (model.options.dropout ?? 0) > 0 } else { false }
  }
}
