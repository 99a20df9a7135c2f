/// A SentencePiece model frozen for encoding: its pieces in a trie, and what its searches need beside.
///
/// Immutable and shared by all threads; `SentencePieceWorker` is the scratch of one.
public final class SentencePieceVocabulary: Sendable {
  /// The model as its file holds it.
  public let model: SentencePieceModel
  /// The pieces, by id.
  public let pieces: Pieces
  /// The id that stands for text no piece covers; nil where the model spells such text in bytes and
  /// has none.
  public let unknownID: UInt32?
  /// The id of the piece for the beginning of a text, if that is a control piece.
  public let beginID: UInt32?
  /// The id of the piece for the end of a text, if that is a control piece.
  public let endID: UInt32?
  /// The id of the piece for padding, if that is a control piece.
  public let paddingID: UInt32?

  /// The pieces that can be found in a text; unused ones for BPE alone, which merges through them.
  let trie: ScalarTrie
  /// User-defined pieces, where there are any.
  let userDefined: ScalarTrie?
  /// The length of each piece in bytes.
  let lengths: [UInt32]
  /// The same in a byte each, which stays in the fastest cache; 255 for all from there on.
  let shortLengths: [UInt8]
  /// The ids of `<0x00>` … `<0xFF>`; empty without byte fallback.
  let byteIDs: [UInt32]
  /// Whether no piece reaches across the start of a word (▁), so that words do not know each other.
  let isWordwise: Bool
  /// Scores for `SentencePieceLattice`.
  let unigram: SentencePieceScores
  /// Merges for `SentencePieceMerging`; nil for other models.
  let merges: SentencePieceMerges?

  /// Builds the tables.
  /// - Throws: `SentencePieceVocabularyError` where the pieces make no model.
  public init(_ model: SentencePieceModel) throws(SentencePieceVocabularyError) {
    try Self.check(model)
    self.model = model
    let pieces = model.pieces
    let isBPE = model.trainer.algorithm == .bpe
    let found = pieces.map { piece in
      switch piece.kind {
      case .normal, .userDefined: piece.text
      // A lone NUL is something that converters write, and never found.
      case .unused: !isBPE || piece.text.utf8.elementsEqual([0]) ? "" : piece.text
      case .unknown, .control, .byte: ""
      }
    }
    self.pieces = Pieces(pieces.lazy.map(\.text))
    lengths = pieces.map { UInt32($0.text.utf8.count) }
    shortLengths = lengths.map { UInt8(min($0, 255)) }
    unknownID = pieces.firstIndex { $0.kind == .unknown }.map { UInt32($0) }
    func special(_ text: String) -> UInt32? {
      pieces.firstIndex { $0.kind == .control && $0.text.utf8.elementsEqual(text.utf8) }
        .map { UInt32($0) }
    }
    beginID = special(model.trainer.beginPiece)
    endID = special(model.trainer.endPiece)
    paddingID = special(model.trainer.paddingPiece)
    var byteIDs: [UInt32] = []
    if model.trainer.hasByteFallback {
      byteIDs = [UInt32](repeating: 0, count: 256)
      for (id, piece) in pieces.enumerated() where piece.kind == .byte {
        if let byte = ByteFallback.byte(piece.text) { byteIDs[Int(byte)] = UInt32(id) }
      }
    }
    self.byteIDs = byteIDs
    trie = ScalarTrie(Pieces(found))
    userDefined =
      pieces.contains { $0.kind == .userDefined }
      ? ScalarTrie(Pieces(pieces.lazy.map { $0.kind == .userDefined ? $0.text : "" })) : nil
    isWordwise = !found.contains { $0.unicodeScalars.dropFirst().contains(Self.space) }
    unigram = SentencePieceScores(pieces, trie)
    merges =
      model.trainer.algorithm == .bpe ? SentencePieceMerges(pieces, found: found, trie) : nil
  }

  /// ▁, which stands for a space.
  static let space: Unicode.Scalar = "\u{2581}"

  private static func check(_ model: SentencePieceModel) throws(SentencePieceVocabularyError) {
    var unknown: Int?
    var bytes = Set<UInt8>()
    for (id, piece) in model.pieces.enumerated() {
      if piece.text.utf8.isEmpty { throw .emptyPiece(id: id) }
      if piece.kind == .unknown {
        if let unknown { throw .twoUnknownPieces(unknown, id) }
        unknown = id
      }
      if model.trainer.algorithm == .unigram, !piece.score.isFinite {
        throw .scoreIsNotFinite(id: id)
      }
      if piece.kind == .byte, let byte = ByteFallback.byte(piece.text) { bytes.insert(byte) }
    }
    if model.trainer.hasByteFallback {
      if let byte = (UInt8.min...UInt8.max).first(where: { !bytes.contains($0) }) {
        throw .bytePieceMissing(ByteFallback.token(byte))
      }
    } else if unknown == nil {
      throw .unknownPieceMissing
    }
  }

  /// What a piece is for; nil where `id` is none.
  func kind(of id: UInt32) -> SentencePieceModel.Kind? {
    Int(id) < model.pieces.count ? model.pieces[Int(id)].kind : nil
  }

  /// The id of a piece, by its bytes, whatever it is for; of several the one that a text can hold
  /// comes last, as in the reference.
  public func id(of piece: String) -> UInt32? {
    let bytes = piece.utf8
    let reserved = model.pieces.firstIndex { entry in
      switch entry.kind {
      case .unknown, .control, .byte: entry.text.utf8.elementsEqual(bytes)
      case .normal, .userDefined, .unused: false
      }
    }
    if let reserved { return UInt32(reserved) }
    if let id = trie.id(of: piece) { return id }
    return model.pieces.firstIndex { $0.text.utf8.elementsEqual(bytes) }.map { UInt32($0) }
  }
}

/// Pieces that make no model.
public enum SentencePieceVocabularyError: Error, Equatable, CustomStringConvertible {
  /// A piece without text.
  case emptyPiece(id: Int)
  /// Two pieces that stand for unknown text.
  case twoUnknownPieces(Int, Int)
  /// No piece that stands for unknown text, and no byte fallback.
  case unknownPieceMissing
  /// Byte fallback without the piece of some byte.
  case bytePieceMissing(String)
  /// A score that is infinite or not a number.
  case scoreIsNotFinite(id: Int)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .emptyPiece(let id): "piece \(id) has no text"
    case .twoUnknownPieces(let one, let other):
      "pieces \(one) and \(other) are both of type UNKNOWN; a model has one"
    case .unknownPieceMissing: "no piece is of type UNKNOWN, and byte_fallback is off"
    case .bytePieceMissing(let piece): "byte_fallback is on, but there is no piece \(piece)"
    case .scoreIsNotFinite(let id): "the score of piece \(id) is not a finite number"
    }
  }
}
