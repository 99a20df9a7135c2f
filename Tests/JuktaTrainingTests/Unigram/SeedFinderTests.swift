import Testing

@testable import JuktaTraining

@Suite struct `Unigram seeds` {
  /// All strings of 2 … `maxLength` scalars inside a word that occur twice and lose an occurrence
  /// when made longer, by trying each.
  static func naive(_ counts: [String: UInt64], maxLength: Int) -> [[UInt32]: UInt64] {
    var occurrences: [[UInt32]: UInt64] = [:]
    var followers: [[UInt32]: Set<UInt64>] = [:]
    for (number, (word, count)) in counts.enumerated() {
      let scalars = word.unicodeScalars.map(\.value)
      for start in scalars.indices {
        for end in start + 1...scalars.count where end - start >= 2 && end - start <= maxLength {
          let text = Array(scalars[start..<end])
          occurrences[text, default: 0] += count
          // Every word end is a follower of its own.
          let follower =
            end == scalars.count
            ? UInt64(1) << 40 | UInt64(number) << 8 | UInt64(start & 0xFF) : UInt64(scalars[end])
          followers[text, default: []].insert(follower)
        }
      }
    }
    return occurrences.filter { text, count in
      guard count >= 2 else { return false }
      return text.count == maxLength || (followers[text]?.count ?? 0) > 1
        || followers[text]?.contains { $0 >= 1 << 40 } == true
    }
  }

  static func found(_ prepared: Prepared) -> [(text: [UInt32], count: UInt64)] {
    prepared.found.candidates.map { candidate in
      let position = Int(prepared.found.positions[Int(candidate.leaf)])
      let text = (0..<Int(candidate.length)).map {
        prepared.alphabet.scalars[Int(prepared.unordered.symbols[position + $0])]
      }
      return (text, candidate.score / UInt64(candidate.length))
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>, [2, 3, 5, 16])
  func `equal those of trying every substring`(_ seed: UInt64, _ maxLength: Int) throws {
    let counts = randomCounts(seed, words: 150)
    let found = Self.found(try Prepared(counts, maxLength: maxLength))
    #expect(
      Dictionary(found.map { ($0.text, $0.count) }, uniquingKeysWith: { _, _ in 0 })
        == Self.naive(counts, maxLength: maxLength))
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `equal those of trying every substring for alphabets of more than 8 and 11 bits`(
    _ seed: UInt64
  ) throws {
    for size in [300, 3000] as [UInt32] {
      let letters = String(
        String.UnicodeScalarView((0..<size).compactMap { Unicode.Scalar(0x4E00 + $0) }))
      var counts = randomCounts(seed, words: 400, letters: letters)
      // Every letter must occur for the alphabet to be that wide.
      counts[letters, default: 0] += 1
      let found = Self.found(try Prepared(counts, maxLength: 6))
      #expect(
        Dictionary(found.map { ($0.text, $0.count) }, uniquingKeysWith: { _, _ in 0 })
          == Self.naive(counts, maxLength: 6))
    }
  }

  @Test func `stand in the order of their symbols, the same for any number of workers`() throws {
    let counts = randomCounts(3, words: 800)
    let expected = try Prepared(counts)
    for (threads, shuffle) in [(1, 9), (2, 7), (7, 8)] as [(Int, UInt64)] {
      let other = try Prepared(counts, threads: threads, shuffledBy: shuffle)
      #expect(other.seeds.pieces.symbols == expected.seeds.pieces.symbols)
      #expect(other.seeds.logs == expected.seeds.logs)
      let length = expected.text.length
      #expect(other.text.length == length)
      #expect((0..<length).allSatisfy { other.text.symbols[$0] == expected.text.symbols[$0] })
    }
    let pieces = expected.seeds.pieces
    #expect(
      (1..<pieces.count).allSatisfy {
        pieces.symbols(of: $0 - 1).lexicographicallyPrecedes(pieces.symbols(of: $0))
      })
  }

  @Test func `at most the asked number is taken, those with the highest scores`() throws {
    let counts = randomCounts(5, words: 500)
    let all = try Prepared(counts)
    let few = try Prepared(counts, seedSize: 100)
    #expect(few.seeds.pieces.count == 100)
    let scores = all.found.candidates.map(\.score).sorted(by: >)
    let lowest = scores[100 - few.alphabet.count - 1]
    let chosen = Set((0..<100).map { few.string(few.seeds.pieces.symbols(of: $0)) })
    let missing = all.found.candidates.count { candidate in
      let position = Int(all.found.positions[Int(candidate.leaf)])
      let text = all.string(
        (0..<Int(candidate.length)).map { all.unordered.symbols[position + $0] })
      return candidate.score > lowest && !chosen.contains(text)
    }
    #expect(missing == 0)
  }

  @Test func `runs are in the order of their symbols and keep all weights`() throws {
    var counts = randomCounts(11, words: 600)
    for length in [30, 31, 32, 200] { counts[String(repeating: "ক", count: length)] = 2 }
    let prepared = try Prepared(counts)
    let text = prepared.text
    let runs = (0..<text.runCount).map { run in text.range(of: run).map { text.symbols[$0] } }
    #expect((1..<runs.count).allSatisfy { runs[$0 - 1].lexicographicallyPrecedes(runs[$0]) })
    #expect(
      (0..<text.runCount).reduce(UInt64(0)) { $0 + text.weights[$1] } == counts.values.reduce(0, +))
  }
}
