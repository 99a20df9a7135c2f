/// Bytes read one after another.
///
/// Soundness: every load is behind a comparison with `end`, and `base` points at `end` readable bytes
/// for as long as the cursor is used: cursors over a `PageBuffer` are dropped before it is refilled,
/// which `ParquetColumn` and `ParquetFile` see to.
struct ByteCursor {
  private let base: UnsafeRawPointer
  private(set) var position = 0
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address: nothing is ever loaded from this one.
    base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    end = bytes.count
  }

  var left: Int { end - position }

  @inline(__always)
  mutating func byte() throws(ParquetFault) -> UInt8 {
    guard position < end else { throw .cut }
    defer { position += 1 }
    return base.load(fromByteOffset: position, as: UInt8.self)
  }

  /// A number of seven bits a byte, the low ones first; ten bytes at most.
  mutating func varint() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift: UInt64 in stride(from: 0, to: 70, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .broken("a number of more than ten bytes")
  }

  mutating func zigzag() throws(ParquetFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A little-endian number.
  @inline(__always)
  mutating func uint32() throws(ParquetFault) -> UInt32 {
    guard left >= 4 else { throw .cut }
    defer { position += 4 }
    return UInt32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  /// The next `count` bytes, where they lie.
  @inline(__always)
  mutating func take(_ count: Int) throws(ParquetFault) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= left else { throw .cut }
    defer { position += count }
    return UnsafeRawBufferPointer(start: base + position, count: count)
  }

  /// What is left, where it lies.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + position, count: left) }
}

/// Memory that a page is read or unpacked into, used over again.
///
/// Soundness: `base` points at `capacity` bytes from `init` to `deinit` or the next `resize`; memory
/// is not written before it is needed, so a page that only claims to be large costs nothing.
final class PageBuffer {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 1 << 12
    base = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { base.deallocate() }

  /// Makes it `count` bytes long; what they hold is not defined.
  func resize(_ count: Int) {
    if count > capacity {
      base.deallocate()
      capacity = max(count, min(capacity * 2, 1 << 26))
      base = .allocate(byteCount: capacity, alignment: 64)
    }
    self.count = count
  }

  var room: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base, count: count)
  }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}
