internal import CBrotli
internal import CLZ4
internal import CSnappy
internal import CZlib
internal import CZstd

/// Unpacks pages.
///
/// Soundness: each library gets the input and the room with their lengths, and writes no further;
/// sizes are below 2^31, which `ParquetPageHeader` checks, so they fit the libraries' integers. What a
/// page claims to unpack to is compared with what its codec says of itself, or could do at most,
/// before memory is asked for.
final class ParquetCodec {
  private var zstd: OpaquePointer?

  init() {}
  deinit { ZSTD_freeDCtx(zstd) }

  /// The codecs by their numbers in the format.
  enum Kind: Int {
    case none, snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw

    var name: String {
      switch self {
      case .none: "uncompressed"
      case .snappy: "snappy"
      case .gzip: "gzip"
      case .lzo: "lzo"
      case .brotli: "brotli"
      case .lz4, .lz4Raw: "lz4"
      case .zstd: "zstd"
      }
    }
  }

  /// Unpacks `input` into `output`, which gets exactly `size` bytes.
  func unpack(
    _ kind: Kind, _ input: UnsafeRawBufferPointer, size: Int, into output: PageBuffer
  ) throws(ParquetFault) {
    guard kind == .none || Self.most(kind, input) >= size else {
      throw .broken("\(kind.name) data of \(input.count) bytes that claim to be \(size)")
    }
    output.resize(size)
    // An empty page may have no compressed bytes at all.
    if size == 0, input.isEmpty { return }
    let written: Int? =
      switch kind {
      case .none: Self.copy(input, output.room)
      case .snappy: Self.snappy(input, output.room)
      case .gzip: Self.gzip(input, output.room)
      case .brotli: Self.brotli(input, output.room)
      case .lz4: Self.hadoop(input, output.room) ?? Self.block(input, output.room)
      case .lz4Raw: Self.block(input, output.room)
      case .zstd: try unpackZstd(input, output.room)
      case .lzo: throw .unsupported("is compressed with lzo; write it with zstd or snappy")
      }
    guard let written else { throw .broken("\(kind.name) data that is broken") }
    guard written == size else {
      throw .broken("\(kind.name) data of \(written) bytes where \(size) are told of")
    }
  }

  /// How many bytes may come out at most.
  private static func most(_ kind: Kind, _ input: UnsafeRawBufferPointer) -> Int {
    switch kind {
    case .none: return input.count
    case .snappy:
      var claim = 0
      let status = snappy_uncompressed_length(
        input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count, &claim)
      return status == SNAPPY_OK ? claim : -1
    case .zstd:
      let claim = ZSTD_getFrameContentSize(input.baseAddress, input.count)
      // The first frame's size, where it is told; several frames are rare, and then it is no bound.
      guard claim < UInt64(Int32.max),
        ZSTD_findFrameCompressedSize(input.baseAddress, input.count)
          == input.count
      else { return .max }
      return Int(claim)
    // Deflate's longest match takes two bits, LZ4's lengths grow by 255 a byte.
    case .gzip: return input.count * 1032 + 64
    case .lz4, .lz4Raw: return input.count * 255 + 64
    case .brotli, .lzo: return .max
    }
  }

  private static func copy(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard input.count == room.count else { return nil }
    room.copyMemory(from: input)
    return input.count
  }

  private static func snappy(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var count = room.count
    let status = snappy_uncompress(
      input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
      room.baseAddress?.assumingMemoryBound(to: CChar.self), &count)
    return status == SNAPPY_OK ? count : nil
  }

  /// Several members in a row are one text.
  private static func gzip(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 32 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(input.count)
    stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(room.count)
    while true {
      guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
      guard stream.avail_in > 0 else { return room.count - Int(stream.avail_out) }
      guard inflateReset(&stream) == Z_OK else { return nil }
    }
  }

  private static func brotli(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var count = room.count
    let status = BrotliDecoderDecompress(
      input.count, input.baseAddress?.assumingMemoryBound(to: UInt8.self), &count,
      room.baseAddress?.assumingMemoryBound(to: UInt8.self))
    return status == BROTLI_DECODER_RESULT_SUCCESS ? count : nil
  }

  /// A bare LZ4 block.
  private static func block(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    let count = LZ4_decompress_safe(
      input.baseAddress?.assumingMemoryBound(to: CChar.self),
      room.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(input.count), Int32(room.count))
    return count < 0 ? nil : Int(count)
  }

  /// LZ4 as Hadoop frames it: the unpacked size, then blocks behind their sizes until it is reached,
  /// over and over; sizes are big-endian.
  private static func hadoop(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var position = 0
    var written = 0
    func size() -> Int? {
      guard input.count - position >= 4 else { return nil }
      defer { position += 4 }
      return Int(
        UInt32(bigEndian: input.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    }
    while position < input.count {
      guard let unpacked = size(), unpacked <= room.count - written else { return nil }
      let end = written + unpacked
      while written < end {
        guard let packed = size(), packed > 0, packed <= input.count - position,
          let count = block(
            UnsafeRawBufferPointer(rebasing: input[position..<position + packed]),
            UnsafeMutableRawBufferPointer(rebasing: room[written..<end])), count > 0
        else { return nil }
        position += packed
        written += count
      }
    }
    return written
  }

  private func unpackZstd(
    _ input: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) throws(ParquetFault) -> Int? {
    if zstd == nil { zstd = ZSTD_createDCtx() }
    guard let zstd else { throw .overLimit("needs more memory than there is") }
    let count = ZSTD_decompressDCtx(
      zstd, room.baseAddress, room.count, input.baseAddress, input.count)
    return ZSTD_isError(count) == 0 ? count : nil
  }

  /// The checksum of bytes as they are stored.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(
        0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
