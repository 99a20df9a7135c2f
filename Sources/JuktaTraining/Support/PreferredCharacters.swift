/// Characters that get a piece where there is room: at most a quarter of the vocabulary.
///
/// Those of the corpus come first, the most frequent one in front, then the others as they were
/// given.
struct PreferredCharacters {
  static let none = PreferredCharacters("", vocabularySize: 0, room: 0)

  /// Each once, as they were given.
  let all: [UInt32]
  /// How many of them are taken.
  private let limit: Int
  /// How many characters there may be in all.
  let room: Int

  init(_ characters: String, vocabularySize: Int, room: Int = .max) {
    var seen: Set<UInt32> = []
    all = characters.unicodeScalars.map(\.value).filter { seen.insert($0).inserted }
    limit = vocabularySize / 4
    self.room = room
  }

  /// Those for which there is room by the rule of a quarter.
  func taken(_ frequencies: ScalarTable<UInt64>) -> ArraySlice<UInt32> {
    let present = all.filter { frequencies[$0] > 0 }
    return (byFrequency(present, frequencies) + absent(frequencies)).prefix(limit)
  }

  /// Those that the corpus does not have.
  func absent(_ frequencies: ScalarTable<UInt64>) -> [UInt32] {
    all.filter { frequencies[$0] == 0 }
  }
}

/// The most frequent first; of two with one count the smaller code point.
func byFrequency(_ scalars: [UInt32], _ frequencies: ScalarTable<UInt64>) -> [UInt32] {
  scalars.sorted { left, right in
    let (a, b) = (frequencies[left], frequencies[right])
    return a != b ? a > b : left < right
  }
}
