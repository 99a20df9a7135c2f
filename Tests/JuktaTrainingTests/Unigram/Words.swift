import TestSupport

@testable import JuktaTraining

/// Random word counts over few letters, so that much repeats.
func randomCounts(_ seed: UInt64, words: Int, letters: String = "▁কখগঘঙ।a") -> [String: UInt64] {
  var generator = SeededGenerator(seed: seed)
  let alphabet = Array(letters.unicodeScalars)
  var counts: [String: UInt64] = [:]
  for _ in 0..<words {
    let length = Int.random(in: 1...(Bool.random(using: &generator) ? 5 : 12), using: &generator)
    var word = String.UnicodeScalarView()
    for _ in 0..<length {
      // Squaring the draw makes the first letters frequent, as in a language.
      let draw = Double.random(in: 0..<1, using: &generator)
      word.append(alphabet[Int(draw * draw * Double(alphabet.count))])
    }
    counts[String(word), default: 0] += UInt64.random(in: 1...3, using: &generator)
  }
  return counts
}

func table(_ counts: [String: UInt64], shuffledBy seed: UInt64 = 0) -> WordCounts {
  var generator = SeededGenerator(seed: seed)
  var table = WordCounts()
  for (word, count) in counts.sorted(by: { $0.key < $1.key }).shuffled(using: &generator) {
    table.add(word.utf8Span.span, count: count)
  }
  return table
}

/// The text of a table as the trainer sees it, runs in order, with its seeds.
struct Prepared {
  let text: TrainingText
  let alphabet: Alphabet
  let found: SeedFinder.Found
  let unordered: TrainingText
  let seeds: Seeds

  init(
    _ counts: [String: UInt64], maxLength: Int = 16, seedSize: Int = 1_000_000, threads: Int = 1,
    coverage: Double = 1, shuffledBy seed: UInt64 = 0
  ) throws {
    let words = table(counts, shuffledBy: seed)
    let frequencies = characterFrequencies(of: words)
    alphabet = try Alphabet(frequencies, required: "", coverage: coverage)
    var builder = TextBuilder(alphabet, boundaries: [], fixedTokens: [])
    unordered = try builder.build(words)
    found = SeedFinder(
      text: unordered, alphabetSize: alphabet.count, maxLength: maxLength, threads: threads
    ).find()
    seeds = Seeds(
      found, text: unordered, alphabet: alphabet, frequencies: frequencies, limit: seedSize)
    text = unordered.reordered(found.runs, sortedDepth: maxLength)
  }

  func string(_ symbols: some Sequence<UInt16>) -> String {
    var view = String.UnicodeScalarView()
    for symbol in symbols {
      if let scalar = Unicode.Scalar(alphabet.scalars[Int(symbol)]) { view.append(scalar) }
    }
    return String(view)
  }
}
