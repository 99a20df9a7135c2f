internal import Synchronization

/// A pair of tokens that become one, both by id.
public struct BPEMerge: Sendable, Hashable {
  /// The left token.
  public let left: UInt32
  /// The right token.
  public let right: UInt32

  /// Creates a merge.
  public init(left: UInt32, right: UInt32) {
    self.left = left
    self.right = right
  }
}

/// How a BPE model treats words, under tokenizer.json's names.
public struct BPEOptions: Sendable, Equatable {
  /// The token for characters that have none; nil drops them.
  public var unknownToken: String?
  /// What stands before a character that does not begin a word; nil or empty for nothing.
  public var continuingSubwordPrefix: String?
  /// What stands behind the last character of a word; nil or empty for nothing.
  public var endOfWordSuffix: String?
  /// Whether neighbouring unknown characters are one token.
  public var fusesUnknown = false
  /// Whether unknown characters become the `<0xXX>` tokens of their bytes, where all of them exist.
  public var byteFallback = false
  /// Whether a word that is a token is taken whole, whatever merging would give.
  public var ignoresMerges = false
  /// The probability with which a merge is put off (BPE-dropout, Provilkov, Emelianenko and Voita
  /// 2020, doi:10.18653/v1/2020.acl-main.170); nil or 0 for none.
  public var dropout: Double?
  /// Whether words are taken as bytes, spelled in `ByteAlphabet`.
  public var isByteLevel = false

  /// Creates the default options.
  public init() {}

  /// Whether words may stay bytes. Where something happens to characters that have no token, or to
  /// those at the ends of a word, the model must see the spelling.
  func allowsBytes(_ isPiece: (String) -> Bool) -> Bool {
    (continuingSubwordPrefix ?? "").isEmpty && (endOfWordSuffix ?? "").isEmpty && !byteFallback
      && (unknownToken != nil || ByteAlphabet.scalars.allSatisfy { isPiece(String($0)) })
  }
}

/// A BPE model, frozen for encoding: a vocabulary, and merges in the order in which they are applied.
///
/// Immutable and shared by all threads; `BPESearch` is the scratch of one.
public final class BPEModel: Sendable {
  /// The pieces, by id; empty where the file leaves an id out.
  public let pieces: Pieces
  /// The merges, by rank. Where a pair is there twice, the later rank counts.
  public let merges: [BPEMerge]
  /// How words are treated.
  public let options: BPEOptions
  /// For each piece, how many bytes of a word it covers.
  let lengths: [UInt32]
  let table: BPEMergeTable
  let symbols: BPESymbols
  let unknownID: UInt32?
  /// The ids of `<0x00>` … `<0xFF>`, where they exist.
  let byteIDs: [UInt32?]
  private let ids: PieceIndex
  /// Whole words by their bytes, for `ignoresMerges`.
  private let words: PieceIndex?
  /// Made for the first long word: most models never see one.
  private let lazyCuts = Mutex<(isMade: Bool, cuts: BPECuts?)>((false, nil))

  /// Builds the tables.
  /// - Parameters:
  ///   - pieces: the pieces by id; empty for an id that is not there.
  ///   - merges: the merges by rank.
  /// - Throws: `ModelError` where a merge makes a piece that is not there, or dropout is no
  ///   probability.
  public convenience init(
    pieces: Pieces, merges: [BPEMerge], options: BPEOptions = BPEOptions()
  ) throws(ModelError) {
    try self.init(pieces: pieces, PieceIndex(pieces), merges: merges, options: options)
  }

  /// - Parameter ids: of all pieces.
  init(
    pieces: Pieces, _ ids: PieceIndex, merges: [BPEMerge], options: BPEOptions
  ) throws(ModelError) {
    if let dropout = options.dropout, !(dropout >= 0 && dropout <= 1) {
      throw .dropoutOutOfRange(dropout)
    }
    (self.pieces, self.merges, self.options) = (pieces, merges, options)
    self.ids = ids
    let products = try Self.products(of: merges, pieces, ids, options)
    table = BPEMergeTable(merges, products)
    symbols = BPESymbols(pieces, ids, options)
    lengths = Self.lengths(pieces, merges, products, symbols, options)
    unknownID = options.unknownToken.flatMap { ids.id(of: $0) }
    byteIDs = (UInt8.min...UInt8.max).map { ids.id(of: ByteFallback.token($0)) }
    words = options.ignoresMerges ? Self.words(pieces, ids, options) : nil
  }

  /// Builds the tables, of pieces as strings.
  /// - Throws: as the other initialiser.
  public convenience init(
    pieces: [String], merges: [BPEMerge], options: BPEOptions = BPEOptions()
  ) throws(ModelError) {
    try self.init(pieces: Pieces(pieces), merges: merges, options: options)
  }

  /// The id of a piece, by its bytes.
  public func id(of piece: String) -> UInt32? { ids.id(of: piece) }

  /// Whether words may stay bytes.
  var canTakeBytes: Bool { options.allowsBytes { id(of: $0) != nil } }

  /// Where long words may be cut; nil where they must be merged whole.
  var cuts: BPECuts? {
    lazyCuts.withLock { lazy in
      if !lazy.isMade {
        lazy = (true, BPECuts(pieces, merges, symbols, options, byteIDs: byteIDs))
      }
      return lazy.cuts
    }
  }

