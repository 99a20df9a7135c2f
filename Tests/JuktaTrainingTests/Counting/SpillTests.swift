import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Counting in bounded memory` {
  /// 20,000 distinct words and more, some often.
  static let texts: [String] = {
    var generator = SeededGenerator(seed: 61)
    return (0..<3000).map { _ in
      (0..<40).map { _ in
        let number = Int.random(in: 0..<30_000, using: &generator)
        return "শব্দ\(min(number, Int.random(in: 0..<30_000, using: &generator)))"
      }.joined(separator: " ")
    }
  }()

  static func count(threads: Int, memory: Int?) throws -> (
    WordList, words: Int, occurrences: UInt64
  ) {
    let counted = try WordCounter(threads: threads, memory: memory).count(
      TextSource(texts, batchSize: 11)
    ) { SpaceSplitter() }
    return (counted.counts.sorted(), counted.droppedWords, counted.droppedOccurrences)
  }

  @Test(arguments: [1, 2, 7])
  func `keeps every word that there is room for`(threads: Int) throws {
    let free = try Self.count(threads: 1, memory: nil)
    let bound = try Self.count(threads: threads, memory: 4 << 20)
    #expect(bound.0 == free.0)
    #expect(bound.words == 0 && bound.occurrences == 0)
  }

  @Test func `leaves the rarest out where there is no room, the same ones for any threads`() throws
  {
    let free = try Self.count(threads: 1, memory: nil).0
    let one = try Self.count(threads: 1, memory: 1 << 20)
    let seven = try Self.count(threads: 7, memory: 1 << 20)
    #expect(one.0 == seven.0)
    #expect(one.words == seven.words && one.occurrences == seven.occurrences)
    #expect(one.words > 0 && one.0.count + one.words == free.count)
    // The most frequent come first in a list: those that stayed are its beginning.
    #expect(Array(free.counts.prefix(one.0.count)) == one.0.counts)
    let least = try #require(one.0.counts.last)
    #expect(free.counts.dropFirst(one.0.count).allSatisfy { $0 <= least })
    #expect(one.occurrences == free.counts.dropFirst(one.0.count).reduce(0, +))
    let cost = (0..<one.0.count).reduce(0) {
      $0 + SpilledCounts.cost(ofWord: one.0.word(at: $1).count)
    }
    #expect(cost <= 1 << 19)
    // Room is used, though words of one count come in large groups.
    #expect(cost > 9 * (1 << 19) / 10)
  }

  @Test func `words that all occur as often do not all go`() throws {
    let texts = (0..<40_000).map { "word\($0)" }
    for threads in [1, 3] {
      let counter = WordCounter(threads: threads, memory: 1 << 20)
      let found = try counter.count(TextSource(texts, batchSize: 100)) { SpaceSplitter() }
      #expect(found.counts.distinctCount > 9_000)
      #expect(found.counts.distinctCount + found.droppedWords == 40_000)
    }
  }

  @Test func `a folder that cannot be written is named`() throws {
    let counter = WordCounter(threads: 1, memory: 1 << 20, temporaryFolder: "/nowhere")
    #expect {
      _ = try counter.count(TextSource(Self.texts, batchSize: 11)) { SpaceSplitter() }.documents
    } throws: { "\($0)".contains("/nowhere") && "\($0)".contains("temporary") }
  }

  static let hundred: WordCounts = {
    var counts = WordCounts()
    for number in 0..<100 { counts.add("word\(number)".utf8Span.span, count: UInt64(number) + 1) }
    return counts
  }()

  @Test func `a run is read as it was written, again and again`() throws {
    let run = try SpillFolder("/tmp").makeRun()
    try Self.hundred.write(to: run)
    for _ in 0..<3 {
      let reader = try RunReader(run)
      var seen = 0
      while try reader.next() { seen += 1 }
      #expect(seen == 100)
    }
  }

  @Test func `a run that ends in the middle is told`() throws {
    let run = try SpillFolder("/tmp").makeRun()
    try Self.hundred.write(to: run)
    try cutShort(run)
    let short = try RunReader(run)
    #expect(throws: SpillError.self) { while try short.next() {} }
  }

  @Test func `a run has no name, so that nothing stays where the program is killed`() throws {
    let place = try EmptyFolder()
    let run = try SpillFolder(place.path).makeRun()
    try Self.hundred.write(to: run)
    #expect(place.isEmpty)
  }
}
