/// The endings of finite verbs in one run of bytes, in order of their last byte.
struct EndingTable: Sendable {
  /// An ending: where its bytes are, which stems take it, whether it says no.
  struct Entry: Sendable {
    var start: Int
    var count: Int
    var kind: WordTraits
    var isNegated: Bool
  }

  private(set) var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// For each byte, the first entry that ends with it or a later one.
  private var starts = [Int](repeating: 0, count: 257)

  init(_ endings: [(bytes: [UInt8], kind: WordTraits, isNegated: Bool)]) {
    let sorted = endings.enumerated().sorted {
      ($0.element.bytes.last ?? 0, $0.offset) < ($1.element.bytes.last ?? 0, $1.offset)
    }
    for (_, ending) in sorted {
      entries.append(
        Entry(
          start: bytes.count, count: ending.bytes.count, kind: ending.kind,
          isNegated: ending.isNegated))
      bytes += ending.bytes
    }
    for byte in 0...256 {
      starts[byte] = sorted.firstIndex { Int($0.element.bytes.last ?? 0) >= byte } ?? sorted.count
    }
  }

  /// The entries that end with `last`.
  func candidates(last: UInt8) -> Range<Int> { starts[Int(last)]..<starts[Int(last) + 1] }

  /// Whether `entry` stands before `index`.
  func matches(_ entry: Entry, before index: Int, in text: Span<UInt8>) -> Bool {
    let start = index - entry.count
    for step in 0..<entry.count where bytes[entry.start + step] != text[start + step] {
      return false
    }
    return true
  }
}
