/// Every way to cut one run into pieces: one worker's scratch.
///
/// Kept as a flat list of arcs (a piece from one place to a later one), ordered by where they start:
/// forward sums read it front to back, backward sums back to front, and the trie is walked once.
///
/// Soundness: `arcs` has room for `longest run × longest piece` entries, `forward` and `backward` for
/// one place more than the longest run; `fill` is given runs of that length at most, followed by a 0,
/// on which no piece ends and no step of the trie succeeds (no unit has a parent by symbol 0).
final class Lattice {
  struct Arc: BitwiseCopyable {
    var start: UInt32
    var end: UInt32
    var piece: UInt32
    var unused: UInt32 = 0
    /// A probability, or its logarithm.
    var weight: Double
  }

  let arcs: FlatArray<Arc>
  let forward: FlatArray<Double>
  let backward: FlatArray<Double>
  /// The best arc into each place.
  let best: FlatArray<UInt32>
  private(set) var arcCount = 0

  init(longestRun: Int, longestPiece: Int) {
    let (room, product) = (longestRun + 1, longestRun * min(longestPiece, longestRun))
    arcs = FlatArray(repeating: Arc(start: 0, end: 0, piece: 0, weight: 0), count: product)
    forward = FlatArray(repeating: 0, count: room)
    backward = FlatArray(repeating: 0, count: room)
    best = FlatArray(repeating: 0, count: room)
  }

  /// Lists the arcs of a run; pieces whose weight is `none` or less, and the piece
  /// `except`, are left out.
  @inline(__always)
  func fill(
    _ run: UnsafeMutablePointer<UInt16>, _ length: Int, _ trie: PieceTrie,
    _ weights: UnsafeMutablePointer<Double>, none: Double, except: Int = -1
  ) {
    let (units, values) = (trie.units, trie.values)
    var arc = arcs.base
    for start in 0..<length {
      var state: UInt32 = 0
      var base = units[0].base & ~PieceTrie.valueBit
      var end = start
      while true {
        let following = base &+ UInt32(run[end])
        let unit = units[Int(following)]
        if unit.check != state { break }
        state = following
        end &+= 1
        base = unit.base & ~PieceTrie.valueBit
        if unit.base & PieceTrie.valueBit != 0 {
          let piece = values[Int(state)]
          let weight = weights[Int(piece)]
          if weight > none, Int(piece) != except {
            arc.pointee = Arc(
              start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
              piece: piece, weight: weight)
            arc += 1
          }
        }
      }
    }
    arcCount = arc - arcs.base
  }

  /// Sums over all cuts of a run of probabilities; returns the probability of the run, or 0 when it
  /// is too small to be trusted.
  @inline(__always)
  func sumLinear(_ length: Int) -> Double {
    let (arcs, forward, backward) = (arcs.base, forward.base, backward.base)
    for place in 0...length {
      forward[place] = 0
      backward[place] = 0
    }
    forward[0] = 1
    backward[length] = 1
    for index in 0..<arcCount {
      let arc = arcs[index]
      forward[Int(arc.end)] += forward[Int(arc.start)] * arc.weight
    }
    for index in stride(from: arcCount - 1, through: 0, by: -1) {
      let arc = arcs[index]
      backward[Int(arc.start)] += backward[Int(arc.end)] * arc.weight
    }
    // Below this, sums of neglected cuts could have underflowed.
    return forward[length] > 1e-200 ? forward[length] : 0
  }

  /// The same in logarithms, for runs whose probability does not fit a Double; arcs hold logarithms.
  ///
  /// - Returns: The logarithm of the probability of the run.
  func sumLogarithms(_ length: Int) -> Double {
    let (arcs, forward, backward) = (arcs.base, forward.base, backward.base)
    for place in 0...length {
      forward[place] = -.infinity
      backward[place] = -.infinity
    }
    forward[0] = 0
    backward[length] = 0
    for index in 0..<arcCount {
      let arc = arcs[index]
      forward[Int(arc.end)] = logSum(forward[Int(arc.end)], forward[Int(arc.start)] + arc.weight)
    }
    for index in stride(from: arcCount - 1, through: 0, by: -1) {
      let arc = arcs[index]
      backward[Int(arc.start)] = logSum(
        backward[Int(arc.start)], backward[Int(arc.end)] + arc.weight)
    }
    return forward[length]
  }

  /// The best cut of a run, arcs holding logarithms: its score; `best` then leads back from the end.
  ///
  /// Of equal cuts the one whose last arc starts first wins, as in SentencePiece.
  @inline(__always)
  func findBest(_ length: Int) -> Double {
    let (arcs, forward, best) = (arcs.base, forward.base, best.base)
    for place in 0...length { forward[place] = -.infinity }
    forward[0] = 0
    for index in 0..<arcCount {
      let arc = arcs[index]
      let score = forward[Int(arc.start)] + arc.weight
      if score > forward[Int(arc.end)] {
        forward[Int(arc.end)] = score
        best[Int(arc.end)] = UInt32(truncatingIfNeeded: index)
      }
    }
    return forward[length]
  }
}

@inline(__always)
private func logSum(_ left: Double, _ right: Double) -> Double {
  let (high, low) = left > right ? (left, right) : (right, left)
  if low == -.infinity { return high }
  return high + naturalLog(1 + exponential(low - high))
}
