#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// All ways to cut one normalised text into the pieces of a Unigram model (Kudo 2018): for n-best
/// lists and for sampling, where time matters less than in encoding.
struct SentencePiecePaths {
  /// One piece at one place.
  struct Node {
    /// nil for a character that no piece covers.
    var id: UInt32?
    /// The places between characters where it starts and ends.
    var start: Int
    var end: Int
    var score: Float
    /// The best sum up to its end, as the reference's lattice adds it up in f32.
    var best: Float
    /// The node before it on that path; −1 at the beginning.
    var previous: Int
  }

  let vocabulary: SentencePieceVocabulary
  private(set) var nodes: [Node] = []
  /// The nodes that end at each place, the earliest start first.
  private(set) var ends: [[Int]]
  /// Where each character starts in bytes; behind the last, the length.
  private(set) var starts: [Int] = []

  init(_ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary) {
    self.vocabulary = vocabulary
    var symbols: [UInt16] = []
    var position = 0
    while position < text.count {
      let (scalar, length) = UTF8Scalars.decode(text, at: position) ?? (0xFFFD, 1)
      starts.append(position)
      symbols.append(vocabulary.trie.symbol(of: scalar))
      position += length
    }
    starts.append(text.count)
    ends = Array(repeating: [], count: starts.count)
    for start in symbols.indices { addNodes(from: start, symbols) }
  }

  private mutating func addNodes(from start: Int, _ symbols: [UInt16]) {
    let trie = vocabulary.trie
    var unit = 0
    var isCovered = false
    for place in start..<symbols.count {
      let symbol = symbols[place]
      let next = Int(trie.units[unit].base & ~ScalarTrie.valueBit) + Int(symbol)
      guard symbol != 0, trie.units[next].check == UInt32(unit) else { break }
      unit = next
      guard trie.units[unit].base & ScalarTrie.valueBit != 0 else { continue }
      let id = trie.ids[unit]
      // Characters count here, bytes in the search for the one best path.
      let score =
        vocabulary.kind(of: id) == .userDefined
        ? SentencePieceScores.userDefined(length: place + 1 - start)
        : vocabulary.unigram.pieces[Int(id)]
      add(id, start, place + 1, score)
      if place == start { isCovered = true }
    }
    if !isCovered { add(nil, start, start + 1, vocabulary.unigram.unknown) }
  }

  private mutating func add(_ id: UInt32?, _ start: Int, _ end: Int, _ score: Float) {
    let (best, previous) = bestEnd(at: start, plus: score)
    ends[end].append(nodes.count)
    nodes.append(
      Node(id: id, start: start, end: end, score: score, best: best, previous: previous))
  }

  /// The best of the nodes that end at a place, and its sum with what follows.
  func bestEnd(at place: Int, plus score: Float) -> (sum: Float, node: Int) {
    guard place > 0 else { return (score, -1) }
    var found: (sum: Float, node: Int) = (0, -1)
    for node in ends[place] {
      let sum = nodes[node].best + score
      if found.node < 0 || sum > found.sum { found = (sum, node) }
    }
    return found
  }

  /// The best path by the lattice's own sums.
  var bestPath: [Int] {
    var path: [Int] = []
    var node = bestEnd(at: starts.count - 1, plus: 0).node
    while node >= 0 {
      path.append(node)
      node = nodes[node].previous
    }
    return path.reversed()
  }

  /// Draws a path with a probability in proportion to exp(`alpha` · the sum of its scores), by
  /// filtering forward and drawing backward.
  func sample(alpha: Double, _ dice: inout Dice) -> [Int] {
    // The logarithm of the sum over all paths to each place.
    var forward = [Double](repeating: 0, count: ends.count)
    func weight(_ node: Int) -> Double {
      forward[nodes[node].start] + alpha * Double(nodes[node].score)
    }
    for place in ends.indices.dropFirst() {
      let largest = ends[place].lazy.map(weight).max() ?? -.infinity
      let sum = ends[place].reduce(0) { $0 + exp(weight($1) - largest) }
      forward[place] = largest + log(sum)
    }
    var path: [Int] = []
    var place = ends.count - 1
    while place > 0 {
      let candidates = ends[place]
      var rest = dice.roll()
      var chosen = candidates.count - 1
      for (index, node) in candidates.enumerated() {
        rest -= exp(weight(node) - forward[place])
        if rest < 0 {
          chosen = index
          break
        }
      }
      path.append(candidates[chosen])
      place = nodes[candidates[chosen]].start
    }
    return path.reversed()
  }

