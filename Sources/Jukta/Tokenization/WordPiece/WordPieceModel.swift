/// A WordPiece model, frozen for encoding: a word becomes the longest piece that it starts with, then
/// the longest that the rest starts with, and so on; where that ends nowhere, the whole word is unknown.
///
/// The algorithm is BERT's (Devlin and others 2019, doi:10.18653/v1/N19-1423).
/// Immutable and shared by all threads; `WordPieceSearch` is the scratch of one.
public final class WordPieceModel: Sendable {
  /// The pieces, by id; empty where the file leaves an id out.
  public let pieces: Pieces
  /// The token for words that pieces do not make up.
  public let unknownToken: String
  /// What stands before pieces that do not begin a word.
  public let continuingSubwordPrefix: String
  /// Words of more characters are unknown as they are.
  public let longestWord: Int
  let unknownID: UInt32?
  /// All pieces: a word may begin with any of them.
  let trie: ScalarTrie
  /// Where pieces that may follow go on behind their prefix; nil where there are none.
  let following: UInt32?
  /// The bytes of each piece, its prefix included.
  let lengths: [UInt32]

  /// Builds the tables.
  /// - Parameter pieces: the pieces by id; empty for an id that is not there.
  public init(
    pieces: Pieces, unknownToken: String = "[UNK]", continuingSubwordPrefix: String = "##",
    longestWord: Int = 100
  ) {
    self.pieces = pieces
    self.unknownToken = unknownToken
    self.continuingSubwordPrefix = continuingSubwordPrefix
    self.longestWord = longestWord
    trie = ScalarTrie(pieces)
    following = trie.unit(of: continuingSubwordPrefix)
    unknownID = trie.id(of: unknownToken)
    lengths = pieces.lengths
  }

  /// Builds the tables, of pieces as strings.
  public convenience init(
    pieces: [String], unknownToken: String = "[UNK]", continuingSubwordPrefix: String = "##",
    longestWord: Int = 100
  ) {
    self.init(
      pieces: Pieces(pieces), unknownToken: unknownToken,
      continuingSubwordPrefix: continuingSubwordPrefix, longestWord: longestWord)
  }

  /// The id of a piece, by its bytes.
  public func id(of piece: String) -> UInt32? { trie.id(of: piece) }

  /// The bytes of the prefix.
  var prefixLength: UInt32 { UInt32(continuingSubwordPrefix.utf8.count) }
}

/// A WordLevel model, frozen for encoding: a word is a token or unknown.
public final class WordLevelModel: Sendable {
  /// The words, by id; empty where the file leaves an id out.
  public let pieces: Pieces
  /// The token for words that are not there.
  public let unknownToken: String
  let unknownID: UInt32?
  let table: PieceIndex
  let lengths: [UInt32]

  /// Builds the tables.
  /// - Parameter pieces: the words by id; empty for an id that is not there.
  public init(pieces: Pieces, unknownToken: String = "[UNK]") {
    self.pieces = pieces
    self.unknownToken = unknownToken
    table = PieceIndex(pieces)
    unknownID = table.id(of: unknownToken)
    lengths = pieces.lengths
  }

  /// Builds the tables, of words as strings.
  public convenience init(pieces: [String], unknownToken: String = "[UNK]") {
    self.init(pieces: Pieces(pieces), unknownToken: unknownToken)
  }

  /// The id of a word, by its bytes.
  public func id(of piece: String) -> UInt32? { table.id(of: piece) }
}
