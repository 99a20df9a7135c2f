internal import Jukta

/// The distinct words as symbols: what seeds and EM read.
///
/// Words are cut into *runs* at characters without a piece and at boundaries that no piece may reach
/// across. Since no piece crosses a cut, the likelihood of a word is the product of its runs', and an
/// unknown character can't lend its mass to any piece.
///
/// Layout: the symbols of all runs in one array, each run followed by 0.
///
/// Soundness: `symbols` ends with at least eight zeros, so that a reader may load 4 symbols at once
/// from any place; run `r` is `symbols[starts[r]..<starts[r + 1] - 1]`.
struct TrainingText: Sendable {
  let symbols: FlatArray<UInt16>
  /// Where each run starts, and one entry more for the end of the last.
  let starts: FlatArray<UInt32>
  let weights: FlatArray<UInt64>
  let longestRun: Int

  var runCount: Int { weights.count }
  /// All symbols and one end for each run.
  var length: Int { Int(starts[runCount]) }

  @inline(__always)
  func range(of run: Int) -> Range<Int> { Int(starts[run])..<Int(starts[run + 1]) - 1 }
}

extension TrainingText {
  /// The same runs in the order of their symbols, equal ones as one.
  ///
  /// The order of a hash table must not reach any sum; and neighbours that share their first symbols
  /// share their first steps in the trie, which are then in the cache.
  ///
  /// - Parameter order: The runs in the order of their first symbols, those that agree in so many
  ///   (`sortedDepth`) in any order.
  func reordered(_ order: [UInt32], sortedDepth: Int) -> TrainingText {
    var order = order
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, agree(order[end - 1], order[end], upTo: sortedDepth) { end += 1 }
      if end - start > 1 { order[start..<end].sort { precedes(Int($0), Int($1)) } }
      start = end
    }
    var (newSymbols, newStarts, newWeights) = ([UInt16](), [UInt32(0)], [UInt64]())
    newSymbols.reserveCapacity(length)
    newStarts.reserveCapacity(runCount + 1)
    newWeights.reserveCapacity(runCount)
    for (index, run) in order.enumerated() {
      if index > 0, equal(Int(order[index - 1]), Int(run)) {
        newWeights[newWeights.count - 1] = saturatingSum(
          newWeights[newWeights.count - 1], weights[Int(run)])
        continue
      }
      let range = range(of: Int(run))
      newSymbols.append(
        contentsOf: UnsafeBufferPointer(
          start: symbols.base + range.lowerBound, count: range.count + 1))
      newStarts.append(UInt32(newSymbols.count))
      newWeights.append(weights[Int(run)])
    }
    return TrainingText(
      symbols: FlatArray(newSymbols, padding: 0, by: 8), starts: FlatArray(newStarts, padding: 0),
      weights: FlatArray(newWeights, padding: 0), longestRun: longestRun)
  }

  /// Whether two runs agree in their first `depth` symbols, their ends included.
  private func agree(_ left: UInt32, _ right: UInt32, upTo depth: Int) -> Bool {
    let (a, b) = (symbols.base + Int(starts[Int(left)]), symbols.base + Int(starts[Int(right)]))
    for index in 0..<depth {
      if a[index] != b[index] { return false }
      if a[index] == 0 { return true }
    }
    return true
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    var (a, b) = (symbols.base + Int(starts[left]), symbols.base + Int(starts[right]))
    while a.pointee == b.pointee, a.pointee != 0 { (a, b) = (a + 1, b + 1) }
    return a.pointee < b.pointee
  }

  private func equal(_ left: Int, _ right: Int) -> Bool {
    !precedes(left, right) && !precedes(right, left)
  }
}

/// What else the words hold.
struct TextTotals: Sendable {
  var words: UInt64 = 0
  var characters: UInt64 = 0
  /// Characters without a piece, and maximal stretches of them inside a word.
  var unknownCharacters: UInt64 = 0
  var unknownTokens: UInt64 = 0
  /// The bytes of the characters without a piece.
  var unknownBytes: UInt64 = 0
}

