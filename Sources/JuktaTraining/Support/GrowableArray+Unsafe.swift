/// A growing run of plain values with one owner: `[Element]` would ask at each write through a
/// stored property whether it is shared.
///
/// Soundness: `base` points at `capacity` elements, of which the first `count` are initialised;
/// `count <= capacity` always; only this type frees the memory, once. Elements are bitwise copyable,
/// so nothing needs to be deinitialised. A pointer taken from `base` is good until the next append.
struct GrowableArray<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    (base + count).initialize(to: element)
    count += 1
  }

  /// Appends `additional` copies of `element`.
  mutating func append(repeating element: Element, count additional: Int) {
    if count + additional > capacity { grow(to: count + additional) }
    (base + count).initialize(repeating: element, count: additional)
    count += additional
  }

  mutating func removeAll() { count = 0 }

  mutating func removeLast() {
    assert(count > 0)
    count -= 1
  }

  @inline(never)
  private mutating func grow(to minimum: Int) {
    capacity = max(minimum, capacity + capacity / 2)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
