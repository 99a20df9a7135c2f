/// A growable run of bytes with one owner: the output side of every hot loop.
///
/// `[UInt8]` pays a uniqueness check on each write through a stored property; a buffer that cannot
/// be copied has nothing to check. It never shrinks, so a worker that reuses one allocates only
/// until it has seen its longest text.
///
/// Soundness: `base` points at `capacity` bytes, or `capacity` is 0; `count <= capacity` always;
/// the first `count` bytes are initialised; only this type frees the memory, once, in `deinit`.
public struct ByteBuffer: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  /// The number of bytes held.
  public private(set) var count: Int
  @usableFromInline private(set) var capacity: Int

  /// Creates an empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 64) {
    self.capacity = max(capacity, 16)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  /// The bytes held, for reading. Valid until the buffer is next changed.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeStart: UnsafePointer(base), count: count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the bytes held.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Forgets the bytes but keeps the memory.
  public mutating func removeAll() { count = 0 }

  /// Makes room for `additional` more bytes. Amortised O(1).
  @inline(__always)
  public mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(to: count + additional) }
  }

  @inline(never)
  private mutating func grow(to minimum: Int) {
    let larger = max(minimum, capacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  /// Appends one byte.
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  /// Appends a run of bytes.
  @inline(__always)
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Appends a run of bytes.
  @inline(__always)
  public mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  /// Makes `count` bytes behind the last one readable: zeros that do not count as held, and are gone
  /// with the next append.
  mutating func pad(_ count: Int) {
    reserve(count)
    (base + self.count).initialize(repeating: 0, count: count)
  }

  /// Shortens the buffer to `newCount` bytes, which must not be more than it holds.
  public mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Drops the first `number` bytes, which must not be more than it holds.
  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count)
    guard number > 0 else { return }
    base.update(from: base + number, count: count - number)
    count -= number
  }

  /// Hands out the free tail to write into; `body` returns how many bytes it wrote.
  @inline(__always)
  mutating func appendUninitialized(
    atMost room: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    reserve(room)
    let written = body(base + count)
    assert(written >= 0 && written <= room)
    count += written
  }
}
