/// Whole numbers as differences, packed in blocks: the lengths of texts.
struct DeltaDecoder {
  private var bytes: ByteCursor
  private let miniblocks: Int
  private let valuesAMiniblock: Int
  /// How many numbers there are.
  let count: Int
  private var left: Int
  private var value: Int64
  private var isFirst = true
  private var least: Int64 = 0
  private var widths: [UInt8] = []
  private var miniblock: Int
  private var miniblockLeft = 0
  private var width = 0
  private var packed = ByteCursor(UnsafeRawBufferPointer(start: nil, count: 0))
  private var bits: UInt64 = 0
  private var bitCount = 0

  init(_ bytes: ByteCursor) throws(ParquetFault) {
    self.bytes = bytes
    let block = try self.bytes.varint()
    let miniblocks = try self.bytes.varint()
    let count = try self.bytes.varint()
    let first = try self.bytes.zigzag()
    guard block > 0, block <= 1 << 16, block.isMultiple(of: 128), miniblocks > 0,
      miniblocks <= block, block.isMultiple(of: miniblocks), (block / miniblocks).isMultiple(of: 8)
    else { throw .broken("delta blocks of \(block) values in \(miniblocks) parts") }
    guard count <= UInt64(Int32.max) else { throw .broken("a page of \(count) lengths") }
    self.miniblocks = Int(miniblocks)
    valuesAMiniblock = Int(block / miniblocks)
    self.count = Int(count)
    left = Int(count)
    value = first
    miniblock = Int(miniblocks)
  }

  /// The next length.
  mutating func next() throws(ParquetFault) -> Int {
    guard left > 0 else { throw .broken("fewer lengths than values") }
    left -= 1
    if isFirst {
      isFirst = false
    } else {
      if miniblockLeft == 0 { try beginMiniblock() }
      miniblockLeft -= 1
      value = value &+ least &+ Int64(bitPattern: try unpack())
    }
    guard value >= 0, value <= Int64(Int32.max) else { throw .broken("a length of \(value)") }
    return Int(value)
  }

  /// What lies behind the last number.
  func rest() throws(ParquetFault) -> ByteCursor {
    var copy = self
    var unread = max(0, left - (isFirst ? 1 : 0))
    while unread > 0 {
      if copy.miniblockLeft == 0 { try copy.beginMiniblock() }
      unread -= copy.miniblockLeft
      copy.miniblockLeft = 0
    }
    return copy.bytes
  }

  private mutating func beginMiniblock() throws(ParquetFault) {
    if miniblock == miniblocks {
      least = try bytes.zigzag()
      widths.removeAll(keepingCapacity: true)
      for byte in try bytes.take(miniblocks) { widths.append(byte) }
      miniblock = 0
    }
    width = Int(widths[miniblock])
    guard width <= 64 else { throw .broken("numbers of \(width) bits") }
    miniblock += 1
    miniblockLeft = valuesAMiniblock
    packed = ByteCursor(try bytes.take(width * valuesAMiniblock / 8))
    (bits, bitCount) = (0, 0)
  }

  private mutating func unpack() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    var got = 0
    while got < width {
      if bitCount == 0 {
        bits = UInt64(try packed.byte())
        bitCount = 8
      }
      let taken = min(bitCount, width - got)
      value |= (bits & ((1 << UInt64(taken)) - 1)) << UInt64(got)
      bits >>= UInt64(taken)
      bitCount -= taken
      got += taken
    }
    return value
  }
}
