/// The smallest acyclic automaton of sorted keys with values: equal tails are stored once.
///
/// Built in one pass over the keys (Daciuk, Mihov, Watson, Watson 2000, Incremental construction of
/// minimal acyclic finite-state automata): a node is final, and is looked up among the equal ones,
/// as soon as a key comes that does not pass through it. What a node is depends on its content
/// alone, so the same keys give the same graph.
struct WordGraph {
  /// An edge to a node, or, with label 0, the value of the key that ends here.
  struct Edge: Equatable {
    var label: UInt8
    /// The node's number, or the value.
    var target: UInt32
  }

  /// All edges; a node's lie together, by label.
  private(set) var edges: [Edge] = []
  /// Where each node's edges start; one more at the end.
  private(set) var starts: [UInt32] = [0]
  /// The node without a way in.
  private(set) var root: UInt32 = 0
  /// Numbers of nodes by the hash of their edges, plus one; open addressing.
  private var register = [UInt32](repeating: 0, count: 1 << 10)

  var nodeCount: Int { starts.count - 1 }

  /// The edges of one node.
  func edges(of node: UInt32) -> ArraySlice<Edge> {
    edges[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }

  /// - Parameter keys: in ascending order of their bytes, none twice, none empty or with a NUL.
  init(_ keys: some Sequence<(key: ArraySlice<UInt8>, value: UInt32)>) {
    var last: ArraySlice<UInt8> = []
    // The nodes on the way of the last key, from the root; each knows its finished edges.
    var open: [[Edge]] = [[]]
    var depth = 0
    for (key, value) in keys {
      let common = Self.commonLength(key, last)
      while depth > common { close(&open, &depth) }
      for byte in key.dropFirst(common) {
        open[depth].append(Edge(label: byte, target: 0))
        depth += 1
        if open.count == depth { open.append([]) }
      }
      open[depth].append(Edge(label: 0, target: value))
      last = key
    }
    while depth > 0 { close(&open, &depth) }
    root = number(of: open[0])
  }

  private static func commonLength(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Int {
    var length = 0
    while length < min(one.count, other.count),
      one[one.startIndex + length] == other[other.startIndex + length]
    {
      length += 1
    }
    return length
  }

  /// Finishes the deepest open node.
  private mutating func close(_ open: inout [[Edge]], _ depth: inout Int) {
    let node = number(of: open[depth])
    open[depth].removeAll(keepingCapacity: true)
    depth -= 1
    open[depth][open[depth].count - 1].target = node
  }

  /// The node with these edges, made where there is none yet.
  private mutating func number(of content: [Edge]) -> UInt32 {
    var slot = Int(truncatingIfNeeded: Self.hash(content[...])) & (register.count - 1)
    while register[slot] != 0 {
      if edges(of: register[slot] - 1).elementsEqual(content) { return register[slot] - 1 }
      slot = (slot + 1) & (register.count - 1)
    }
    edges += content
    starts.append(UInt32(edges.count))
    register[slot] = UInt32(nodeCount)
    if nodeCount * 2 > register.count { growRegister() }
    return UInt32(nodeCount - 1)
  }

  private mutating func growRegister() {
    var larger = [UInt32](repeating: 0, count: register.count * 4)
    for entry in register where entry != 0 {
      var slot = Int(truncatingIfNeeded: Self.hash(edges(of: entry - 1))) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = entry
    }
    register = larger
  }

  private static func hash(_ edges: ArraySlice<Edge>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for edge in edges {
      hash = (hash ^ (UInt64(edge.label) << 32 | UInt64(edge.target))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }
}
