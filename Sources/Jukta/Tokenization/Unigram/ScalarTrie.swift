/// All pieces in a double array over scalars: one step a scalar, where a trie over bytes takes three
/// for Bengali.
///
/// Scalars map to dense symbols, the most frequent first, so that the array stays small: 8 bytes a
/// unit, 0.6 MB for 32,000 pieces. A unit is (check, base); its child by symbol *s* is unit
/// `base + s`, if that one's check names it. Unit 0 is the root. The id of the piece that ends at a
/// unit lies in an array beside, touched only where the top bit of base says so.
struct ScalarTrie: Sendable {
  struct Unit {
    /// The unit this one is a child of.
    var check: UInt32
    /// Where children are, with `valueBit` where a piece ends here.
    var base: UInt32
  }
  static let valueBit: UInt32 = 1 << 31
  static let noUnit = UInt32.max

  private(set) var units: [Unit] = []
  /// The piece that ends at a unit.
  private(set) var ids: [UInt32] = []
  /// The symbol of each scalar of the Basic Multilingual Plane; 0 for those in no piece.
  private(set) var symbols = [UInt16](repeating: 0, count: 0x10000)
  /// The symbols of scalars beyond it.
  private(set) var rareSymbols: [UInt32: UInt16] = [:]

  init(_ pieces: Pieces) {
    let scalars = PieceScalars(pieces)
    let symbolCount = assignSymbols(scalars.values)
    let sorted = SortedPieces(
      scalars, symbolCount: symbolCount, symbols: symbols, rareSymbols: rareSymbols)
    var builder = TrieBuilder(sorted, symbolCount: symbolCount)
    (units, ids) = builder.build()
  }

  /// Numbers scalars from 1, the most frequent first; gives the number of symbols, 0 included.
  private mutating func assignSymbols(_ scalars: [UInt32]) -> Int {
    var common = [UInt32](repeating: 0, count: 0x10000)
    var rare: [UInt32: UInt32] = [:]
    for scalar in scalars {
      if scalar < 0x10000 { common[Int(scalar)] += 1 } else { rare[scalar, default: 0] += 1 }
    }
    var counts = rare.map { (scalar: $0.key, count: $0.value) }
    for (scalar, count) in common.enumerated() where count > 0 {
      counts.append((UInt32(scalar), count))
    }
    counts.sort { ($0.count, $1.scalar) > ($1.count, $0.scalar) }
    for (index, entry) in counts.enumerated() {
      // 65,535 symbols are room for more scalars than vocabularies hold; the rest stay unknown.
      guard index + 1 < 0xFFFF else { return 0xFFFF }
      if entry.scalar < 0x10000 {
        symbols[Int(entry.scalar)] = UInt16(index + 1)
      } else {
        rareSymbols[entry.scalar] = UInt16(index + 1)
      }
    }
    return counts.count + 1
  }

  /// The id of a whole piece.
  func id(of piece: String) -> UInt32? {
    guard let unit = unit(of: piece).map({ Int($0) }), unit != 0,
      units[unit].base & Self.valueBit != 0
    else { return nil }
    return ids[unit]
  }

  /// The unit that a text leads to; nil where no piece begins with it.
  func unit(of text: String) -> UInt32? {
    var unit: UInt32 = 0
    for scalar in text.unicodeScalars {
      let symbol = symbol(of: scalar.value)
      let next = (units[Int(unit)].base & ~Self.valueBit) + UInt32(symbol)
      guard symbol != 0, units[Int(next)].check == unit else { return nil }
      unit = next
    }
    return unit
  }

  /// The symbol of a scalar; 0 where no piece holds it.
  func symbol(of scalar: UInt32) -> UInt16 {
    scalar < 0x10000 ? symbols[Int(scalar)] : rareSymbols[scalar] ?? 0
  }
}
