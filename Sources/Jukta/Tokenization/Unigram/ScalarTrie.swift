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

  init(_ pieces: [String]) {
    let scalars = pieces.map { $0.unicodeScalars.map(\.value) }
    let symbolCount = assignSymbols(scalars)
    var keys: [(symbols: [UInt16], id: UInt32)] = []
    for (id, piece) in scalars.enumerated() where !piece.isEmpty {
      keys.append((piece.map { symbol(of: $0) }, UInt32(id)))
    }
    // Later duplicates win: sorted behind, written last.
    keys.sort { left, right in
      left.symbols == right.symbols
        ? left.id < right.id : left.symbols.lexicographicallyPrecedes(right.symbols)
    }
    var builder = TrieBuilder(symbolCount: symbolCount)
    builder.build(keys)
    units = builder.units
    ids = builder.ids
  }

  /// Numbers scalars from 1, the most frequent first; gives the number of symbols, 0 included.
  private mutating func assignSymbols(_ pieces: [[UInt32]]) -> Int {
    var counts: [UInt32: Int] = [:]
    for piece in pieces { for scalar in piece { counts[scalar, default: 0] += 1 } }
    let order = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    for (index, entry) in order.enumerated() {
      // 65,535 symbols are room for more scalars than vocabularies hold; the rest stay unknown.
      guard index + 1 < 0xFFFF else { return 0xFFFF }
      if entry.key < 0x10000 {
        symbols[Int(entry.key)] = UInt16(index + 1)
      } else {
        rareSymbols[entry.key] = UInt16(index + 1)
      }
    }
    return order.count + 1
  }

  /// The id of a whole piece.
  func id(of piece: String) -> UInt32? {
    var unit = 0
    for scalar in piece.unicodeScalars {
      let symbol = symbol(of: scalar.value)
      let next = Int(units[unit].base & ~Self.valueBit) + Int(symbol)
      guard symbol != 0, units[next].check == UInt32(unit) else { return nil }
      unit = next
    }
    guard unit != 0, units[unit].base & Self.valueBit != 0 else { return nil }
    return ids[unit]
  }

  /// The symbol of a scalar; 0 where no piece holds it.
  func symbol(of scalar: UInt32) -> UInt16 {
    scalar < 0x10000 ? symbols[Int(scalar)] : rareSymbols[scalar] ?? 0
  }
}

/// Lays a sorted list of keys out in a double array.
private struct TrieBuilder {
  typealias Key = (symbols: [UInt16], id: UInt32)
  private(set) var units: [ScalarTrie.Unit] = []
  private(set) var ids: [UInt32] = []
  private let symbolCount: Int
  private var firstFree = 1

  init(symbolCount: Int) {
    self.symbolCount = symbolCount
    grow(to: symbolCount + 1)
    units[0].check = 0
  }

  private mutating func grow(to count: Int) {
    guard count > units.count else { return }
    let larger = max(count, units.count * 2)
    let free = ScalarTrie.Unit(check: ScalarTrie.noUnit, base: 0)
    units.append(contentsOf: repeatElement(free, count: larger - units.count))
    ids.append(contentsOf: repeatElement(0, count: larger - ids.count))
  }

  /// Breadth of a node's children first, then each child: an explicit stack, since a piece may be
  /// longer than the call stack is deep.
  mutating func build(_ keys: [Key]) {
    var pending = [(range: 0..<keys.count, depth: 0, unit: 0)]
    while let (range, depth, unit) = pending.popLast() {
      var start = range.lowerBound
      while start < range.upperBound, keys[start].symbols.count == depth {
        units[unit].base |= ScalarTrie.valueBit
        ids[unit] = keys[start].id
        start += 1
      }
      var children: [(symbol: UInt16, range: Range<Int>)] = []
      while start < range.upperBound {
        let symbol = keys[start].symbols[depth]
        var end = start + 1
        while end < range.upperBound, keys[end].symbols[depth] == symbol { end += 1 }
        children.append((symbol, start..<end))
        start = end
      }
      guard !children.isEmpty else { continue }
      let base = place(children.map { Int($0.symbol) })
      units[unit].base |= UInt32(base)
      for child in children {
        let next = base + Int(child.symbol)
        units[next].check = UInt32(unit)
        pending.append((child.range, depth + 1, next))
      }
    }
    // Every step stays inside: base + symbol < units.count for any base and symbol.
    grow(to: (units.map { Int($0.base & ~ScalarTrie.valueBit) }.max() ?? 0) + symbolCount + 1)
  }

  /// A base where all symbols fall on free units. After some hundred probes the search starts
  /// further on for good: a few more units, and no quadratic building.
  private mutating func place(_ symbols: [Int]) -> Int {
    var base = max(1, firstFree - (symbols.min() ?? 0))
    var probes = 0
    while true {
      grow(to: base + symbolCount + 1)
      if symbols.allSatisfy({ units[base + $0].check == ScalarTrie.noUnit }) { break }
      base += 1
      probes += 1
      if probes == 200 { firstFree = max(firstFree, base) }
    }
    while units[firstFree].check != ScalarTrie.noUnit {
      firstFree += 1
      grow(to: firstFree + 1)
    }
    return base
  }
}
