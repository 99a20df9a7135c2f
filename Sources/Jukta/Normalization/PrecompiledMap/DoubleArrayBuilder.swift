/// Lays a word graph out as a double array.
///
/// Every node gets a block: the place from which its edges are reached, one unit an edge at
/// `block ^ label`. A block belongs to one node, and shared nodes are laid out once. Wide nodes come
/// first, while there is room for them; the many nodes with one edge then fill the holes. Order and
/// choice depend on the graph alone.
struct DoubleArrayBuilder {
  /// Why keys cannot become a double array.
  enum Failure: Error, Equatable {
    /// More than 2^21 units would be needed.
    case tooLarge
  }

  /// A place that no edge uses. It looks like a value, so that no byte ever matches it.
  private static let unused: UInt32 = 1 << 31
  /// Offsets of more bits exist only in steps of 256.
  private static let mostUnits = 1 << 21

  private let graph: WordGraph
  /// Where each node's children stand.
  private var blocks: [UInt32]
  private var units = [UInt32](repeating: unused, count: 256)
  private var isTaken = [Bool](repeating: false, count: 256)
  private var isBlock = [Bool](repeating: false, count: 256)

  /// - Parameter keys: in ascending order of their bytes, none twice, none empty or with a NUL.
  static func build(
    _ keys: some Sequence<(key: ArraySlice<UInt8>, value: UInt32)>
  ) throws(Failure) -> [UInt32] {
    var builder = DoubleArrayBuilder(WordGraph(keys))
    try builder.place()
    builder.link()
    return builder.units
  }

  private init(_ graph: WordGraph) {
    self.graph = graph
    blocks = [UInt32](repeating: 0, count: graph.nodeCount)
    // The root's own unit; its children must not stand at 0.
    isTaken[0] = true
    isBlock[0] = true
  }

  /// Finds a block for every node.
  private mutating func place() throws(Failure) {
    let widths = (0..<graph.nodeCount).map { graph.edges(of: UInt32($0)).count }
    let order = widths.indices.sorted { (widths[$1], $0) < (widths[$0], $1) }
    var width = 0
    // The lowest place worth trying; it only moves on among nodes of one width.
    var low = 1
    for node in order {
      if widths[node] != width {
        width = widths[node]
        low = 1
      }
      let edges = graph.edges(of: UInt32(node))
      let first = Int(edges.first?.label ?? 0)
      var place = low
      while true {
        while place < isTaken.count, isTaken[place] { place += 1 }
        if place >= isTaken.count { try grow() }
        if fits(edges, place ^ first) { break }
        place += 1
      }
      low = place
      take(edges, place ^ first)
      blocks[node] = UInt32(place ^ first)
    }
  }

  private mutating func grow() throws(Failure) {
    guard units.count < Self.mostUnits else { throw .tooLarge }
    let more = units.count  // doubled, and cut back at the end
    units += [UInt32](repeating: Self.unused, count: more)
    isTaken += [Bool](repeating: false, count: more)
    isBlock += [Bool](repeating: false, count: more)
  }

  private func fits(_ edges: ArraySlice<WordGraph.Edge>, _ block: Int) -> Bool {
    !isBlock[block] && edges.allSatisfy { !isTaken[block ^ Int($0.label)] }
  }

  private mutating func take(_ edges: ArraySlice<WordGraph.Edge>, _ block: Int) {
    isBlock[block] = true
    for edge in edges { isTaken[block ^ Int(edge.label)] = true }
  }

  /// Writes the units.
  private mutating func link() {
    units[0] = Self.unit(label: 0, from: 0, to: blocks[Int(graph.root)], hasValue: false)
    for node in 0..<graph.nodeCount {
      let block = blocks[node]
      for edge in graph.edges(of: UInt32(node)) {
        let place = block ^ UInt32(edge.label)
        if edge.label == 0 {
          units[Int(place)] = 1 << 31 | edge.target
        } else {
          let hasValue = graph.edges(of: edge.target).first?.label == 0
          units[Int(place)] = Self.unit(
            label: edge.label, from: place, to: blocks[Int(edge.target)], hasValue: hasValue)
        }
      }
    }
    let used = (isTaken.lastIndex(of: true) ?? 0) + 1
    let highest = Int(blocks.max() ?? 0) + 1
    units.removeLast(units.count - (max(used, highest) + 255) / 256 * 256)
  }

  private static func unit(
    label: UInt8, from place: UInt32, to block: UInt32, hasValue: Bool
  ) -> UInt32 {
    UInt32(label) | (hasValue ? 0x100 : 0) | (place ^ block) << 10
  }
}
