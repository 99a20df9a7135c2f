/// The merge of each pair, for look-ups by the million: open addressing, a power of two, linear
/// probing, at most half full, 16 bytes a slot.
///
/// Soundness: `slots` points at `mask + 1` initialised slots, at least half of them empty, so probing
/// ends; written in `init` only; freed once.
final class BPEMergeTable: @unchecked Sendable {
  private struct Slot: BitwiseCopyable {
    var key: UInt64
    var answer: UInt64
  }
  /// The answer for a pair that does not merge: larger than all others.
  static let none = UInt64.max
  private static let emptyKey = UInt64.max

  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int

  convenience init(_ merges: [BPEMerge], _ products: [UInt32]) {
    self.init(
      merges.enumerated().map { rank, merge in
        (
          UInt64(merge.left) << 32 | UInt64(merge.right),
          UInt64(rank) << 32 | UInt64(products[rank])
        )
      })
  }

  /// Answers by pairs, left id in the upper half and right id in the lower; of equal ones the last
  /// counts.
  init(_ entries: [(key: UInt64, answer: UInt64)]) {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(key: Self.emptyKey, answer: Self.none), count: size)
    for (key, answer) in entries {
      var place = place(of: key)
      while slots[place].key != key, slots[place].key != Self.emptyKey {
        place = (place + 1) & mask
      }
      slots[place] = Slot(key: key, answer: answer)
    }
  }

  deinit { slots.deallocate() }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & mask
  }

  /// The rank of a pair's merge in the upper half, and what it makes in the lower; or `none`.
  @inline(__always)
  func answer(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let key = UInt64(left) << 32 | UInt64(right)
    var place = place(of: key)
    while true {
      let slot = slots[place]
      if slot.key == key { return slot.answer }
      if slot.key == Self.emptyKey { return Self.none }
      place = (place + 1) & mask
    }
  }
}
