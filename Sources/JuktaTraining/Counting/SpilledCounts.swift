/// Counts in sorted runs on disk, merged into a table that keeps to a bound.
///
/// A table takes about 32 bytes and its letters a word, twice that while it grows. If all words
/// fit, all are kept. Else the rarest go: the least count is found that lets the rest fit, from the
/// counts of the whole corpus, so the result depends on the text and the bound alone, neither on the
/// number of workers nor on where a run happened to end.
struct SpilledCounts {
  /// The bytes that a table may take.
  let limit: Int

  /// What a word of so many bytes takes in a full table.
  static func cost(ofWord bytes: Int) -> Int { 32 + bytes }

  /// What did not fit.
  struct Dropped: Equatable {
    /// Distinct words.
    var words = 0
    /// Their occurrences.
    var occurrences: UInt64 = 0
    /// The least count of the words that were kept.
    var leastKept: UInt64 = 1
  }

  /// Reads all runs twice: for the least count, then for the words, which are added to `counts`.
  func load(_ runs: [SpillRun], into counts: inout WordCounts) throws -> Dropped {
    // What the words of one count take; counts beyond a million all stay.
    var costs: [UInt64: Int] = [:]
    try Self.merge(runs) { word, count in
      costs[min(count, 1 << 20), default: 0] += Self.cost(ofWord: word.count)
    }
    var dropped = Dropped()
    dropped.leastKept = leastKept(costs)
    try Self.merge(runs) { word, count in
      if count >= dropped.leastKept {
        counts.add(word.span, count: count)
      } else {
        dropped.words += 1
        dropped.occurrences = saturatingSum(dropped.occurrences, count)
      }
    }
    return dropped
  }

  private func leastKept(_ costs: [UInt64: Int]) -> UInt64 {
    var total = costs.values.reduce(0, +)
    var least: UInt64 = 1
    for (count, cost) in costs.sorted(by: { $0.key < $1.key }) {
      if total <= limit / 2 { break }
      total -= cost
      least = count + 1
    }
    return min(least, 1 << 20)
  }

  /// The runs as one stream of distinct words.
  private static func merge(_ runs: [SpillRun], _ body: ([UInt8], UInt64) -> Void) throws {
    try mergeWords(try runs.map { try RunReader($0) }, body)
  }
}
