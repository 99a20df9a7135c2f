/// Pairs waiting to be merged, the most frequent first, then the smaller key: a binary heap.
///
/// Soundness: every index is below `items.count`.
struct BPEQueue: ~Copyable {
  struct Item: BitwiseCopyable {
    /// What the pair counted when it was put here; it may count less by now.
    var count: Int64
    var key: UInt64
    var pair: UInt32
    /// Where its words are listed, and how many.
    var start: UInt32
    var length: UInt32

    @inline(__always)
    func precedes(_ other: Item) -> Bool {
      count != other.count ? count > other.count : key < other.key
    }
  }

  private var items = GrowableArray<Item>(capacity: 1 << 12)

  mutating func push(_ item: Item) {
    items.append(item)
    let base = items.base
    var place = items.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard item.precedes(base[parent]) else { break }
      base[place] = base[parent]
      place = parent
    }
    base[place] = item
  }

  /// Takes out the first item whose count still holds; those that lost some go back in their place.
  ///
  /// Exact: counts of waiting pairs only fall, or rise together with a new item that says so.
  mutating func pop(_ counts: borrowing GrowableArray<Int64>) -> Item? {
    while items.count > 0 {
      var top = items[0]
      let now = max(counts[Int(top.pair)], 0)
      if top.count == now {
        guard now > 0 else { return nil }
        removeTop()
        return top
      }
      // Also down to 0: a pair may arise again.
      top.count = now
      sink(top)
    }
    return nil
  }

  private mutating func removeTop() {
    let last = items[items.count - 1]
    items.removeLast()
    if items.count > 0 { sink(last) }
  }

  /// Puts `item` in the place of the first one, and down to where it belongs.
  private func sink(_ item: Item) {
    let base = items.base
    let count = items.count
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < count else { break }
      if child + 1 < count, base[child + 1].precedes(base[child]) { child += 1 }
      guard base[child].precedes(item) else { break }
      base[place] = base[child]
      place = child
    }
    base[place] = item
  }
}
