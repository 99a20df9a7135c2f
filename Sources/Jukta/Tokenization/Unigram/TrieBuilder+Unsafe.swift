/// Lays pieces out in the double array of a `ScalarTrie`, node by node from the root.
///
/// Soundness: `units` and `ids` hold `capacity` initialised elements each. A unit is a base, which `grow` was
/// asked for with `symbolCount + 1` more, and a symbol below `symbolCount`; or 0; or `firstFree`, for which
/// `moveFirstFree` asks. They are freed once, by `deinit`: the struct cannot be copied.
struct TrieBuilder: ~Copyable {
  /// A node: pieces that share a beginning.
  private struct Node {
    /// Which of the sorted pieces they are.
    var range: Range<Int>
    /// How many symbols they share.
    var depth: Int
    var unit: Int
  }
  private var units = UnsafeMutablePointer<ScalarTrie.Unit>.allocate(capacity: 0)
  private var ids = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  private var capacity = 0
  private let symbolCount: Int
  private let pieces: SortedPieces
  private var children: [(symbol: Int, range: Range<Int>)] = []
  private var firstFree = 1
  /// How many taken units only children were tried on.
  private(set) var probes = 0

  init(_ pieces: SortedPieces, symbolCount: Int) {
    self.symbolCount = symbolCount
    self.pieces = pieces
    grow(to: symbolCount + 1 + pieces.symbols.count / 2)
    units[0].check = 0
  }

  deinit {
    units.deallocate()
    ids.deallocate()
  }

  @inline(__always)
  private mutating func grow(to count: Int) {
    if count > capacity { enlarge(to: max(count, capacity * 2)) }
  }

  @inline(never)
  private mutating func enlarge(to larger: Int) {
    let (units, ids) = (self.units, self.ids)
    self.units = .allocate(capacity: larger)
    self.units.initialize(from: units, count: capacity)
    (self.units + capacity).initialize(
      repeating: ScalarTrie.Unit(check: ScalarTrie.noUnit, base: 0), count: larger - capacity)
    self.ids = .allocate(capacity: larger)
    self.ids.initialize(from: ids, count: capacity)
    (self.ids + capacity).initialize(repeating: 0, count: larger - capacity)
    capacity = larger
    units.deallocate()
    ids.deallocate()
  }

  /// The units, and the piece that ends at each.
  ///
  /// A node's children first, then each child: an explicit stack, since a piece may be longer than
  /// the call stack is deep.
  mutating func build() -> (units: [ScalarTrie.Unit], ids: [UInt32]) {
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
    for unit in 0..<capacity {
      highest = max(highest, Int(units[unit].base & ~ScalarTrie.valueBit))
    }
    let count = highest + symbolCount + 1
    grow(to: count)
    return (
      Array(UnsafeBufferPointer(start: units, count: count)),
      Array(UnsafeBufferPointer(start: ids, count: count))
    )
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

  /// The same for an only child. Units that no base reaches stay free for good, so the search has to
  /// start further on here too.
  private mutating func placeOne(_ symbol: Int) -> Int {
    let start = max(1, firstFree - symbol)
    var base = start
    grow(to: base + symbolCount + 1)
    while units[base + symbol].check != ScalarTrie.noUnit {
      base += 1
      grow(to: base + symbolCount + 1)
    }
    probes += base - start
    if base - start >= 200 { firstFree = max(firstFree, base + symbol) }
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
