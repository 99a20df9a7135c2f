/// The runs of an alignment in the making, with one owner: an array would ask at each append whether it
/// is shared, twice a word.
///
/// Soundness: `base` points at `capacity` runs of which the first `count` are initialised;
/// `count < capacity` always, so that a guard behind the last has a place; only this type frees the
/// memory, once.
struct AlignmentRuns: ~Copyable {
  private var base: UnsafeMutablePointer<Alignment.Run>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 256) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  private mutating func append(_ run: Alignment.Run) {
    (base + count).initialize(to: run)
    count += 1
    if count == capacity { grow() }
  }

  @inline(never)
  private mutating func grow() {
    let moved = UnsafeMutablePointer<Alignment.Run>.allocate(capacity: capacity * 2)
    moved.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (moved, capacity * 2)
  }

  /// The place of normalised byte `position` in the original, as `Alignment.originalStart(of:)`, looking
  /// from the end: for a place near it.
  func originalStart(nearEnd position: Int) -> Int {
    var index = count - 1
    while index > 0, Int(base[index].normalized) > position { index -= 1 }
    return index < 0 ? position : Self.start(of: position, base[index])
  }

  @inline(__always)
  private static func start(of position: Int, _ run: Alignment.Run) -> Int {
    Int(run.original) + (run.blockLength == 0 ? position - Int(run.normalized) : 0)
  }

  /// Hands out a cursor for places in increasing order, which ends with the body.
  @inline(__always)
  mutating func withCursor<Result>(_ body: (inout Cursor) -> Result) -> Result {
    if count == 0 { append(Alignment.Run(normalized: 0, original: 0, blockLength: 0)) }
    // Behind every place there is.
    (base + count).initialize(
      to: Alignment.Run(normalized: .max, original: 0, blockLength: 0))
    var cursor = Cursor(base)
    return body(&cursor)
  }

  /// Looks places up in increasing order, from 0 on. Soundness: places are below `UInt32.max`, where the
  /// guard starts, so `next` never goes beyond it.
  struct Cursor {
    /// The run behind the one that we are in.
    private var next: UnsafeMutablePointer<Alignment.Run>
    /// What a place in this run becomes: itself, or 0 in a block, and `shift` more.
    private var mask = 0
    private var shift = 0
    /// Where this run ends.
    private var end: UInt32 = 0

    fileprivate init(_ first: UnsafeMutablePointer<Alignment.Run>) { next = first }

    /// As `Alignment.originalStart(of:)`.
    @inline(__always)
    mutating func originalStart(of position: UInt32) -> Int {
      while end <= position {
        let run = next.pointee
        let isCopy = run.blockLength == 0
        shift = Int(run.original) - (isCopy ? Int(run.normalized) : 0)
        mask = isCopy ? -1 : 0
        next += 1
        end = next.pointee.normalized
      }
      return Int(position) & mask &+ shift
    }
  }

  /// The runs, until the buffer is next changed.
  var runs: UnsafeBufferPointer<Alignment.Run> { UnsafeBufferPointer(start: base, count: count) }
}

/// Where a normaliser notes what its output came from.
protocol AlignmentSink: ~Copyable {
  /// Whether anything is noted.
  static var isWanted: Bool { get }
  /// As `Alignment.appendCopy`.
  mutating func appendCopy(normalized: Int, original: Int)
  /// As `Alignment.appendBlock`.
  mutating func appendBlock(normalized: Int, original: Range<Int>)
  /// Forgets the runs that start at or after `normalized`, and gives the place that it came from.
  mutating func cut(at normalized: Int) -> Int
}

extension AlignmentRuns: AlignmentSink {
  static var isWanted: Bool { true }

  @inline(__always)
  mutating func appendCopy(normalized: Int, original: Int) {
    if count > 0 {
      let last = base[count - 1]
      if last.blockLength == 0,
        Int(last.original) - Int(last.normalized) == original - normalized
      {
        return
      }
    }
    append(
      Alignment.Run(
        normalized: UInt32(truncatingIfNeeded: normalized),
        original: UInt32(truncatingIfNeeded: original), blockLength: 0))
  }

  @inline(__always)
  mutating func appendBlock(normalized: Int, original: Range<Int>) {
    append(
      Alignment.Run(
        normalized: UInt32(truncatingIfNeeded: normalized),
        original: UInt32(truncatingIfNeeded: original.lowerBound),
        blockLength: UInt32(truncatingIfNeeded: original.count + 1)))
  }

  mutating func cut(at normalized: Int) -> Int {
    let start = originalStart(nearEnd: normalized)
    while count > 0, Int(base[count - 1].normalized) >= normalized { count -= 1 }
    return start
  }
}

/// Notes nothing.
struct NoAlignment: AlignmentSink {
  static var isWanted: Bool { false }
  @inline(__always) mutating func appendCopy(normalized: Int, original: Int) {}
  @inline(__always) mutating func appendBlock(normalized: Int, original: Range<Int>) {}
  mutating func cut(at normalized: Int) -> Int { 0 }
}
