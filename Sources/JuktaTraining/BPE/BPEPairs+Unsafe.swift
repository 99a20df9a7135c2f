/// All pairs of symbols that stand side by side somewhere, numbered as they appear.
///
/// Open addressing over the numbers (a power of two, linear probing, at most half full); keys and
/// counts lie apart, since merging changes counts by number and looks up keys once a pair and step.
///
/// Soundness: `slots` holds `mask + 1` entries, each a number below `keys.count` or `BPEWords.noPair`;
/// at least half are empty, so probing ends. `counts` and `keys` are as long as one another.
struct BPEPairs: ~Copyable {
  /// How often each pair occurs now. Overlapping occurrences count: `aaa` holds `aa` twice.
  private(set) var counts = GrowableArray<Int64>(capacity: 1 << 12)
  /// The two symbols of each pair, the left one in the upper half: the smaller key wins ties.
  private(set) var keys = GrowableArray<UInt64>(capacity: 1 << 12)
  private var slots = GrowableArray<UInt32>(capacity: 1 << 13)
  private var mask = (1 << 13) - 1

  init() { slots.append(repeating: BPEWords.noPair, count: mask + 1) }

  var count: Int { keys.count }

  @inline(__always)
  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  /// The number of a pair; a new one where it has none.
  @inline(__always)
  mutating func number(of key: UInt64) -> UInt32 {
    var place = place(of: key)
    while true {
      let found = slots[place]
      if found == BPEWords.noPair { return insert(key, at: place) }
      if keys[Int(found)] == key { return found }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & mask
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, at place: Int) -> UInt32 {
    let number = UInt32(keys.count)
    slots[place] = number
    keys.append(key)
    counts.append(0)
    if keys.count * 2 > mask + 1 { grow() }
    return number
  }

  private mutating func grow() {
    mask = (mask + 1) * 2 - 1
    slots = GrowableArray(capacity: mask + 1)
    slots.append(repeating: BPEWords.noPair, count: mask + 1)
    for number in 0..<keys.count {
      var place = place(of: keys[number])
      while slots[place] != BPEWords.noPair { place = (place + 1) & mask }
      slots[place] = UInt32(number)
    }
  }
}
