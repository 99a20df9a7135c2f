import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Word counts` {
  static func randomWords(_ seed: UInt64, count: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let letters = Array("কখগঘab।")
    return (0..<count).map { _ in
      let length = Int.random(in: 1...(Bool.random(using: &generator) ? 3 : 30), using: &generator)
      return String((0..<length).map { _ in letters.randomElement(using: &generator) ?? "x" })
    }
  }

  static func table(_ words: [String]) -> WordCounts {
    var counts = WordCounts()
    for word in words { counts.add(word.utf8Span.span) }
    return counts
  }

  static func naiveListing(_ words: [String]) -> [(word: [UInt8], count: UInt64)] {
    var table: [[UInt8]: UInt64] = [:]
    for word in words { table[Array(word.utf8), default: 0] += 1 }
    return table.map { (word: $0.key, count: $0.value) }.sorted { left, right in
      left.count != right.count
        ? left.count > right.count : left.word.lexicographicallyPrecedes(right.word)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `the sorted listing equals a dictionary's`(_ seed: UInt64) {
    let words = Self.randomWords(seed, count: 3000)
    let list = Self.table(words).sorted()
    let expected = Self.naiveListing(words)
    #expect((0..<list.count).map { Array(list.word(at: $0)) } == expected.map(\.word))
    #expect(list.counts == expected.map(\.count))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `counts of parts, merged, equal the counts of the whole`(_ seed: UInt64) {
    let words = Self.randomWords(seed, count: 2000)
    let cut = words.count / 3
    var merged = Self.table(Array(words[cut...]))
    merged.merge(Self.table(Array(words[..<cut])))
    let whole = Self.table(words)
    #expect(merged.sorted() == whole.sorted())
    #expect(merged.digest == whole.digest)
    #expect(merged.totalCount == 2000)
    #expect(merged.distinctCount == whole.distinctCount)
    #expect(merged.distinctByteCount == whole.distinctByteCount)
  }

  @Test func `a word never seen has count 0, one added with a weight that weight`() {
    var counts = Self.table(["বই", "বই", "খাতা"])
    counts.add("কলম".utf8Span.span, count: 1 << 40)
    #expect(counts["বই".utf8Span.span] == 2)
    #expect(counts["কলম".utf8Span.span] == 1 << 40)
    #expect(counts["ব".utf8Span.span] == 0)
  }

  @Test func `the digest tells a word or a count apart`() {
    let digests = [["ক"], ["খ"], ["ক", "ক"], ["ক", "খ"], []].map { Self.table($0).digest }
    #expect(Set(digests).count == 5)
    #expect(digests.allSatisfy { $0.utf8.count == 32 })
  }

  @Test func `counts stay at the largest value instead of overflowing`() {
    var counts = WordCounts()
    counts.add("ক".utf8Span.span, count: .max)
    counts.add("ক".utf8Span.span, count: 7)
    #expect(counts["ক".utf8Span.span] == .max)
    #expect(counts.totalCount == .max)
  }

  @Test func `empty words are not counted`() {
    var counts = WordCounts()
    counts.add("".utf8Span.span)
    #expect(counts.distinctCount == 0 && counts.totalCount == 0)
  }

  @Test func `words of every length up to 70 bytes are told apart`() {
    let words = (1...70).flatMap { length in
      (0..<length).map { place in
        String(repeating: "a", count: place) + "b"
          + String(repeating: "a", count: length - place - 1)
      }
    }
    #expect(Self.table(words).distinctCount == words.count)
  }
}
