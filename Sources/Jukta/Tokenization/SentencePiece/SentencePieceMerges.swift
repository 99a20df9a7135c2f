/// Which neighbours merge in a SentencePiece BPE model, and how early: any two whose joined text is a
/// piece, however that piece was learned.
///
/// The parts of a text are *symbols*: a piece's id, or beyond the pieces a number for each character
/// that is none itself but is part of one.
struct SentencePieceMerges: Sendable {
  /// Beyond all symbols: a character that is in no piece.
  static let none = UInt32.max
  /// Marks a user-defined piece that was found in the text: it merges with nothing.
  static let frozen: UInt32 = 1 << 31

  /// (rank, symbol) of the pairs that merge.
  let table: BPEMergeTable
  /// The symbol of each of the trie's own symbols, that is, of single characters.
  let characters: [UInt32]
  /// The length of each symbol in bytes.
  let lengths: [UInt32]
  /// Below: symbols that are pieces.
  let pieceCount: UInt32
  /// Whether a piece is merged to and then taken apart again, by symbol; empty where none is.
  let isUnused: [Bool]

  init(
    _ pieces: [SentencePieceModel.Piece], found: [String], _ trie: ScalarTrie
  ) {
    pieceCount = UInt32(pieces.count)
    var lengths = pieces.map { UInt32($0.text.utf8.count) }
    let characters = Self.numberCharacters(found, trie, &lengths)
    self.characters = characters
    self.lengths = lengths
    let hasUnused = pieces.contains { $0.kind == .unused }
    isUnused =
      hasUnused ? lengths.indices.map { $0 < pieces.count && pieces[$0].kind == .unused } : []
    let ranks = Self.ranks(pieces)
    var entries: [(key: UInt64, answer: UInt64)] = []
    for (id, piece) in found.enumerated() where !piece.isEmpty {
      let symbols = piece.unicodeScalars.map { trie.symbol(of: $0.value) }
      for cut in symbols.indices.dropFirst() {
        guard let left = Self.symbol(symbols[..<cut], trie, characters),
          let right = Self.symbol(symbols[cut...], trie, characters)
        else { continue }
        entries.append(
          (UInt64(left) << 32 | UInt64(right), UInt64(ranks[id]) << 32 | UInt64(id)))
      }
    }
    table = BPEMergeTable(entries)
  }

  /// A symbol for each character of the pieces; those that are no pieces get numbers of their own.
  private static func numberCharacters(
    _ found: [String], _ trie: ScalarTrie, _ lengths: inout [UInt32]
  ) -> [UInt32] {
    var characters: [UInt32] = [none]
    for piece in found {
      for scalar in piece.unicodeScalars {
        let symbol = Int(trie.symbol(of: scalar.value))
        while characters.count <= symbol { characters.append(none) }
        guard symbol != 0, characters[symbol] == none else { continue }
        if let id = trie.id(of: String(scalar)) {
          characters[symbol] = id
        } else {
          characters[symbol] = UInt32(lengths.count)
          lengths.append(UInt32(UTF8Scalars.length(of: scalar.value)))
        }
      }
    }
    return characters
  }

  /// The place of each piece's score among all, the highest first; +0 stands above −0, as bits are
  /// compared.
  private static func ranks(_ pieces: [SentencePieceModel.Piece]) -> [UInt32] {
    func order(_ score: Float) -> UInt32 {
      let bits = score.bitPattern
      return bits >> 31 == 1 ? ~bits : bits | 1 << 31
    }
    let orders = pieces.map { order($0.score) }
    var ranks: [UInt32: UInt32] = [:]
    for value in Set(orders).sorted(by: >) { ranks[value] = UInt32(ranks.count) }
    return orders.map { ranks[$0] ?? 0 }
  }

  private static func symbol(
    _ text: ArraySlice<UInt16>, _ trie: ScalarTrie, _ characters: [UInt32]
  ) -> UInt32? {
    if text.count == 1, let only = text.first { return characters[Int(only)] }
    var unit = 0
    for symbol in text {
      let next = Int(trie.units[unit].base & ~ScalarTrie.valueBit) + Int(symbol)
      guard symbol != 0, trie.units[next].check == UInt32(unit) else { return nil }
      unit = next
    }
    return trie.units[unit].base & ScalarTrie.valueBit != 0 ? trie.ids[unit] : nil
  }
}
