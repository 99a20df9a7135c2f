/// A pattern compiled ahead of time to a table: state and class of the next scalar to state, with a bit that
/// says that a match ends before that scalar.
///
/// Leftmost-first as a backtracking engine: a state is an ordered list of threads, cut behind one that has
/// matched. The bit stands on the transition and not in the state, one scalar late, so that conditions on
/// what follows (`(?!\S)`, `$`) are known when it is asked. Conditions on what stands before are known when
/// a state is entered; where the start has some there is a start state for each class.
///
/// A symbol is a class of scalars, or the edge of the text. Immutable, shared by all threads.
struct PatternAutomaton: Sendable {
  /// Entries: next state's row | match bit. Row 0 is the state without threads.
  let table: [UInt16]
  /// The row to start at, by the symbol before the place.
  let starts: [UInt16]
  let stateCount: Int
  let classCount: Int
  /// The symbol of the edge.
  var edge: UInt8 { UInt8(classCount) }
  /// 0 for symbols with which no match begins, nor is empty before them; the edge is 1 there, for a scan
  /// stops at it, and 2 where a match may be empty before it.
  let stops: [UInt8]
  /// Whether it matters what stands before the place where a match begins.
  let looksBehind: Bool

  static let stateLimit = 1024
  /// All rows together, in entries.
  static let tableLimit = 1 << 15
  /// Threads looked at, over all states and symbols.
  static let workLimit = 2_000_000
}

extension PatternAutomaton {
  /// Determinises what `builder` holds.
  /// - Parameter members: for each of its sets, whether a class lies in it.
  init(
    _ builder: AutomatonBuilder, start: Int, members: [[Bool]], classCount: Int
  ) throws(AutomatonBuilder.Refusal) {
    var subset = SubsetConstruction(builder, members: members, classCount: classCount)
    let symbols = classCount + 1
    var stride = 2
    while stride < symbols { stride *= 2 }
    var starts: [Int] = []
    for symbol in 0..<symbols { starts.append(subset.enter([start], behind: symbol)) }
    var table: [UInt16] = []
    var state = 0
    while state < subset.states.count {
      guard subset.states.count <= Self.stateLimit, (state + 1) * stride <= Self.tableLimit,
        subset.work <= Self.workLimit
      else { throw .tooLarge }
      for symbol in 0..<symbols {
        let (next, isMatch) = subset.step(state, symbol)
        // A row beyond the limit is never kept: the guard above stops first.
        table.append(UInt16(truncatingIfNeeded: next * stride | (isMatch ? 1 : 0)))
      }
      table.append(contentsOf: repeatElement(0, count: stride - symbols))
      state += 1
    }
    self.table = table
    self.starts = starts.map { UInt16(truncatingIfNeeded: $0 * stride) }
    self.classCount = classCount
    stateCount = state
    looksBehind = starts.contains { $0 != starts[0] }
    var stops: [UInt8] = (0..<symbols).map { symbol in
      starts.contains { table[$0 * stride + symbol] != 0 } ? 2 : 0
    }
    stops[classCount] = max(stops[classCount], 1)
    self.stops = stops
  }
}

/// States as ordered lists of threads, numbered as they are found.
private struct SubsetConstruction {
  /// Nodes that wait for a scalar, or for what the next one is; `behind` only where it matters.
  struct State: Hashable {
    var threads: [Int]
    var behind: Int
  }

  private let nodes: [AutomatonBuilder.Node]
  /// For each set and symbol.
  private let members: [[Bool]]
  private let edge: Int
  /// For each node, whether a condition on what stands before can be met behind it before a scalar is taken.
  private let asksBehind: [Bool]
  private(set) var states = [State(threads: [], behind: 0)]
  private var numbers: [State: Int] = [:]
  private(set) var work = 0
  /// The round in which a node was last met.
  private var met: [Int]
  private var round = 0

  init(_ builder: AutomatonBuilder, members: [[Bool]], classCount: Int) {
    nodes = builder.nodes
    self.members = zip(members, builder.sets).map { $0 + [$1.edge] }
    edge = classCount
    met = [Int](repeating: 0, count: nodes.count)
    asksBehind = Self.asksBehind(nodes)
    numbers[states[0]] = 0
  }

  private static func asksBehind(_ nodes: [AutomatonBuilder.Node]) -> [Bool] {
    var asks = [Bool](repeating: false, count: nodes.count)
    var changed = true
    while changed {
      changed = false
      for (place, node) in nodes.enumerated() where !asks[place] {
        let now =
          switch node {
          case .behind: true
          case .ahead(_, let next): asks[next]
          case .split(let ways): ways.contains { asks[$0] }
          case .consume, .match: false
          }
        if now { (asks[place], changed) = (true, true) }
      }
    }
    return asks
  }

  /// The state of threads that stand at `nodes`, `behind` them.
  mutating func enter(_ starts: [Int], behind: Int) -> Int {
    round += 1
    var threads: [Int] = []
    for start in starts where !follow(start, behind: behind, ahead: nil, into: &threads) { break }
    let asks = threads.contains {
      if case .ahead(_, let next) = nodes[$0] { asksBehind[next] } else { false }
    }
    let state = State(threads: threads, behind: asks ? behind : 0)
    if let number = numbers[state] { return number }
    numbers[state] = states.count
    states.append(state)
    return states.count - 1
  }

  /// Where a state leads on a symbol, and whether a match ends before it.
  mutating func step(_ state: Int, _ symbol: Int) -> (next: Int, isMatch: Bool) {
    round += 1
    let (threads, behind) = (states[state].threads, states[state].behind)
    var waiting: [Int] = []
    var isMatch = false
    for thread in threads
    where !follow(thread, behind: behind, ahead: symbol, into: &waiting) {
      isMatch = true
      break
    }
    guard symbol != edge else { return (0, isMatch) }
    let next = waiting.compactMap { place -> Int? in
      guard case .consume(let set, let next) = nodes[place], members[set][symbol] else {
        return nil
      }
      return next
    }
    return (enter(next, behind: symbol), isMatch)
  }

  /// Follows what takes no scalar from a node; false where a match cuts all threads after it.
  ///
  /// Without `ahead`, conditions on it stay as threads, and so does a match: the threads after it are gone
  /// for good.
  private mutating func follow(
    _ place: Int, behind: Int, ahead: Int?, into threads: inout [Int]
  ) -> Bool {
    guard met[place] != round else { return true }
    met[place] = round
    work += 1
    switch nodes[place] {
    case .consume:
      threads.append(place)
      return true
    case .match:
      if ahead == nil { threads.append(place) }
      return false
    case .ahead(let set, let next):
      guard let ahead else {
        threads.append(place)
        return true
      }
      return !members[set][ahead] || follow(next, behind: behind, ahead: ahead, into: &threads)
    case .behind(let set, let next):
      return !members[set][behind] || follow(next, behind: behind, ahead: ahead, into: &threads)
    case .split(let ways):
      for way in ways where !follow(way, behind: behind, ahead: ahead, into: &threads) {
        return false
      }
      return true
    }
  }
}
