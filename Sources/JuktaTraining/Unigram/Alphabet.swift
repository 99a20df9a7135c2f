/// The characters that get a piece, numbered by how often they occur: 1 is the most frequent.
///
/// 0 marks the end of a run. Dense small numbers keep the trie dense.
struct Alphabet: Sendable {
  /// The scalar of each symbol; the first entry stands for the end of a run.
  let scalars: [UInt32]
  /// The symbol of each scalar, 0 for one without a piece.
  private let symbols: ScalarTable<UInt16>
  /// How many distinct characters the corpus has.
  let distinctCharacters: Int

  /// The symbol of a scalar, 0 for one without a piece.
  @inline(__always)
  func symbol(of scalar: UInt32) -> UInt16 { symbols[scalar] }

  /// The number of symbols, that of the end not counted.
  var count: Int { scalars.count - 1 }

  /// Chooses the characters of a corpus by how often they occur.
  ///
  /// Required characters come first, then the most frequent ones until `coverage` of all occurrences
  /// is reached; of two with one count the smaller code point.
  init(_ frequencies: ScalarTable<UInt64>, required: String, coverage: Double)
    throws(UnigramTrainingError)
  {
    let needed = Set(required.unicodeScalars.map(\.value))
    var order = frequencies.nonzeroScalars.filter { $0 != 0 }
    distinctCharacters = order.count
    order += needed.filter { $0 != 0 && frequencies[$0] == 0 }
    order.sort { left, right in
      let (a, b) = (needed.contains(left), needed.contains(right))
      if a != b { return a }
      let (aCount, bCount) = (frequencies[left], frequencies[right])
      return aCount != bCount ? aCount > bCount : left < right
    }
    let total = order.reduce(0.0) { $0 + Double(frequencies[$1]) }
    var covered = 0.0
    var chosen: [UInt32] = []
    for scalar in order {
      if coverage < 1, !needed.contains(scalar), covered >= coverage * total { break }
      covered += Double(frequencies[scalar])
      chosen.append(scalar)
    }
    guard chosen.count < Int(UInt16.max) else { throw .tooManyCharacters(chosen.count) }
    chosen.sort { left, right in
      let (a, b) = (frequencies[left], frequencies[right])
      return a != b ? a > b : left < right
    }
    var symbols = ScalarTable<UInt16>(repeating: 0)
    for (index, scalar) in chosen.enumerated() { symbols[scalar] = UInt16(index + 1) }
    self.symbols = symbols
    scalars = [0] + chosen
  }
}
