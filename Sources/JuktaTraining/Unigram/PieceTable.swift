/// The pieces of a training in the order of their symbols, laid end to end.
struct PieceTable: Sendable {
  private(set) var symbols: [UInt16] = []
  /// Where each piece starts, and one entry more for the end of the last.
  private(set) var starts: [UInt32] = [0]

  var count: Int { starts.count - 1 }

  @inline(__always)
  func range(_ piece: Int) -> Range<Int> { Int(starts[piece])..<Int(starts[piece + 1]) }

  @inline(__always)
  func length(_ piece: Int) -> Int { Int(starts[piece + 1] - starts[piece]) }

  func symbols(of piece: Int) -> ArraySlice<UInt16> { symbols[range(piece)] }

  /// Appends a piece, which must come after the last one in the order of symbols.
  mutating func append(_ piece: some Sequence<UInt16>) {
    symbols.append(contentsOf: piece)
    starts.append(UInt32(symbols.count))
  }

  /// The pieces for which `keeps` holds, in the same order.
  func filtered(_ keeps: (Int) -> Bool) -> PieceTable {
    var result = PieceTable()
    for piece in 0..<count where keeps(piece) { result.append(symbols(of: piece)) }
    return result
  }
}

/// The pieces that EM starts from, with what they scored as candidates.
struct Seeds {
  var pieces = PieceTable()
  /// The natural logarithm of each piece's share of all scores.
  var logs: [Double] = []
  var candidateCount = 0

  /// Every character of the alphabet and the candidates with the highest scores; of those that tie
  /// at the cut, the first in the order of symbols.
  init(
    _ found: borrowing SeedFinder.Found, text: TrainingText, alphabet: Alphabet,
    frequencies: ScalarTable<UInt64>, limit: Int
  ) {
    candidateCount = found.candidates.count
    let chosen = Self.best(found.candidates, max(limit - alphabet.count, 0))
    var scores: [Double] = []
    var character: UInt16 = 1
    func addCharacters(upTo last: UInt16, _ pieces: inout PieceTable) {
      while character <= last {
        pieces.append(CollectionOfOne(character))
        scores.append(max(Double(frequencies[alphabet.scalars[Int(character)]]), 1))
        character += 1
      }
    }
    for candidate in chosen {
      let position = Int(found.positions[Int(candidate.leaf)])
      addCharacters(upTo: text.symbols[position], &pieces)
      pieces.append((0..<Int(candidate.length)).lazy.map { text.symbols[position + $0] })
      scores.append(Double(candidate.score))
    }
    addCharacters(upTo: UInt16(alphabet.count), &pieces)
    let total = naturalLog(scores.reduce(0, +))
    logs = scores.map { naturalLog($0) - total }
  }

  private static func best(_ candidates: [SeedFinder.Candidate], _ limit: Int)
    -> [SeedFinder.Candidate]
  {
    guard candidates.count > limit else { return candidates }
    let keys = FlatArray<UInt64>(repeating: 0, count: candidates.count)
    for (index, candidate) in candidates.enumerated() { keys[index] = candidate.score }
    let cut = cut(keeping: limit, of: keys)
    var ties = cut.ties
    return candidates.filter { candidate in
      if candidate.score > cut.threshold { return true }
      guard candidate.score == cut.threshold, ties > 0 else { return false }
      ties -= 1
      return true
    }
  }
}
