/// A fixed run of plain values that several workers may share.
///
/// `[Element]` can be shared for reading only; EM has workers that write disjoint parts of one
/// array, and hot loops that should pay neither uniqueness checks nor reference counting.
///
/// Soundness: `base` points at `count` initialised elements, freed once in `deinit`. Elements are
/// bitwise copyable, so a race could at worst give a wrong value, and every use keeps writers apart:
/// a worker writes only to the blocks it drew from a `BlockQueue`, or to an array of its own.
final class FlatArray<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  convenience init(_ elements: [Element], padding value: Element, by extra: Int = 0) {
    self.init(repeating: value, count: elements.count + extra)
    elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: source.count) }
    }
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  func fill(_ value: Element) { base.update(repeating: value, count: count) }
}
