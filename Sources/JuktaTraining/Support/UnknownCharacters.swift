/// The characters of a corpus that a vocabulary has no piece for.
public struct UnknownCharacters: Sendable, Equatable {
  /// One character and how often it occurs.
  public struct Entry: Sendable, Equatable {
    /// The character.
    public let character: Unicode.Scalar
    /// Its occurrences.
    public let count: UInt64
  }

  /// How many distinct ones there are.
  public internal(set) var distinct = 0
  /// How often they occur together.
  public internal(set) var occurrences: UInt64 = 0
  /// The most frequent ones, at most `listed`; of two with one count the smaller code point first.
  public internal(set) var commonest: [Entry] = []
  /// The least coverage that keeps all of `commonest`, rounded up to six decimals; nil where there are
  /// none. They can also be required one by one.
  public internal(set) var coverageKeepingCommonest: Double?

  /// How many are listed by name.
  public static let listed = 20

  init() {}

  init(
    _ frequencies: ScalarTable<UInt64>, excluded: Set<UInt32> = [], isKnown: (UInt32) -> Bool
  ) {
    let found = frequencies.nonzeroScalars.filter { !excluded.contains($0) }
    let ordered = byFrequency(found, frequencies)
    var (total, before) = (0.0, 0.0)
    for scalar in ordered {
      let count = frequencies[scalar]
      if !isKnown(scalar) {
        distinct += 1
        occurrences = saturatingSum(occurrences, count)
        if commonest.count < Self.listed, let character = Unicode.Scalar(scalar) {
          commonest.append(Entry(character: character, count: count))
          before = total
        }
      }
      total += Double(count)
    }
    // A character is covered if what comes before it is less than the coverage.
    if !commonest.isEmpty {
      let share = (before / total * 1e6).rounded(.down) + 1
      coverageKeepingCommonest = min(share / 1e6, 1)
    }
  }
}
