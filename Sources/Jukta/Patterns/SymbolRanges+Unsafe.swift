/// A stretch of a text, in scalars.
struct SymbolRange {
  var start: UInt32
  var end: UInt32
  /// Whether a marker stands in front that the text does not hold.
  var isMarked = false

  @inline(__always)
  init(_ start: Int, _ end: Int, isMarked: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.isMarked = isMarked
  }
}

/// A growing list of stretches with one owner; see `ByteBuffer`.
///
/// Soundness: `base` points at room for `capacity` ranges, of which the first `count` are initialised;
/// only this type frees it, once.
struct SymbolRanges: ~Copyable {
  private var base: UnsafeMutablePointer<SymbolRange>
  private(set) var count = 0
  private var capacity = 64

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ range: SymbolRange) {
    if count == capacity { grow() }
    (base + count).initialize(to: range)
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let moved = UnsafeMutablePointer<SymbolRange>.allocate(capacity: capacity * 2)
    moved.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (moved, capacity * 2)
  }

  @inline(__always)
  subscript(index: Int) -> SymbolRange {
    precondition(index < count)
    return base[index]
  }
}
