import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `A sample of lines` {
  private static func sample(_ lines: [String], _ limit: Int, _ threads: Int) throws -> [String] {
    let sample = LineSample(limit: limit)
    let source = SampledSource(JuktaTraining.TextSource(lines), sample)
    runWorkers(threads) { _ in
      var batch = DocumentBatch()
      while (try? source.next(into: &batch)) == true {}
    }
    return sample.lines.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `is the same whatever the order, the threads and repeats`() throws {
    var random = SeededGenerator(seed: 7)
    let lines = (0..<5000).map { number in
      String(repeating: "ক", count: Int.random(in: 0...40, using: &random)) + "\(number % 3000)"
    }
    let distinct = Set(lines).count
    for limit in [0, 1, 7, 1000, 100_000] {
      let first = try Self.sample(lines, limit, 1)
      #expect(first.count == min(limit, distinct))
      #expect(Set(first).count == first.count)
      #expect(try Self.sample(lines.shuffled(using: &random), limit, 4) == first)
    }
  }

  @Test func `leaves lines out that would fill memory`() throws {
    let long = String(repeating: "x", count: LineSample.longest + 1)
    #expect(try Self.sample([long, "ক"], 10, 1) == ["ক"])
  }
}
