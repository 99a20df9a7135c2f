internal import CZlib
internal import CZstd

/// The text of a file: as it lies there, or out of gzip or zstd, told by the first bytes and never
/// by the name. Several gzip members or zstd frames in a row are one text.
///
/// Soundness: zlib and zstd are handed the rest of `input` and the room of the caller, with their
/// lengths, and write no further; the z_stream lives at a fixed address from `init` to `deinit`,
/// since zlib keeps a pointer to it.
final class Decompressor {
  private enum Format { case plain, gzip, zstd }
  private static let inputSize = 1 << 18

  private let source: ByteSource
  private var format = Format.plain
  /// Whether the file is packed, by gzip or zstd.
  var isCompressed: Bool { format != .plain }
  private let input: UnsafeMutableRawPointer
  private var start = 0
  private var end = 0
  private var zlib: UnsafeMutablePointer<z_stream>?
  private var zstd: OpaquePointer?
  /// Whether the last member or frame has ended, so that the file may end here.
  private var isBetweenFrames = true

  init(_ source: ByteSource) throws(CorpusError) {
    self.source = source
    input = .allocate(byteCount: Self.inputSize, alignment: 64)
    // A pipe may give less than the four bytes that tell, and no more before it has its answer.
    while end < 4,
      Self.mayBecomeMagic((0..<end).map { input.load(fromByteOffset: $0, as: UInt8.self) })
    {
      let count = try source.read(
        UnsafeMutableRawBufferPointer(start: input + end, count: Self.inputSize - end))
      if count == 0 { break }
      end += count
    }
    let magic = (0..<end).prefix(4).map { input.load(fromByteOffset: $0, as: UInt8.self) }
    if magic.starts(with: [0x1F, 0x8B]) {
      try startGzip()
    } else if isZstd(magic) {
      format = .zstd
      zstd = ZSTD_createDStream()
      if zstd == nil { throw failure("zstd", "cannot be read: out of memory") }
      // What `zstd --long=31` writes can be read too; memory is what the frame asks for.
      ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, 31)
    }
  }

  deinit {
    if let zlib {
      inflateEnd(zlib)
      zlib.deallocate()
    }
    ZSTD_freeDStream(zstd)
    input.deallocate()
  }

  /// A frame, or a skippable frame before one.
  private func isZstd(_ magic: [UInt8]) -> Bool {
    guard magic.count == 4 else { return false }
    return magic == [0x28, 0xB5, 0x2F, 0xFD]
      || (magic[0] & 0xF0 == 0x50 && magic[1...] == [0x2A, 0x4D, 0x18])
  }

  /// Whether bytes begin as packed data do, as far as they go.
  private static func mayBecomeMagic(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    let magic: [UInt8] =
      switch first {
      case 0x1F: [0x1F, 0x8B]
      case 0x28: [0x28, 0xB5, 0x2F, 0xFD]
      case 0x50...0x5F: [first, 0x2A, 0x4D, 0x18]
      default: []
      }
    return magic.starts(with: bytes)
  }

  /// Whether reading more would have to wait, even after `milliseconds`: asked after a reading that
  /// did not fill its room, so that nothing is left inside the decoder.
  func isDry(for milliseconds: Int32) -> Bool { start == end && source.isDry(for: milliseconds) }

  private func startGzip() throws(CorpusError) {
    format = .gzip
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16: a gzip header is expected, and its checksum is checked.
    guard
      inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else {
      stream.deallocate()
      throw failure("gzip", "cannot be read: out of memory")
    }
    zlib = stream
  }

  private func failure(_ format: String, _ detail: String) -> CorpusError {
    let place = source.offset - (end - start)
    return CorpusError(
      file: source.name, line: nil,
      reason: .brokenCompression(format: format, detail: detail, compressedOffset: place))
  }

  /// Writes text into `room`; 0 at the end of the file.
  func read(_ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    switch format {
    case .plain: return try readPlain(room)
    case .gzip: return try readGzip(room)
    case .zstd: return try readZstd(room)
    }
  }

  private func readPlain(_ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    guard start < end else { return try source.read(room) }
    let count = min(end - start, room.count)
    room.copyMemory(from: UnsafeRawBufferPointer(start: input + start, count: count))
    start += count
    return count
  }

  /// Whether there is input left, after reading more where there was none.
  private func refill() throws(CorpusError) -> Bool {
    guard start == end else { return true }
    start = 0
    end = try source.read(UnsafeMutableRawBufferPointer(start: input, count: Self.inputSize))
    return end > 0
  }

  private func readGzip(_ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    guard let zlib else { return 0 }
    while true {
      guard try refill() else {
        if isBetweenFrames { return 0 }
        throw failure("gzip", "ends in the middle")
      }
      if isBetweenFrames {
        // Zeros behind the last member pad a tape or a disk block: gzip itself lets them pass.
        if input.load(fromByteOffset: start, as: UInt8.self) == 0 {
          start += 1
          continue
        }
        isBetweenFrames = false
      }
      zlib.pointee.next_in = (input + start).assumingMemoryBound(to: UInt8.self)
      zlib.pointee.avail_in = UInt32(end - start)
      zlib.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
      zlib.pointee.avail_out = UInt32(min(room.count, 1 << 30))
      let before = zlib.pointee.avail_out
      let status = inflate(zlib, Z_NO_FLUSH)
      start = end - Int(zlib.pointee.avail_in)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END:
        isBetweenFrames = true
        inflateReset(zlib)
      default:
        throw failure(
          "gzip", "is broken (\(zlib.pointee.msg.map { String(cString: $0) } ?? "error \(status)"))"
        )
      }
      let written = Int(before - zlib.pointee.avail_out)
      if written > 0 { return written }
    }
  }

  private func readZstd(_ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    while true {
      var given = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
      // With no input left there may still be text inside the decoder.
      let hasInput = try refill()
      if !hasInput, isBetweenFrames { return 0 }
      var taken = ZSTD_inBuffer(src: input, size: end, pos: start)
      let status = ZSTD_decompressStream(zstd, &given, &taken)
      if ZSTD_isError(status) != 0 {
        throw failure("zstd", "is broken (\(String(cString: ZSTD_getErrorName(status))))")
      }
      start = taken.pos
      isBetweenFrames = status == 0
      if given.pos > 0 { return given.pos }
      if !hasInput, !isBetweenFrames { throw failure("zstd", "ends in the middle") }
    }
  }
}
