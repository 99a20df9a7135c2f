/// All pieces in a double array over symbols: one step a scalar, 8 bytes a unit.
///
/// A state is a place in the array; the child of state `s` by symbol `c` is `t = base(s) + c` if
/// `check(t) = s`. Symbols are numbered by frequency, which keeps the array dense. The values lie
/// aside, since most steps end in none (Aoe 1989, doi:10.1109/32.31365).
///
/// Soundness: `units` has `highest base + alphabet + 1` entries, so that every step lands inside;
/// an empty unit's check is no state.
final class PieceTrie: @unchecked Sendable {
  struct Unit: BitwiseCopyable {
    /// Where the children lie; the top bit says that a piece ends here.
    var base: UInt32
    var check: UInt32
  }

  static let valueBit: UInt32 = 1 << 31
  let units: UnsafeMutablePointer<Unit>
  /// The piece that ends at each state.
  let values: UnsafeMutablePointer<UInt32>
  let count: Int

  init(_ pieces: PieceTable, alphabetSize: Int) {
    var builder = TrieBuilder(alphabetSize: alphabetSize, pieces: pieces.count)
    builder.build(pieces)
    (units, values, count) = (builder.units, builder.values, builder.capacity)
  }

  deinit {
    units.deallocate()
    values.deallocate()
  }

  /// The pieces that begin `run`, by length; the plain way, for tests and rare use.
  func prefixes(of run: ArraySlice<UInt16>) -> [(length: Int, piece: Int)] {
    var result: [(length: Int, piece: Int)] = []
    var state: UInt32 = 0
    for (index, symbol) in run.enumerated() {
      let following = (units[Int(state)].base & ~Self.valueBit) + UInt32(symbol)
      guard symbol != 0, units[Int(following)].check == state else { break }
      state = following
      if units[Int(state)].base & Self.valueBit != 0 {
        result.append((index + 1, Int(values[Int(state)])))
      }
    }
    return result
  }
}

/// Places the nodes of a trie, depth first.
///
/// The search for a free base gives up after some probes and takes fresh space: an exact first fit
/// would be quadratic, and costs more time than the space is worth.
private struct TrieBuilder {
  private(set) var units: UnsafeMutablePointer<PieceTrie.Unit>
  private(set) var values: UnsafeMutablePointer<UInt32>
  private(set) var capacity: Int
  private let alphabetSize: Int
  private var used: [UInt64]
  private var top = 1
  private var firstFree = 1
  private var probeStart = 1
  private var children: [(symbol: UInt16, end: Int)] = []

  private static let empty = PieceTrie.Unit(base: 0, check: .max)

  init(alphabetSize: Int, pieces: Int) {
    self.alphabetSize = alphabetSize
    capacity = pieces * 2 + alphabetSize * 2 + 64
    units = .allocate(capacity: capacity)
    units.initialize(repeating: Self.empty, count: capacity)
    values = .allocate(capacity: capacity)
    values.initialize(repeating: 0, count: capacity)
    used = [UInt64](repeating: 0, count: capacity / 64 + 1)
    used[0] = 1
  }

  mutating func build(_ pieces: PieceTable) {
    struct Node {
      var state: Int
      var low: Int
      var high: Int
      var depth: Int
    }
    var pending = [Node(state: 0, low: 0, high: pieces.count, depth: 0)]
    while var node = pending.popLast() {
      var base: UInt32 = 0
      if node.low < node.high, pieces.length(node.low) == node.depth {
        values[node.state] = UInt32(node.low)
        base = PieceTrie.valueBit
        node.low += 1
      }
      if node.low < node.high {
        listChildren(pieces, node.low, node.high, node.depth)
        base |= UInt32(place(of: node.state))
        var high = node.high
        for index in children.indices.reversed() {
          // Each child begins where the one before it ends.
          let low = index == 0 ? node.low : children[index - 1].end
          let state = Int(base & ~PieceTrie.valueBit) + Int(children[index].symbol)
          pending.append(Node(state: state, low: low, high: high, depth: node.depth + 1))
          high = low
        }
      }
      units[node.state].base = base
    }
  }

  private mutating func listChildren(_ pieces: PieceTable, _ low: Int, _ high: Int, _ depth: Int) {
    children.removeAll(keepingCapacity: true)
    for piece in low..<high {
      let symbol = pieces.symbols[Int(pieces.starts[piece]) + depth]
      if let last = children.last, last.symbol == symbol {
        children[children.count - 1].end = piece + 1
      } else {
        children.append((symbol, piece + 1))
      }
    }
  }

  /// Finds a base for the children just listed and takes their places.
  private mutating func place(of state: Int) -> Int {
    let base = children.count == 1 ? baseForOne() : baseForMany()
    if base + alphabetSize + 2 > capacity { grow(to: base + alphabetSize + 2) }
    for child in children {
      let place = base + Int(child.symbol)
      used[place >> 6] |= 1 << UInt64(place & 63)
      units[place].check = UInt32(state)
      top = max(top, place + 1)
    }
    return base
  }

  private mutating func baseForOne() -> Int {
    firstFree = nextFree(firstFree)
    return nextFree(max(firstFree, Int(children[0].symbol))) - Int(children[0].symbol)
  }

  private mutating func baseForMany() -> Int {
    let first = Int(children[0].symbol)
    var place = nextFree(max(probeStart, first))
    for _ in 0..<64 {
      if place >= top { break }
      let base = place - first
      if children.allSatisfy({ isFree(base + Int($0.symbol)) }) { return base }
      place = nextFree(place + 1)
    }
    if place < top { probeStart = place }
    return max(top, first) - first
  }

  private func isFree(_ place: Int) -> Bool {
    place >> 6 >= used.count || used[place >> 6] & (1 << UInt64(place & 63)) == 0
  }

  private func nextFree(_ start: Int) -> Int {
    var index = start >> 6
    guard index < used.count else { return start }
    var free = ~used[index] & (~UInt64(0) << UInt64(start & 63))
    while free == 0 {
      index += 1
      if index == used.count { return index << 6 }
      free = ~used[index]
    }
    return (index << 6) + free.trailingZeroBitCount
  }

  private mutating func grow(to minimum: Int) {
    let larger = max(minimum, capacity + capacity / 2)
    let (oldUnits, oldValues) = (units, values)
    units = .allocate(capacity: larger)
    units.update(from: oldUnits, count: capacity)
    (units + capacity).initialize(repeating: Self.empty, count: larger - capacity)
    values = .allocate(capacity: larger)
    values.update(from: oldValues, count: capacity)
    (values + capacity).initialize(repeating: 0, count: larger - capacity)
    oldUnits.deallocate()
    oldValues.deallocate()
    capacity = larger
    used += [UInt64](repeating: 0, count: larger / 64 + 1 - used.count)
  }
}
