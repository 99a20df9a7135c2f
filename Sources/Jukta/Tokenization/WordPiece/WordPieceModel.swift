/// A WordPiece model, frozen for encoding: a word becomes the longest piece that it starts with, then
/// the longest that the rest starts with, and so on; where that ends nowhere, the whole word is unknown.
///
/// The algorithm is BERT's (Devlin and others 2019, doi:10.18653/v1/N19-1423).
/// Immutable and shared by all threads; `WordPieceSearch` is the scratch of one.
public final class WordPieceModel: Sendable {
  /// The pieces, by id; empty where the file leaves an id out.
  public let pieces: [String]
  /// The token for words that pieces do not make up.
  public let unknownToken: String
  /// What stands before pieces that do not begin a word.
  public let continuingSubwordPrefix: String
  /// Words of more characters are unknown as they are.
  public let longestWord: Int
  let unknownID: UInt32?
  /// Pieces that a word may begin with: all.
  let first: PieceTable
  /// Pieces that may follow, without their prefix.
  let following: PieceTable
  /// The bytes of each piece, its prefix included.
  let lengths: [UInt32]

  /// Builds the tables.
  /// - Parameter pieces: the pieces by id; empty for an id that is not there.
  public init(
    pieces: [String], unknownToken: String = "[UNK]", continuingSubwordPrefix: String = "##",
    longestWord: Int = 100
  ) {
    self.pieces = pieces
    self.unknownToken = unknownToken
    self.continuingSubwordPrefix = continuingSubwordPrefix
    self.longestWord = longestWord
    let prefix = Array(continuingSubwordPrefix.utf8)
    let known = Self.distinct(pieces)
    first = PieceTable(known.map { ($0.bytes[...], $0.id) })
    following = PieceTable(
      known.filter { $0.bytes.starts(with: prefix) }.map { ($0.bytes[prefix.count...], $0.id) })
    unknownID = Self.id(of: unknownToken, first)
    lengths = pieces.map { UInt32($0.utf8.count) }
  }

  private static func id(of piece: String, _ table: PieceTable) -> UInt32? {
    Array(piece.utf8).withUnsafeBufferPointer { table.id(of: $0) }
  }

  /// The id of a piece, by its bytes.
  public func id(of piece: String) -> UInt32? { Self.id(of: piece, first) }

  /// The bytes of the prefix.
  var prefixLength: UInt32 { UInt32(continuingSubwordPrefix.utf8.count) }

  /// The pieces that are not holes, each text once: of two equal ones the later.
  static func distinct(_ pieces: [String]) -> [(bytes: [UInt8], id: UInt32)] {
    var last: [[UInt8]: UInt32] = [:]
    last.reserveCapacity(pieces.count)
    for (id, piece) in pieces.enumerated() where !piece.isEmpty {
      last[Array(piece.utf8)] = UInt32(id)
    }
    return last.map { ($0.key, $0.value) }.sorted { $0.id < $1.id }
  }
}

/// A WordLevel model, frozen for encoding: a word is a token or unknown.
public final class WordLevelModel: Sendable {
  /// The words, by id; empty where the file leaves an id out.
  public let pieces: [String]
  /// The token for words that are not there.
  public let unknownToken: String
  let unknownID: UInt32?
  let table: PieceTable
  let lengths: [UInt32]

  /// Builds the tables.
  /// - Parameter pieces: the words by id; empty for an id that is not there.
  public init(pieces: [String], unknownToken: String = "[UNK]") {
    self.pieces = pieces
    self.unknownToken = unknownToken
    let table = PieceTable(WordPieceModel.distinct(pieces).map { ($0.bytes[...], $0.id) })
    unknownID = Array(unknownToken.utf8).withUnsafeBufferPointer { table.id(of: $0) }
    lengths = pieces.map { UInt32($0.utf8.count) }
    self.table = table
  }

  /// The id of a word, by its bytes.
  public func id(of piece: String) -> UInt32? {
    Array(piece.utf8).withUnsafeBufferPointer { table.id(of: $0) }
  }
}
