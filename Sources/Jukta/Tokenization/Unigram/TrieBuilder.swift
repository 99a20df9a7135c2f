/// Lays pieces out in the double array of a `ScalarTrie`, node by node from the root.
struct TrieBuilder {
  /// A node: pieces that share a beginning.
  private struct Node {
    /// Which of the sorted pieces they are.
    var range: Range<Int>
    /// How many symbols they share.
    var depth: Int
    var unit: Int
  }
  private(set) var units: [ScalarTrie.Unit] = []
  private(set) var ids: [UInt32] = []
  private let symbolCount: Int
  private let pieces: SortedPieces
  private var children: [(symbol: Int, range: Range<Int>)] = []
  private var firstFree = 1

  init(_ pieces: SortedPieces, symbolCount: Int) {
    self.symbolCount = symbolCount
    self.pieces = pieces
    grow(to: symbolCount + 1 + pieces.symbols.count / 2)
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
    var pending = [Node(range: 0..<pieces.ids.count, depth: 0, unit: 0)]
    while let node = pending.popLast() {
      if node.range.count == 1 {
        chain(node)
        continue
      }
      listChildren(of: node)
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
    let piece = node.range.lowerBound
    var unit = node.unit
    for place in pieces.start(of: piece) + node.depth..<pieces.ends[piece] {
      let symbol = Int(pieces.symbols[place])
      let base = placeOne(symbol)
      units[unit].base |= UInt32(base)
      units[base + symbol].check = UInt32(unit)
      unit = base + symbol
    }
    units[unit].base |= ScalarTrie.valueBit
    ids[unit] = pieces.ids[piece]
  }

  /// Lists a node's children; a piece that ends here gives the node its id.
  private mutating func listChildren(of node: Node) {
    children.removeAll(keepingCapacity: true)
    var start = node.range.lowerBound
    // Of two equal pieces the later one counts; they are in the order of their ids.
    while start < node.range.upperBound, length(of: start) == node.depth {
      units[node.unit].base |= ScalarTrie.valueBit
      ids[node.unit] = pieces.ids[start]
      start += 1
    }
    while start < node.range.upperBound {
      let symbol = pieces.symbols[pieces.start(of: start) + node.depth]
      var end = start + 1
      while end < node.range.upperBound,
        pieces.symbols[pieces.start(of: end) + node.depth] == symbol
      {
        end += 1
      }
      children.append((Int(symbol), start..<end))
      start = end
    }
  }

  private func length(of piece: Int) -> Int { pieces.ends[piece] - pieces.start(of: piece) }

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
