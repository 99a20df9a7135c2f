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
    var text = PieceScalars(pieces)
    let symbolCount = assignSymbols(text.scalars)
    for index in text.scalars.indices {
      text.scalars[index] = UInt32(symbol(of: text.scalars[index]))
    }
    var builder = TrieBuilder(text, symbolCount: symbolCount)
    builder.build()
    units = builder.units
    ids = builder.ids
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

/// All pieces in one array of scalars.
private struct PieceScalars {
  var scalars: [UInt32] = []
  /// Where each piece ends.
  private(set) var ends: [Int] = []

  init(_ pieces: [String]) {
    ends.reserveCapacity(pieces.count)
    scalars.reserveCapacity(pieces.reduce(0) { $0 + $1.utf8.count })
    for piece in pieces {
      for scalar in piece.unicodeScalars { scalars.append(scalar.value) }
      ends.append(scalars.count)
    }
  }
}

/// Lays pieces out in a double array, node by node from the root.
private struct TrieBuilder {
  /// A node: pieces that share a beginning.
  private struct Node {
    /// Which part of `order` they are.
    var range: Range<Int>
    /// How many symbols they share.
    var depth: Int
    var unit: Int
  }
  private(set) var units: [ScalarTrie.Unit] = []
  private(set) var ids: [UInt32] = []
  private let symbolCount: Int
  private let symbols: [UInt32]
  private let starts: [Int]
  /// The pieces, those of a node side by side.
  private var order: [UInt32]
  /// The pieces of one node behind the symbol that follows in each; 0 where it ends.
  private var keys: [UInt64] = []
  private var children: [(symbol: Int, range: Range<Int>)] = []
  private var firstFree = 1

  /// - Parameter text: the pieces, each scalar's symbol in its place.
  init(_ text: PieceScalars, symbolCount: Int) {
    self.symbolCount = symbolCount
    symbols = text.scalars
    starts = [0] + text.ends
    order = text.ends.indices.map(UInt32.init)
    // No more units than symbols, but for gaps.
    units.reserveCapacity(symbols.count + symbolCount)
    ids.reserveCapacity(symbols.count + symbolCount)
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

  /// A node's children first, then each child: an explicit stack, since a piece may be longer than
  /// the call stack is deep.
  mutating func build() {
    // Found nowhere: an empty piece, and one with a scalar that got no symbol.
    order.removeAll { piece in
      let range = starts[Int(piece)]..<starts[Int(piece) + 1]
      return range.isEmpty || symbols[range].contains(0)
    }
    var pending = [Node(range: 0..<order.count, depth: 0, unit: 0)]
    while let node = pending.popLast() {
      if node.range.count == 1 {
        chain(node)
        continue
      }
      part(node)
      guard !children.isEmpty else { continue }
      let base = placeChildren()
      units[node.unit].base |= UInt32(base)
      for child in children {
        let next = base + child.symbol
        units[next].check = UInt32(node.unit)
        pending.append(Node(range: child.range, depth: node.depth + 1, unit: next))
      }
    }
    // Every step stays inside: base + symbol < units.count for any base and symbol.
    var highest = 0
    for unit in units { highest = max(highest, Int(unit.base & ~ScalarTrie.valueBit)) }
    grow(to: highest + symbolCount + 1)
  }

  /// Lays out the rest of a piece that shares its beginning with no other.
  private mutating func chain(_ node: Node) {
    let piece = Int(order[node.range.lowerBound])
    var unit = node.unit
    for place in starts[piece] + node.depth..<starts[piece + 1] {
      let symbol = Int(symbols[place])
      let base = placeOne(symbol)
      units[unit].base |= UInt32(base)
      units[base + symbol].check = UInt32(unit)
      unit = base + symbol
    }
    units[unit].base |= ScalarTrie.valueBit
    ids[unit] = UInt32(piece)
  }

  /// Sorts a node's pieces by the symbol that follows and lists the children; a piece that ends here
  /// gives the node its id.
  private mutating func part(_ node: Node) {
    keys.removeAll(keepingCapacity: true)
    for piece in order[node.range] {
      let place = starts[Int(piece)] + node.depth
      let symbol = place < starts[Int(piece) + 1] ? symbols[place] : 0
      keys.append(UInt64(symbol) << 32 | UInt64(piece))
    }
    sortKeys()
    children.removeAll(keepingCapacity: true)
    var start = 0
    while start < keys.count {
      let symbol = Int(keys[start] >> 32)
      var end = start
      while end < keys.count, Int(keys[end] >> 32) == symbol {
        order[node.range.lowerBound + end] = UInt32(truncatingIfNeeded: keys[end])
        end += 1
      }
      let range = node.range.lowerBound + start..<node.range.lowerBound + end
      if symbol == 0 {
        // Of two equal pieces the later one counts; they are in the order of their ids.
        units[node.unit].base |= ScalarTrie.valueBit
        ids[node.unit] = order[range.upperBound - 1]
      } else {
        children.append((symbol, range))
      }
      start = end
    }
  }

  /// Most nodes have a handful of pieces: those are put in order by insertion.
  private mutating func sortKeys() {
    guard keys.count <= 16 else { return keys.sort() }
    keys.withUnsafeMutableBufferPointer { keys in
      for index in keys.indices.dropFirst() {
        let key = keys[index]
        var place = index
        while place > 0, keys[place - 1] > key {
          keys[place] = keys[place - 1]
          place -= 1
        }
        keys[place] = key
      }
    }
  }

  /// A base where all children fall on free units. After some hundred probes the search starts
  /// further on for good: a few more units, and no quadratic building.
  private mutating func placeChildren() -> Int {
    // Children are in the order of their symbols.
    var base = max(1, firstFree - (children.first?.symbol ?? 0))
    var probes = 0
    while true {
      grow(to: base + symbolCount + 1)
      if children.allSatisfy({ units[base + $0.symbol].check == ScalarTrie.noUnit }) { break }
      base += 1
      probes += 1
      if probes == 200 { firstFree = max(firstFree, base) }
    }
    moveFirstFree()
    return base
  }

  /// The same for an only child.
  private mutating func placeOne(_ symbol: Int) -> Int {
    var base = max(1, firstFree - symbol)
    grow(to: base + symbolCount + 1)
    while units[base + symbol].check != ScalarTrie.noUnit {
      base += 1
      grow(to: base + symbolCount + 1)
    }
    moveFirstFree()
    return base
  }

  private mutating func moveFirstFree() {
    while units[firstFree].check != ScalarTrie.noUnit {
      firstFree += 1
      grow(to: firstFree + 1)
    }
  }
}
