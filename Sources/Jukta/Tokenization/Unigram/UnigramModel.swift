/// A Unigram language model over pieces (Kudo 2018, doi:10.18653/v1/P18-1007), frozen for encoding.
///
/// Immutable and shared by all threads; `UnigramWorker` is the scratch of one.
public final class UnigramModel: Sendable {
  /// The pieces, by id.
  public let pieces: Pieces
  /// Their scores: natural logarithms of probabilities; 0 for special tokens.
  public let scores: [Double]
  /// The id that stands for text no piece covers.
  public let unknownID: UInt32?
  /// Whether unknown text becomes the `<0xXX>` pieces of its bytes.
  public let byteFallback: Bool
  /// The score of an unknown character: ten below the lowest of all pieces.
  let unknownScore: Double
  let trie: ScalarTrie
  /// The length of each piece in bytes.
  let lengths: [UInt32]
  /// The ids of `<0x00>` … `<0xFF>`, where they exist.
  let byteIDs: [UInt32?]

  /// Builds the tables.
  /// - Throws: `ModelError` where `unknownID` is not an id, or a score is not a number.
  public convenience init(
    pieces: [(piece: String, score: Double)], unknownID: Int?, byteFallback: Bool = false
  ) throws(ModelError) {
    try self.init(
      pieces: Pieces(pieces.lazy.map(\.piece)), scores: pieces.map(\.score), unknownID: unknownID,
      byteFallback: byteFallback)
  }

  /// Builds the tables.
  /// - Parameter scores: one for each piece.
  init(
    pieces: Pieces, scores: [Double], unknownID: Int?, byteFallback: Bool
  ) throws(ModelError) {
    if let unknownID, !pieces.indices.contains(unknownID) {
      throw .unknownIDOutOfRange(unknownID, count: pieces.count)
    }
    if let bad = scores.firstIndex(where: \.isNaN) { throw .scoreIsNotANumber(id: bad) }
    (self.pieces, self.scores) = (pieces, scores)
    self.unknownID = unknownID.map { UInt32($0) }
    self.byteFallback = byteFallback
    unknownScore = (scores.min() ?? 0) - 10
    lengths = pieces.lengths
    let trie = ScalarTrie(pieces)
    byteIDs = (0...UInt8.max).map { trie.id(of: ByteFallback.token($0)) }
    self.trie = trie
  }

  /// The id of a piece; of two equal pieces the later one's, as in the reference.
  ///
  /// Scalar by scalar, not as Swift compares strings: য় as one scalar and as two are two pieces.
  public func id(of piece: String) -> UInt32? { trie.id(of: piece) }
}

/// A model that cannot be, or a text that it cannot encode.
public enum ModelError: Error, Equatable, CustomStringConvertible {
  /// `unk_id` is not the id of a piece.
  case unknownIDOutOfRange(Int, count: Int)
  /// A score that is not a number.
  case scoreIsNotANumber(id: Int)
  /// Text that no piece covers, and no `unk_id` to stand for it.
  case unknownTokenMissing
  /// A merge names an id that no piece has.
  case mergeOfMissingPieces(rank: Int)
  /// A merge makes a piece that is not in the vocabulary.
  case mergeMakesNoPiece(rank: Int, piece: String)
  /// Dropout is not a probability.
  case dropoutOutOfRange(Double)
  /// Dropout for a model that merges nothing.
  case dropoutNeedsMerges
  /// The token for unknown characters is not in the vocabulary.
  case unknownTokenNotInVocabulary(String)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .unknownIDOutOfRange(let id, let count):
      "unk_id \(id) is not an id: there are \(count) pieces"
    case .scoreIsNotANumber(let id): "the score of piece \(id) is not a number"
    case .unknownTokenMissing:
      "the text holds characters that no piece covers, and the model has no unk_id; "
        + "train with an unknown token"
    case .mergeOfMissingPieces(let rank): "merge \(rank) names an id that no piece has"
    case .mergeMakesNoPiece(let rank, let piece):
      "merge \(rank) makes \"\(piece)\", which is not in the vocabulary"
    case .dropoutNeedsMerges: "dropout is for BPE models, and this is none"
    case .dropoutOutOfRange(let value): "dropout must be from 0 to 1, not \(value)"
    case .unknownTokenNotInVocabulary(let token):
      "the text holds characters that no piece covers, and the unk_token \"\(token)\" is not in the "
        + "vocabulary"
    }
  }
}