/// Counts the characters of all words.
func characterFrequencies(of counts: borrowing WordCounts) -> ScalarTable<UInt64> {
  var frequencies = ScalarTable<UInt64>(repeating: 0)
  counts.forEachUnordered { word, count in
    var cursor = ScalarCursor(word)
    while let scalar = cursor.next() {
      frequencies[scalar] = saturatingSum(frequencies[scalar], count)
    }
  }
  return frequencies
}

/// Lays out the words of a table as runs of symbols, in the order of the table.
struct TextBuilder {
  /// Longer stretches without a cut (dumps, keyboards slept on) are cut here: it bounds scratch.
  static let longestRun = 1 << 14

  private let alphabet: Alphabet
  private let fixed: [[UInt8]]
  private var scanner: BoundaryScanner
  private let hasRules: Bool
  private var symbols: [UInt16] = []
  private var starts: [UInt32] = [0]
  private var weights: [UInt64] = []
  private var longest = 0
  private(set) var totals = TextTotals()

  /// - Parameter fixedTokens: Strings that are tokens of their own: words are cut around them.
  init(_ alphabet: Alphabet, boundaries: PieceBoundaries, fixedTokens: [String]) {
    self.alphabet = alphabet
    scanner = BoundaryScanner(boundaries)
    hasRules = !boundaries.isEmpty
    fixed = fixedTokens.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  mutating func build(_ counts: borrowing WordCounts) throws(UnigramTrainingError) -> TrainingText {
    symbols.reserveCapacity(counts.distinctByteCount / 2)
    weights.reserveCapacity(counts.distinctCount)
    starts.reserveCapacity(counts.distinctCount + 1)
    var builder = self
    self.symbols = []
    counts.forEachUnordered { word, count in builder.append(word, count) }
    self = builder
    guard symbols.count < 4_294_967_000 else { throw .corpusTooLarge(scalars: symbols.count) }
    return TrainingText(
      symbols: FlatArray(symbols, padding: 0, by: 8), starts: FlatArray(starts, padding: 0),
      weights: FlatArray(weights, padding: 0), longestRun: longest)
  }

  private mutating func append(_ word: UnsafeBufferPointer<UInt8>, _ count: UInt64) {
    totals.words = saturatingSum(totals.words, count)
    scanner.startWord()
    var cursor = ScalarCursor(word)
    var afterUnknown = false
    while true {
      if let length = fixedToken(word, at: cursor.position) {
        endRun(count)
        cursor.position += length
        afterUnknown = false
        continue
      }
      let start = cursor.position
      guard let scalar = cursor.next() else { break }
      totals.characters = saturatingSum(totals.characters, count)
      let symbol = alphabet.symbol(of: scalar)
      if symbol == 0 {
        endRun(count)
        totals.unknownCharacters = saturatingSum(totals.unknownCharacters, count)
        let (bytes, overflow) = count.multipliedReportingOverflow(
          by: UInt64(cursor.position - start))
        totals.unknownBytes = saturatingSum(totals.unknownBytes, overflow ? .max : bytes)
        if !afterUnknown { totals.unknownTokens = saturatingSum(totals.unknownTokens, count) }
        afterUnknown = true
      } else {
        if hasRules, scanner.cuts(before: scalar) { endRun(count) }
        if symbols.count - Int(starts[starts.count - 1]) == Self.longestRun { endRun(count) }
        symbols.append(symbol)
        afterUnknown = false
      }
    }
    endRun(count)
  }

  private mutating func endRun(_ count: UInt64) {
    let start = Int(starts[starts.count - 1])
    guard symbols.count > start else { return }
    longest = max(longest, symbols.count - start)
    symbols.append(0)
    starts.append(UInt32(truncatingIfNeeded: symbols.count))
    weights.append(count)
  }

  /// The length of the fixed token at a place of a word, the longest first.
  @inline(__always)
  private func fixedToken(_ word: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
    if fixed.isEmpty { return nil }
    for token in fixed where token.count <= word.count - place {
      if (0..<token.count).allSatisfy({ token[$0] == word[place + $0] }) { return token.count }
    }
    return nil
  }
}
