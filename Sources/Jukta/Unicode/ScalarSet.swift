/// A set of scalars as one bit each, made from the places where membership turns.
///
/// 136 KiB a set, of which a text touches the few cache lines of its scripts.
final class ScalarSet: Sendable {
  private let words: [UInt64]

  /// - Parameter turns: where the set begins and ends, by turns, in ascending order.
  init(turns: [UInt32]) {
    var words = [UInt64](repeating: 0, count: 0x110000 >> 6)
    for index in stride(from: 0, to: turns.count - 1, by: 2) {
      var place = Int(turns[index])
      let end = Int(turns[index + 1])
      while place < end {
        let count = min(64 - place & 63, end - place)
        words[place >> 6] |= (UInt64.max >> UInt64(64 - count)) << UInt64(place & 63)
        place += count
      }
    }
    self.words = words
  }

  /// Whether `scalar` is in the set; what is no scalar is not.
  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x110000 && words[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
  }
}

/// What Hugging Face's components take scalars for: sets that belong to no one version of Unicode,
/// asked of tokenizers 0.23.3 itself (see `ReferenceRuns`).
enum ReferenceSets {
  static let wordCharacter = ScalarSet(turns: ReferenceRuns.wordCharacter)
  static let punctuation = ScalarSet(turns: ReferenceRuns.punctuation)
  static let number = ScalarSet(turns: ReferenceRuns.number)
  static let bertControl = ScalarSet(turns: ReferenceRuns.bertControl)
  static let bertAccent = ScalarSet(turns: ReferenceRuns.bertAccent)
  static let accent = ScalarSet(turns: ReferenceRuns.accent)

  /// The number of a scalar's script, as UnicodeScripts tells them apart; 0 for none.
  static func script(of scalar: UInt32) -> UInt8 {
    var (low, high) = (0, scriptRuns.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if scriptRuns[middle] >> 8 <= scalar { low = middle } else { high = middle }
    }
    return UInt8(truncatingIfNeeded: scriptRuns[low])
  }
}
