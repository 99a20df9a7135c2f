/// Ids in the making, with one owner: `[UInt32]` would ask at each append whether it is shared.
///
/// Soundness: `base` points at `capacity` initialised ids; `count <= capacity` always; only this
/// type frees the memory, once.
struct IDBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 256) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
    base.initialize(repeating: 0, count: capacity)
  }

  deinit { base.deallocate() }

  mutating func removeAll() { count = 0 }

  /// Forgets the ids from `newCount` on, which must not be more than are held.
  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Makes room for `additional` more ids.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(to: count + additional) }
  }

  @inline(never)
  private mutating func grow(to minimum: Int) {
    let larger = max(minimum, capacity * 2)
    let moved = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
    moved.initialize(from: base, count: count)
    (moved + count).initialize(repeating: 0, count: larger - count)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }

  @inline(__always)
  mutating func append(_ id: UInt32) {
    reserve(1)
    base[count] = id
    count += 1
  }

  /// Adds to the last value; there must be one.
  mutating func extendLast(by amount: UInt32) {
    precondition(count > 0)
    base[count - 1] += amount
  }

  /// The place behind the last id, with room for `room` more.
  @inline(__always)
  mutating func tail(_ room: Int) -> UnsafeMutablePointer<UInt32> {
    reserve(room)
    return base + count
  }

  /// Counts in what was written to `tail`.
  @inline(__always)
  mutating func advance(by written: Int) {
    assert(count + written <= capacity)
    count += written
  }

  /// The ids from `start` on, until the buffer is next changed.
  func ids(from start: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: base + start, count: count - start)
  }

  /// The ids, until the buffer is next changed.
  var span: Span<UInt32> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeStart: UnsafePointer(base), count: count)
      return _overrideLifetime(span, borrowing: self)
    }
  }
}
