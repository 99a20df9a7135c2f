/// Chooses which pieces to keep: those whose loss would cost the likelihood most.
///
/// If piece *i* goes, each of its occurrences is spelled by its best other segmentation *A*. With
/// counts *f* of the best cuts and *S* = Σ *f*, the log likelihood per token falls by
/// *f*ᵢ/*S* · (log *f*ᵢ − log *S* − Σ_{a∈A} (log(*f*ₐ + *f*ᵢ) − log *S*′)), *S*′ = *S* + *f*ᵢ(|*A*| − 1):
/// Kudo 2018, section 3.2 (doi:10.18653/v1/P18-1007). *S*′ counts the alternatives of this piece, not
/// all pieces.
///
/// To this comes what the further tokens cost: *f*ᵢ/*S* · (|*A*| − 1) · `tokenCost`. Likelihood alone
/// does not mind how many tokens a word takes; models that read the tokens do (decision 0032).
struct Pruning {
  let pieces: PieceTable
  let logs: FlatArray<Double>
  let trie: PieceTrie
  let tokenCost: Double
  let threads: Int

  /// What would be lost without each piece: `infinity` for a piece that is never given up (single
  /// characters), below `uselessBound` for one that is of no use, the less likely the lower.
  func losses(_ best: PassResult) -> FlatArray<Double> {
    let losses = FlatArray<Double>(repeating: 0, count: pieces.count)
    let total = best.total
    let blockSize = 4096
    let blocks = (pieces.count + blockSize - 1) / blockSize
    let queue = BlockQueue(count: blocks)
    let longest = (0..<pieces.count).reduce(1) { max($0, pieces.length($1)) }
    let text = FlatArray(pieces.symbols, padding: 0, by: 8)
    runWorkers(threads) { _ in
      let lattice = Lattice(longestRun: longest, longestPiece: longest)
      let run = FlatArray<UInt16>(repeating: 0, count: longest + 1)
      while let block = queue.next() {
        for piece in block * blockSize..<min((block + 1) * blockSize, pieces.count) {
          losses[piece] = loss(piece, best, total, text, lattice, run)
        }
      }
    }
    return losses
  }

  private func useless(_ piece: Int) -> Double { 2 * Self.uselessBound + logs[piece] }

  /// All losses of pieces that are of use are above this.
  static let uselessBound = -1e8

  private func loss(
    _ piece: Int, _ best: PassResult, _ total: Double, _ text: FlatArray<UInt16>,
    _ lattice: Lattice, _ run: FlatArray<UInt16>
  ) -> Double {
    let range = pieces.range(piece)
    if range.count == 1 { return .infinity }
    let count = best.count(piece)
    if count == 0 { return useless(piece) }
    for index in 0..<range.count { run[index] = text[range.lowerBound + index] }
    run[range.count] = 0
    let own = logs[piece]
    // Leaves the piece itself out: only whole other segmentations remain.
    lattice.fill(run.base, range.count, trie, logs.base, none: DroppedPiece.bound, except: piece)
    let other = lattice.findBest(range.count)
    if other > own { return useless(piece) }
    var place = range.count
    var parts = 0
    var sum = 0.0
    while place > 0 {
      let arc = lattice.arcs[Int(lattice.best[place])]
      sum += naturalLog(best.count(Int(arc.piece)) + count)
      parts += 1
      place = Int(arc.start)
    }
    let without = naturalLog(total + count * Double(parts - 1))
    let likelihood = naturalLog(count) - naturalLog(total) - (sum - Double(parts) * without)
    return count / total * (likelihood + tokenCost * Double(parts - 1))
  }
}

/// Marks the pieces with the `keep` largest losses that are of use, all that are never given up, and
/// of the rest the most likely until `least` are marked; of equal ones the first in the order of
/// symbols.
func survivors(_ losses: FlatArray<Double>, keep: Int, atLeast least: Int) -> [Bool] {
  let keys = FlatArray<UInt64>(repeating: 0, count: losses.count)
  for piece in 0..<losses.count { keys[piece] = orderedKey(losses[piece]) }
  let required = (0..<losses.count).count { losses[$0] == .infinity }
  let useful = (0..<losses.count).count { losses[$0] > Pruning.uselessBound }
  let room = max(min(keep, useful), required, least)
  if losses.count <= room { return [Bool](repeating: true, count: losses.count) }
  let cut = cut(keeping: room, of: keys)
  var ties = cut.ties
  return (0..<losses.count).map { piece in
    if keys[piece] > cut.threshold { return true }
    guard keys[piece] == cut.threshold, ties > 0 else { return false }
    ties -= 1
    return true
  }
}
