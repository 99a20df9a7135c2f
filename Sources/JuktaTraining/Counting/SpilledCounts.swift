/// Counts in sorted runs on disk, merged into a table that keeps to a bound.
///
/// A table takes about 32 bytes and its letters a word, twice that while it grows. If all words
/// fit, all are kept. Else the rarest go: the least count is found that lets the rest fit, from the
/// counts of the whole corpus, and of the words that occur once less often so many as there is room for,
/// drawn by a hash of their bytes. So the result depends on the text and the bound alone, neither on the
/// number of workers nor on where a run happened to end, and no bound leaves nothing.
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
    /// The least count of which all words were kept.
    var leastKept: UInt64 = 1
  }

  /// The words of one count of which some fit.
  private struct Border {
    let count: UInt64
    /// Those with a hash below stay.
    let bound: UInt64
    /// The bytes that they may take.
    var room: Int

    mutating func keeps(_ word: [UInt8], _ count: UInt64) -> Bool {
      guard count == self.count, SpilledCounts.hash(word) < bound else { return false }
      let cost = SpilledCounts.cost(ofWord: word.count)
      guard cost <= room else { return false }
      room -= cost
      return true
    }
  }

  /// FNV-1a with its bits mixed: the same on every machine and in every version, as results depend on it.
  private static func hash(_ word: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ (hash >> 32)
  }

  /// Reads all runs twice: for the least count, then for the words, which are added to `counts`.
  func load(_ runs: [SpillRun], into counts: inout WordCounts) throws -> Dropped {
    // What the words of one count take; counts beyond a million all stay.
    var costs: [UInt64: Int] = [:]
    try Self.merge(runs) { word, count in
      costs[min(count, 1 << 20), default: 0] += Self.cost(ofWord: word.count)
    }
    var dropped = Dropped()
    var border: Border
    (dropped.leastKept, border) = leastKept(costs)
    try Self.merge(runs) { word, count in
      if count >= dropped.leastKept || border.keeps(word, count) {
        counts.add(word.span, count: count)
      } else {
        dropped.words += 1
        dropped.occurrences = saturatingSum(dropped.occurrences, count)
      }
    }
    return dropped
  }

  private func leastKept(_ costs: [UInt64: Int]) -> (least: UInt64, Border) {
    var total = costs.values.reduce(0, +)
    var least: UInt64 = 1
    var border = Border(count: 0, bound: 0, room: 0)
    for (count, cost) in costs.sorted(by: { $0.key < $1.key }) {
      // Counts beyond a million are one group here, and all stay.
      if total <= limit / 2 || count == 1 << 20 { break }
      total -= cost
      least = count + 1
      let room = max(0, limit / 2 - total)
      // A hair less than its share, so that seldom one is left out for want of room.
      border = Border(
        count: count, bound: UInt64(0.98 * Double(room) / Double(max(cost, 1)) * 0x1p64), room: room
      )
    }
    return (least, border)
  }

  /// The runs as one stream of distinct words.
  private static func merge(_ runs: [SpillRun], _ body: ([UInt8], UInt64) -> Void) throws {
    try mergeWords(try runs.map { try RunReader($0) }, body)
  }
}
