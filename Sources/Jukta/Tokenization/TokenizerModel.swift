/// The model of a tokenizer: what turns words into ids.
///
/// An enum and not a protocol, so that the loop over words holds no existential: which model it is,
/// is asked once a word that the cache does not know.
public enum TokenizerModel: Sendable {
  /// A Unigram language model.
  case unigram(UnigramModel)
  /// Byte-pair encoding.
  case bpe(BPEModel)

  /// The Unigram model, where it is one.
  public var unigram: UnigramModel? {
    if case .unigram(let model) = self { model } else { nil }
  }

  /// The BPE model, where it is one.
  public var bpe: BPEModel? {
    if case .bpe(let model) = self { model } else { nil }
  }

  /// The pieces, by id.
  public var pieces: [String] {
    switch self {
    case .unigram(let model): model.pieces
    case .bpe(let model): model.pieces
    }
  }

  /// The id of a piece, by its bytes.
  public func id(of piece: String) -> UInt32? {
    switch self {
    case .unigram(let model): model.id(of: piece)
    case .bpe(let model): model.id(of: piece)
    }
  }

  /// The bytes of a word that each id covers, where it covers just its piece.
  var lengths: [UInt32] {
    switch self {
    case .unigram(let model): model.lengths
    case .bpe(let model): model.lengths
    }
  }

  /// Whether a token is shown by its piece rather than by the text that it stands for.
  func isShownByPiece(_ id: UInt32) -> Bool {
    switch self {
    case .unigram(let model): id != model.unknownID
    case .bpe: true
    }
  }

  /// Whether the same word may give other ids the next time.
  var isRandom: Bool {
    if case .bpe(let model) = self { (model.options.dropout ?? 0) > 0 } else { false }
  }
}
