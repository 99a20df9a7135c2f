/// What a pass over all runs found.
struct PassResult {
  /// For each piece, its number of occurrences times `scale`.
  let counts: FlatArray<UInt64>
  let scale: Double
  /// The log likelihood of all runs (or the score of their best cuts), in nats.
  let logLikelihood: Double

  func count(_ piece: Int) -> Double { Double(counts[piece]) / scale }

  /// The sum of all counts.
  var total: Double {
    Double((0..<counts.count).reduce(UInt64(0)) { $0 &+ counts[$1] }) / scale
  }
}

/// Passes over all runs with the pieces at hand: expected counts, or those of the best cuts.
///
/// Deterministic for any number of workers: counts are added as fixed-point integers, whose sum does
/// not depend on order, and likelihoods are summed by fixed blocks of runs, in block order.
///
/// Soundness: each worker adds to an array of its own, and writes the likelihood of a block it drew.
struct RunPass {
  let text: TrainingText
  let trie: PieceTrie
  let pieceCount: Int
  let longestPiece: Int
  let threads: Int

  private static let blockSize = 2048
  /// Runs up to this length are summed as plain products.
  private static let longestLinear = 48

  /// Expected counts by forward-backward sums (the E step).
  ///
  /// - Parameter logs: The logarithm of each piece's probability; `DroppedPiece.bound` or less for one that takes no part.
  func expectedCounts(_ logs: FlatArray<Double>) -> PassResult {
    // Leaves 2⁶² for the largest possible sum.
    let scale = fixedPointScale(symbols: totalSymbols())
    let probabilities = FlatArray<Double>(repeating: 0, count: pieceCount)
    for piece in 0..<pieceCount where logs[piece] > DroppedPiece.bound {
      probabilities[piece] = exponential(logs[piece])
    }
    return run(scale) { lattice, start, length, weight, counts in
      let symbols = text.symbols.base + start
      if length <= Self.longestLinear {
        lattice.fill(symbols, length, trie, probabilities.base, none: 0)
        let sum = lattice.sumLinear(length)
        if sum > 0 {
          addLinear(lattice, counts, weight * scale / sum)
          return naturalLog(sum)
        }
      }
      lattice.fill(symbols, length, trie, logs.base, none: DroppedPiece.bound)
      let sum = lattice.sumLogarithms(length)
      addLogarithms(lattice, counts, weight * scale, sum)
      return sum
    }
  }

  /// How often each piece occurs in the best cuts.
  func bestCounts(_ logs: FlatArray<Double>) -> PassResult {
    run(1) { lattice, start, length, weight, counts in
      lattice.fill(text.symbols.base + start, length, trie, logs.base, none: DroppedPiece.bound)
      let score = lattice.findBest(length)
      let occurrences = UInt64(min(weight, 9e18))
      var place = length
      while place > 0, score > -.infinity {
        let arc = lattice.arcs.base[Int(lattice.best.base[place])]
        counts[Int(arc.piece)] &+= occurrences
        place = Int(arc.start)
      }
      return score
    }
  }

  @inline(__always)
  private func addLinear(
    _ lattice: Lattice, _ counts: UnsafeMutablePointer<UInt64>, _ factor: Double
  ) {
    let (arcs, forward, backward) = (lattice.arcs.base, lattice.forward.base, lattice.backward.base)
    for index in 0..<lattice.arcCount {
      let arc = arcs[index]
      let share = forward[Int(arc.start)] * arc.weight * backward[Int(arc.end)] * factor
      counts[Int(arc.piece)] &+= UInt64(bitPattern: Int64(share + 0.5))
    }
  }

  private func addLogarithms(
    _ lattice: Lattice, _ counts: UnsafeMutablePointer<UInt64>, _ factor: Double, _ sum: Double
  ) {
    let (arcs, forward, backward) = (lattice.arcs.base, lattice.forward.base, lattice.backward.base)
    for index in 0..<lattice.arcCount {
      let arc = arcs[index]
      let log = forward[Int(arc.start)] + arc.weight + backward[Int(arc.end)] - sum
      counts[Int(arc.piece)] &+= UInt64(bitPattern: Int64(exponential(min(log, 0)) * factor + 0.5))
    }
  }

  @inline(__always)
  private func run(
    _ scale: Double,
    _ body: @Sendable (Lattice, Int, Int, Double, UnsafeMutablePointer<UInt64>) -> Double
  ) -> PassResult {
    let blocks = (text.runCount + Self.blockSize - 1) / Self.blockSize
    let queue = BlockQueue(count: blocks)
    let likelihoods = FlatArray<Double>(repeating: 0, count: blocks)
    let workers = min(threads, max(blocks, 1))
    let partial = (0..<workers).map { _ in FlatArray<UInt64>(repeating: 0, count: pieceCount) }
    runWorkers(workers) { worker in
      let lattice = Lattice(longestRun: text.longestRun, longestPiece: longestPiece)
      let (starts, weights, counts) = (text.starts.base, text.weights.base, partial[worker].base)
      while let block = queue.next() {
        var sum = 0.0
        for run in block * Self.blockSize..<min((block + 1) * Self.blockSize, text.runCount) {
          let start = Int(starts[run])
          let weight = Double(weights[run])
          sum += weight * body(lattice, start, Int(starts[run + 1]) - 1 - start, weight, counts)
        }
        likelihoods[block] = sum
      }
    }
    for other in partial.dropFirst() {
      for piece in 0..<pieceCount { partial[0].base[piece] &+= other.base[piece] }
    }
    let likelihood = (0..<blocks).reduce(0.0) { $0 + likelihoods[$1] }
    return PassResult(counts: partial[0], scale: scale, logLikelihood: likelihood)
  }

  private func totalSymbols() -> Double {
    (0..<text.runCount).reduce(0.0) {
      $0 + Double(text.weights[$1]) * Double(text.range(of: $1).count)
    }
  }
}

/// The largest power of two by which that many symbols can be multiplied and still fit 62 bits, at
/// most 2³².
func fixedPointScale(symbols: Double) -> Double {
  var scale = 4_294_967_296.0
  while scale * max(symbols, 1) > 4_611_686_018_427_387_904 { scale /= 2 }
  return scale
}
