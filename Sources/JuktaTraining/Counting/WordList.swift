/// Distinct words with their counts in a fixed order: most frequent first, then by bytes.
public struct WordList: Sendable, Equatable {
  /// All words, one after another.
  public internal(set) var bytes: [UInt8] = []
  /// Where each word ends in `bytes`.
  public internal(set) var ends: [Int] = []
  /// How often each word occurs.
  public internal(set) var counts: [UInt64] = []

  /// The number of words.
  public var count: Int { counts.count }

  /// The bytes of one word.
  public func word(at index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  mutating func append(_ word: UnsafeBufferPointer<UInt8>, _ count: UInt64) {
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    counts.append(count)
  }
}
