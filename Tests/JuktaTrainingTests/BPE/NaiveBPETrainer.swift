@testable import JuktaTraining

/// BPE by its definition: count all pairs anew for each merge, take the most frequent one (the smaller
/// ids of two with one count), replace it everywhere.
///
/// Knows nothing of symbols that are reused: two merges that make one string are two tokens for the
/// counts and one for the vocabulary. So words must be such that this does not happen, or the caller
/// compares with that in mind.
struct NaiveBPETrainer {
  var words: [(symbols: [UInt32], count: UInt64)] = []
  var tokens: [String] = []
  private(set) var merges: [[String]] = []

  init(_ counts: [String: UInt64], specials: [String]) {
    tokens = specials
    let alphabet = Set(counts.keys.flatMap(\.unicodeScalars)).sorted { $0.value < $1.value }
    tokens += alphabet.map { String(Character($0)) }
    for (word, count) in counts {
      words.append((word.unicodeScalars.map { id(of: String(Character($0))) }, count))
    }
  }

  private func id(of text: String) -> UInt32 {
    UInt32(tokens.lastIndex { $0.utf8.elementsEqual(text.utf8) } ?? 0)
  }

  mutating func train(to size: Int, minFrequency: UInt64 = 1, longest: Int = .max) {
    while tokens.count < size {
      var pairs: [[UInt32]: UInt64] = [:]
      for (symbols, count) in words {
        for index in symbols.indices.dropLast() {
          pairs[[symbols[index], symbols[index + 1]], default: 0] += count
        }
      }
      let allowed = pairs.filter { pair, _ in
        let length = pair.reduce(0) { $0 + tokens[Int($1)].unicodeScalars.count }
        return length <= max(longest, 2)
      }
      let best = allowed.max { left, right in
        left.value != right.value
          ? left.value < right.value : right.key.lexicographicallyPrecedes(left.key)
      }
      guard let best, best.value >= max(minFrequency, 1) else { return }
      let parts = best.key.map { tokens[Int($0)] }
      let text = parts.joined()
      merges.append(parts)
      let known = tokens.firstIndex { $0.utf8.elementsEqual(text.utf8) }
      if known == nil { tokens.append(text) }
      let symbol = UInt32(known ?? tokens.count - 1)
      for index in words.indices { replace(best.key, by: symbol, in: &words[index].symbols) }
    }
  }

  private func replace(_ pair: [UInt32], by symbol: UInt32, in symbols: inout [UInt32]) {
    var index = 0
    while index + 1 < symbols.count {
      if symbols[index] == pair[0], symbols[index + 1] == pair[1] {
        symbols.replaceSubrange(index...index + 1, with: [symbol])
      }
      index += 1
    }
  }
}