  /// The id of a word that is taken whole.
  func id(ofWord word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    words?.id(of: word)
  }

  /// What each merge makes: the piece that is both parts joined, without the right one's prefix.
  private static func products(
    of merges: [BPEMerge], _ pieces: Pieces, _ ids: PieceIndex, _ options: BPEOptions
  ) throws(ModelError) -> [UInt32] {
    let prefix = options.continuingSubwordPrefix?.utf8.count ?? 0
    var products: [UInt32] = []
    products.reserveCapacity(merges.count)
    var text: [UInt8] = []
    for (rank, merge) in merges.enumerated() {
      guard pieces.indices.contains(Int(merge.left)), pieces.indices.contains(Int(merge.right))
      else { throw .mergeOfMissingPieces(rank: rank) }
      text.removeAll(keepingCapacity: true)
      text.append(contentsOf: pieces.utf8(of: Int(merge.left)))
      text.append(contentsOf: pieces.utf8(of: Int(merge.right)).dropFirst(prefix))
      guard let id = text.withUnsafeBufferPointer({ ids.id(of: $0) }) else {
        throw .mergeMakesNoPiece(rank: rank, piece: String(decoding: text, as: UTF8.self))
      }
      products.append(id)
    }
    return products
  }

  private static func lengths(
    _ pieces: Pieces, _ merges: [BPEMerge], _ products: [UInt32], _ symbols: BPESymbols,
    _ options: BPEOptions
  ) -> [UInt32] {
    if options.isByteLevel { return pieces.scalarCounts }
    var lengths = pieces.lengths
    guard symbols.hasForms else { return lengths }
    // Prefix and suffix are not in the text: count from the characters up.
    for (id, length) in symbols.lengths { lengths[Int(id)] = length }
    for (merge, product) in zip(merges, products) {
      lengths[Int(product)] = lengths[Int(merge.left)] + lengths[Int(merge.right)]
    }
    return lengths
  }

  private static func words(
    _ pieces: Pieces, _ ids: PieceIndex, _ options: BPEOptions
  ) -> PieceIndex {
    guard options.isByteLevel else { return ids }
    var words = PieceList()
    var bytes: [UInt8] = []
    for (id, piece) in pieces.enumerated() where !piece.isEmpty {
      bytes.removeAll(keepingCapacity: true)
      for scalar in piece.unicodeScalars {
        guard let byte = ByteAlphabet.byte(of: scalar) else { break }
        bytes.append(byte)
      }
      if bytes.count == piece.unicodeScalars.count { words.append(bytes, id: UInt32(id)) }
    }
    return PieceIndex(words)
  }
}

/// The ids of single characters, in their place in a word.
struct BPESymbols: Sendable {
  static let none = UInt32.max
  /// For each byte, in byte-level models.
  let bytes: [UInt32]
  /// For each form (bit 0: not the first, bit 1: the last; one form where there is neither prefix nor
  /// suffix), the id of each scalar of the Basic Multilingual Plane.
  let scalars: [[UInt32]]
  /// The same beyond the plane, by form and scalar.
  private var rare: [UInt64: UInt32] = [:]
  let hasForms: Bool
  /// The bytes that each id's character has in the text.
  private(set) var lengths: [(id: UInt32, length: UInt32)] = []

  init(_ pieces: Pieces, _ ids: PieceIndex, _ options: BPEOptions) {
    let prefix = Array((options.continuingSubwordPrefix ?? "").utf8)
    let suffix = Array((options.endOfWordSuffix ?? "").utf8)
    hasForms = !(prefix.isEmpty && suffix.isEmpty)
    bytes = ByteAlphabet.scalars.map { ids.id(of: String(Character($0))) ?? Self.none }
    guard !options.isByteLevel else {
      scalars = []
      return
    }
    var scalars = [[UInt32]](
      repeating: [UInt32](repeating: Self.none, count: 0x10000), count: hasForms ? 4 : 1)
    for id in pieces.indices {
      let piece = pieces.utf8(of: id)
      for form in scalars.indices {
        let (front, back) = (form & 1 == 0 ? [] : prefix, form & 2 == 0 ? [] : suffix)
        // A character has up to four bytes: longer pieces are none.
        let length = piece.count - front.count - back.count
        guard length > 0, length <= 4, piece.starts(with: front),
          piece.suffix(back.count).elementsEqual(back)
        else { continue }
        let middle = piece.dropFirst(front.count).prefix(length)
        let text = String(decoding: middle, as: UTF8.self).unicodeScalars
        guard text.count == 1, let scalar = text.first?.value else { continue }
        if hasForms { lengths.append((UInt32(id), UInt32(length))) }
        if scalar < 0x10000 {
          scalars[form][Int(scalar)] = UInt32(id)
        } else {
          rare[UInt64(form) << 32 | UInt64(scalar)] = UInt32(id)
        }
      }
    }
    self.scalars = scalars
  }

  @inline(never)
  func rareID(_ scalar: UInt32, form: Int) -> UInt32 {
    rare[UInt64(form) << 32 | UInt64(scalar)] ?? Self.none
  }
}
