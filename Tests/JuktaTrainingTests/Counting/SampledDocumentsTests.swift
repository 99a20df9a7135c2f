import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Drawing documents` {
  private static let texts = (0..<500).map { "লাইন \($0) \($0 % 7)" }

  private static func drawn(
    _ texts: [String], limit: Int, seed: UInt64, batchSize: Int = 13
  ) throws -> [String] {
    let sample = SampledDocuments(
      TextSource(texts, batchSize: batchSize), limit: limit, seed: seed)
    var batch = DocumentBatch()
    var found: [String] = []
    while try sample.next(into: &batch) {
      for index in 0..<batch.count {
        found.append(
          batch.document(at: index).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
      }
    }
    #expect(sample.seen == texts.count)
    return found.sorted()
  }

  @Test(arguments: [1, 7, 100, 499])
  func `takes as many as asked for, each once, the same ones in any order`(_ limit: Int) throws {
    let drawn = try Self.drawn(Self.texts, limit: limit, seed: 5)
    #expect(drawn.count == limit && Set(drawn).count == limit)
    #expect(Set(drawn).isSubset(of: Set(Self.texts)))
    var generator = SeededGenerator(seed: 9)
    let shuffled = Self.texts.shuffled(using: &generator)
    #expect(try Self.drawn(shuffled, limit: limit, seed: 5, batchSize: 40) == drawn)
  }

  @Test func `takes others by another seed, and all where there are no more`() throws {
    let one = try Self.drawn(Self.texts, limit: 100, seed: 1)
    let two = try Self.drawn(Self.texts, limit: 100, seed: 2)
    #expect(one != two)
    // 20 are expected in both; far from all and from none.
    #expect((5...45).contains(Set(one).intersection(two).count))
    #expect(try Self.drawn(Self.texts, limit: 500, seed: 1) == Self.texts.sorted())
    #expect(try Self.drawn(Self.texts, limit: 9000, seed: 1) == Self.texts.sorted())
  }

  @Test func `takes of equal texts as large a share as of all`() throws {
    let texts = Self.texts.prefix(300) + [String](repeating: "একই লাইন", count: 300)
    var shares: [Int] = []
    for seed in 0..<30 as Range<UInt64> {
      let drawn = try Self.drawn(Array(texts), limit: 100, seed: seed)
      #expect(try Self.drawn(texts.reversed(), limit: 100, seed: seed, batchSize: 7) == drawn)
      shares.append(drawn.count { $0 == "একই লাইন" })
    }
    // 50 are expected, with a deviation of 4.6 each time.
    #expect(shares.allSatisfy { (25...75).contains($0) })
    #expect((45...55).contains(shares.reduce(0, +) / shares.count))
  }

  @Test func `takes the same whatever the order where equal texts count differently`() throws {
    final class Weighted: DocumentSource {
      nonisolated(unsafe) var weights: [UInt64]
      init(_ weights: [UInt64]) { self.weights = weights }
      func next(into batch: inout DocumentBatch) throws -> Bool {
        batch.removeAll()
        guard let weight = weights.popLast() else { return false }
        batch.append("ক".utf8Span.span, weight: weight)
        return true
      }
    }
    func drawnCount(_ weights: [UInt64], _ seed: UInt64) throws -> UInt64 {
      let sample = SampledDocuments(Weighted(weights), limit: 3, seed: seed)
      let counted = try WordCounter(threads: 1).count(sample) { SpaceSplitter() }
      return counted.counts.totalCount
    }
    let weights: [UInt64] = [1, 2, 4, 8, 16, 32, 4, 4]
    for seed in 0..<20 as Range<UInt64> {
      let one = try drawnCount(weights, seed)
      let other = try drawnCount(weights.reversed(), seed)
      #expect(one == other)
    }
  }

  @Test func `keeps how often a text counts`() throws {
    final class Weighted: DocumentSource {
      nonisolated(unsafe) var isDone = false
      func next(into batch: inout DocumentBatch) throws -> Bool {
        batch.removeAll()
        if isDone { return false }
        isDone = true
        batch.append("ক".utf8Span.span)
        batch.append("খ".utf8Span.span, weight: 9)
        return true
      }
    }
    let counted = try WordCounter(threads: 1).count(
      SampledDocuments(Weighted(), limit: 5, seed: 0)
    ) { SpaceSplitter() }
    #expect(counted.counts["ক".utf8Span.span] == 1 && counted.counts["খ".utf8Span.span] == 9)
  }
}
