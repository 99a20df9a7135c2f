/// Small numbers as runs of one value and as packed bits: levels, and places in a dictionary.
struct HybridDecoder {
  private var bytes: ByteCursor
  private let width: Int
  /// Values left of the run.
  private var left = 0
  private var isPacked = false
  private var repeated: UInt32 = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  init(_ bytes: ByteCursor, width: Int) throws(ParquetFault) {
    guard width <= 32 else { throw .broken("numbers of \(width) bits") }
    self.bytes = bytes
    self.width = width
  }

  @inline(__always)
  mutating func next() throws(ParquetFault) -> UInt32 {
    if left == 0 { try beginRun() }
    left -= 1
    return isPacked ? try unpack() : repeated
  }

  private mutating func beginRun() throws(ParquetFault) {
    // Zeros of no width need no bytes.
    if width == 0, bytes.left == 0 {
      (isPacked, repeated, left) = (false, 0, .max)
      return
    }
    let head = try bytes.varint()
    guard head >> 1 > 0, head >> 1 < 1 << 32 else { throw .broken("a run of \(head >> 1) values") }
    isPacked = head & 1 == 1
    if isPacked {
      left = Int(head >> 1) * 8
      (bits, bitCount) = (0, 0)
      return
    }
    left = Int(head >> 1)
    repeated = 0
    for shift in 0..<((width + 7) / 8) {
      repeated |= UInt32(try bytes.byte()) << UInt32(shift * 8)
    }
  }

  private mutating func unpack() throws(ParquetFault) -> UInt32 {
    while bitCount < width {
      bits |= UInt64(try bytes.byte()) << UInt64(bitCount)
      bitCount += 8
    }
    let value = UInt32(truncatingIfNeeded: bits & ((1 << UInt64(width)) - 1))
    bits >>= UInt64(width)
    bitCount -= width
    return value
  }
}
