import TestSupport
import Testing

@testable import JuktaTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Lattice` {
  /// Random pieces with probabilities, every single symbol among them.
  struct Model {
    var pieces = PieceTable()
    var logs: [Double] = []
    let trie: PieceTrie

    init(_ generator: inout SeededGenerator) {
      var set: Set<[UInt16]> = [[1], [2], [3]]
      for _ in 0..<25 {
        set.insert(
          (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            UInt16.random(in: 1...3, using: &generator)
          })
      }
      for piece in set.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        pieces.append(piece)
        logs.append(-Double.random(in: 1...6, using: &generator))
      }
      trie = PieceTrie(pieces, alphabetSize: 3)
    }

    /// Every segmentation with its score.
    func segmentations(_ run: ArraySlice<UInt16>) -> [(pieces: [Int], score: Double)] {
      if run.isEmpty { return [([], 0)] }
      return trie.prefixes(of: run).flatMap { prefix in
        segmentations(run.dropFirst(prefix.length)).map {
          ([prefix.piece] + $0.pieces, logs[prefix.piece] + $0.score)
        }
      }
    }
  }

  static func text(_ runs: [([UInt16], UInt64)]) -> TrainingText {
    var (symbols, starts) = ([UInt16](), [UInt32(0)])
    for (run, _) in runs {
      symbols += run + [0]
      starts.append(UInt32(symbols.count))
    }
    return TrainingText(
      symbols: FlatArray(symbols, padding: 0, by: 8), starts: FlatArray(starts, padding: 0),
      weights: FlatArray(runs.map(\.1), padding: 0), longestRun: runs.map(\.0.count).max() ?? 0)
  }

  static func pass(_ model: Model, _ runs: [([UInt16], UInt64)], threads: Int = 1) -> RunPass {
    RunPass(
      text: text(runs), trie: model.trie, pieceCount: model.pieces.count, longestPiece: 16,
      threads: threads)
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `expected counts equal those over every segmentation`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let model = Model(&generator)
    let run = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
      UInt16.random(in: 1...3, using: &generator)
    }
    let all = model.segmentations(run[...])
    let sum = all.reduce(0.0) { $0 + exp($1.score) }
    var expected = [Double](repeating: 0, count: model.pieces.count)
    for cut in all { for piece in cut.pieces { expected[piece] += 3 * exp(cut.score) / sum } }
    let result = Self.pass(model, [(run, 3)]).expectedCounts(FlatArray(model.logs, padding: 0))
    #expect(abs(result.logLikelihood - 3 * log(sum)) < 1e-9)
    #expect((0..<expected.count).allSatisfy { abs(result.count($0) - expected[$0]) < 1e-6 })
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `the best cut is the best of all`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let model = Model(&generator)
    let run = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
      UInt16.random(in: 1...3, using: &generator)
    }
    let best = model.segmentations(run[...]).max { $0.score < $1.score }
    let result = Self.pass(model, [(run, 2)]).bestCounts(FlatArray(model.logs, padding: 0))
    #expect(abs(result.logLikelihood - 2 * (best?.score ?? 0)) < 1e-9)
    #expect(result.total == Double(2 * (best?.pieces.count ?? 0)))
  }

  @Test(arguments: [47, 48, 49, 700, 10_000])
  func `a word of thousands of dots keeps its likelihood`(_ length: Int) {
    // One piece of one symbol and one of two: a closed form by the recurrence, in logarithms.
    var pieces = PieceTable()
    pieces.append([1])
    pieces.append([1, 1])
    let trie = PieceTrie(pieces, alphabetSize: 1)
    let (one, two) = (1e-4, 1e-5)
    var (before, last, scaled) = (1.0, one, 0.0)
    for _ in 1..<length {
      let following = last * one + before * two
      scaled += log(following / last)
      (before, last) = (last / following, 1)
    }
    let expected = log(one) + scaled
    let pass = RunPass(
      text: Self.text([(Array(repeating: 1, count: length), 1)]), trie: trie, pieceCount: 2,
      longestPiece: 2, threads: 1)
    let result = pass.expectedCounts(FlatArray([log(one), log(two)], padding: 0))
    #expect(abs(result.logLikelihood - expected) < 1e-6 * abs(expected))
    let symbols = result.count(0) + 2 * result.count(1)
    #expect(abs(symbols - Double(length)) < 1e-3)
  }

  @Test func `counts and likelihood are the same bits for any number of workers`() {
    var generator = SeededGenerator(seed: 77)
    let model = Model(&generator)
    let runs = (0..<9000).map { _ in
      (
        (0..<Int.random(in: 1...60, using: &generator)).map { _ in
          UInt16.random(in: 1...3, using: &generator)
        }, UInt64.random(in: 1...100, using: &generator)
      )
    }
    let logs = FlatArray(model.logs, padding: 0)
    let one = Self.pass(model, runs).expectedCounts(logs)
    for threads in [2, 7] {
      let other = Self.pass(model, runs, threads: threads).expectedCounts(logs)
      #expect(other.logLikelihood == one.logLikelihood)
      #expect((0..<model.pieces.count).allSatisfy { other.counts[$0] == one.counts[$0] })
    }
  }
}
