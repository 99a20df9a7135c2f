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
  /// How many of the characters the corpus has: they are the first.
  let present: Int
  /// How many there are at least: those of the coverage, and those required.
  let needed: Int
  /// Preferred characters that the corpus does not have and that found no room.
  let spare: [UInt32]

  /// The symbol of a scalar, 0 for one without a piece.
  @inline(__always)
  func symbol(of scalar: UInt32) -> UInt16 { symbols[scalar] }

  /// The number of symbols, that of the end not counted.
  var count: Int { scalars.count - 1 }

  /// Chooses the characters of a corpus.
  ///
  /// The most frequent ones until `coverage` of all occurrences is reached (of two with one count the
  /// smaller code point), those required, of those preferred as many as there is room for, and more of
  /// the most frequent ones until there are `rareLimit` in all.
  ///
  /// - Parameter excluded: characters that are tokens of their own already.
  init(
    _ frequencies: ScalarTable<UInt64>, required: String, coverage: Double,
    preferred: PreferredCharacters = .none, rareLimit: Int = 0, excluded: Set<UInt32> = []
  ) throws(UnigramTrainingError) {
    let found = frequencies.nonzeroScalars.filter { $0 != 0 && !excluded.contains($0) }
    var chosen = Self.covering(coverage, of: found, frequencies)
    var isChosen = Set(chosen)
    func add(_ scalar: UInt32) {
      if scalar != 0, !excluded.contains(scalar), isChosen.insert(scalar).inserted {
        chosen.append(scalar)
      }
    }
    for scalar in required.unicodeScalars { add(scalar.value) }
    let needed = chosen.count
    for scalar in preferred.taken(frequencies) where chosen.count < preferred.room {
      add(scalar)
    }
    if chosen.count < rareLimit {
      for scalar in byFrequency(found, frequencies) where chosen.count < rareLimit { add(scalar) }
    }
    let spare = preferred.absent(frequencies).filter {
      $0 != 0 && !isChosen.contains($0) && !excluded.contains($0)
    }
    try self.init(
      chosen, frequencies, needed: needed, distinctCharacters: found.count, spare: spare)
  }

  /// Numbers characters by how often they occur, of two with one count the smaller code point first.
  private init(
    _ chosen: [UInt32], _ frequencies: ScalarTable<UInt64>, needed: Int, distinctCharacters: Int,
    spare: [UInt32]
  ) throws(UnigramTrainingError) {
    guard chosen.count < Int(UInt16.max) else { throw .tooManyCharacters(chosen.count) }
    let ordered = byFrequency(chosen, frequencies)
    var symbols = ScalarTable<UInt16>(repeating: 0)
    for (index, scalar) in ordered.enumerated() { symbols[scalar] = UInt16(index + 1) }
    self.symbols = symbols
    scalars = [0] + ordered
    present = ordered.count { frequencies[$0] > 0 }
    (self.needed, self.distinctCharacters, self.spare) = (needed, distinctCharacters, spare)
  }

  /// The same characters and the first `count` of those to spare. No symbol of the corpus changes.
  func adding(_ count: Int, _ frequencies: ScalarTable<UInt64>) throws(UnigramTrainingError)
    -> Alphabet
  {
    try Alphabet(
      Array(scalars.dropFirst()) + spare.prefix(count), frequencies, needed: needed,
      distinctCharacters: distinctCharacters, spare: Array(spare.dropFirst(count)))
  }

  private static func covering(
    _ coverage: Double, of found: [UInt32], _ frequencies: ScalarTable<UInt64>
  ) -> [UInt32] {
    if coverage >= 1 { return found }
    let total = found.reduce(0.0) { $0 + Double(frequencies[$1]) }
    var covered = 0.0
    return Array(
      byFrequency(found, frequencies).prefix { scalar in
        defer { covered += Double(frequencies[scalar]) }
        return covered < coverage * total
      })
  }
}