  /// Draws a path as `sampling` says: among all, or among the best few.
  func draw(_ sampling: SentencePieceProcessor.Sampling, _ dice: inout Dice) -> [Int] {
    let alpha = Double(sampling.alpha)
    guard sampling.nBest > 1 else { return sample(alpha: alpha, &dice) }
    var search = SentencePieceNBest(self)
    let best = search.find(sampling.nBest)
    let largest = best.lazy.map { alpha * Double($0.score) }.max() ?? 0
    let weights = best.map { exp(alpha * Double($0.score) - largest) }
    var rest = dice.roll() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return best[index].path }
    }
    return best.last?.path ?? bestPath
  }

  /// Appends a path's pieces to `output`.
  func append(
    _ path: [Int], of text: UnsafeBufferPointer<UInt8>, to output: inout SentencePieceOutput
  ) {
    for node in path.map({ nodes[$0] }) {
      let bytes = starts[node.start]..<starts[node.end]
      if let id = node.id {
        output.append(id)
      } else {
        output.appendUnknown(UnsafeBufferPointer(rebasing: text[bytes]), vocabulary)
      }
    }
  }
}

/// The n best paths, by A* from the end with the exact rest as its estimate; with the sums, the limits
/// and, among equal sums, the order of sentencepiece 0.2.3.
struct SentencePieceNBest {
  private struct Hypothesis {
    /// −1 stands for the beginning, −2 for the end.
    var node: Int
    /// What it goes on to, by index; −1 at the end.
    var next: Int
    /// The sum right of it, and with the best rest.
    var sum: Float
    var total: Float
  }
  /// The agenda is cut down to the best at this size.
  private static let agendaLimit = 10_000
  private static let agendaRest = 512
  private static let cutLimit = 10
  private static let growthLimit = 100_000
  private static let hypothesisLimit = 500_000

  private let paths: SentencePiecePaths
  private var hypotheses: [Hypothesis] = []
  private var agenda = MaximumHeap()

  init(_ paths: SentencePiecePaths) { self.paths = paths }

  /// The paths with their sums, the best first.
  mutating func find(_ count: Int) -> [(path: [Int], score: Float)] {
    var results: [(path: [Int], score: Float)] = []
    push(
      Hypothesis(
        node: -2, next: -1, sum: 0,
        total: paths.bestEnd(at: paths.starts.count - 1, plus: 0).sum))
    var cuts = 0
    var countAtCut = 0
    while let top = agenda.pop() {
      let hypothesis = hypotheses[top]
      if hypothesis.node == -1 {
        results.append((path(from: hypothesis.next), hypothesis.total))
        if results.count == count { break }
        continue
      }
      expand(hypothesis, top)
      if hypotheses.count > Self.hypothesisLimit {
        return [(paths.bestPath, paths.bestEnd(at: paths.starts.count - 1, plus: 0).sum)]
      }
      if cuts < Self.cutLimit,
        agenda.count >= Self.agendaLimit || hypotheses.count - countAtCut >= Self.growthLimit
      {
        cutAgenda(to: min(Self.agendaRest, count * 10))
        cuts += 1
        countAtCut = hypotheses.count
      }
    }
    return results
  }

  private mutating func push(_ hypothesis: Hypothesis) {
    agenda.push(hypotheses.count, hypothesis.total)
    hypotheses.append(hypothesis)
  }

  private mutating func expand(_ hypothesis: Hypothesis, _ index: Int) {
    let place =
      hypothesis.node == -2 ? paths.starts.count - 1 : paths.nodes[hypothesis.node].start
    guard place > 0 else {
      return push(
        Hypothesis(node: -1, next: index, sum: hypothesis.sum, total: 0 + hypothesis.sum))
    }
    for node in paths.ends[place] {
      push(
        Hypothesis(
          node: node, next: index, sum: paths.nodes[node].score + hypothesis.sum,
          total: paths.nodes[node].best + hypothesis.sum))
    }
  }

  private mutating func cutAgenda(to count: Int) {
    var kept = MaximumHeap()
    for _ in 0..<count {
      guard let top = agenda.pop() else { break }
      kept.push(top, hypotheses[top].total)
    }
    agenda = kept
  }

  private func path(from index: Int) -> [Int] {
    var path: [Int] = []
    var index = index
    while index >= 0, hypotheses[index].node >= 0 {
      path.append(hypotheses[index].node)
      index = hypotheses[index].next
    }
    return path
  }
}

/// A binary heap, the largest key first. A hole left by the first item sinks to the bottom along the
/// larger children before the last item rises from there: so equal keys come in the order of the
/// C++ library that the reference uses.
private struct MaximumHeap {
  private var items: [(value: Int, key: Float)] = []

  var count: Int { items.count }

  mutating func push(_ value: Int, _ key: Float) {
    items.append((value, key))
    rise((value, key), from: items.count - 1)
  }

  private mutating func rise(_ item: (value: Int, key: Float), from place: Int) {
    var place = place
    while place > 0 {
      let parent = (place - 1) / 2
      guard items[parent].key < item.key else { break }
      items[place] = items[parent]
      place = parent
    }
    items[place] = item
  }

  mutating func pop() -> Int? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return top.value }
    var hole = 0
    while 2 * hole + 2 < items.count {
      let right = 2 * hole + 2
      let child = items[right].key < items[right - 1].key ? right - 1 : right
      items[hole] = items[child]
      hole = child
    }
    if 2 * hole + 2 == items.count {
      items[hole] = items[2 * hole + 1]
      hole = 2 * hole + 1
    }
    rise(last, from: hole)
    return top.value
  }
}
