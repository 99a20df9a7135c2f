internal import CZlib
internal import CZstd

/// Text packed and unpacked in the test itself, by the libraries that `gzip` and `zstd` are: whoever
/// runs the tests need not have the programs.
///
/// Soundness: outputs have the room that the libraries' own bounds ask for, or come in chunks; the
/// libraries are told the length of all they read and write.
public enum Packed {
  /// One gzip member.
  public static func gzip(_ text: some Collection<UInt8>) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = Array(text)
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))) + 64)
    let count = input.withUnsafeMutableBufferPointer { from in
      output.withUnsafeMutableBufferPointer { to in
        stream.next_in = from.baseAddress
        stream.avail_in = UInt32(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = UInt32(to.count)
        deflate(&stream, Z_FINISH)
        return to.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }

  /// The same of a string.
  public static func gzip(_ text: String) -> [UInt8] { gzip(text.utf8) }

  /// One zstd frame with a checksum, written as a stream: its window is `windowLog` whatever the size.
  public static func zstd(_ text: some Collection<UInt8>, windowLog: Int32 = 0) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    if windowLog > 0 { ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog) }
    let input = Array(text)
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(input.count) + 64)
    let count = input.withUnsafeBytes { from in
      output.withUnsafeMutableBytes { to in
        var given = ZSTD_inBuffer(src: from.baseAddress, size: from.count, pos: 0)
        var room = ZSTD_outBuffer(dst: to.baseAddress, size: to.count, pos: 0)
        // Two steps: with all in one the frame would be as small as its text.
        ZSTD_compressStream2(context, &room, &given, ZSTD_e_flush)
        ZSTD_compressStream2(context, &room, &given, ZSTD_e_end)
        return room.pos
      }
    }
    return Array(output[..<count])
  }

  /// The same of a string.
  public static func zstd(_ text: String) -> [UInt8] { zstd(text.utf8) }

  /// A frame that decoders pass over (RFC 8878, 3.1.2).
  public static func skippable(_ content: [UInt8], kind: UInt8 = 0) -> [UInt8] {
    let size = UInt32(content.count)
    return [0x50 | kind, 0x2A, 0x4D, 0x18]
      + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + content
  }

  /// What one or more gzip members hold; nil where they are broken.
  public static func gunzip(_ packed: some Collection<UInt8>) -> [UInt8]? {
    var stream = z_stream()
    inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { inflateEnd(&stream) }
    var (input, output) = (Array(packed), [UInt8]())
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let isWhole = input.withUnsafeMutableBufferPointer { from in
      stream.next_in = from.baseAddress
      stream.avail_in = UInt32(from.count)
      while true {
        let status = chunk.withUnsafeMutableBufferPointer { to in
          stream.next_out = to.baseAddress
          stream.avail_out = UInt32(to.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        output += chunk[..<(chunk.count - Int(stream.avail_out))]
        guard status == Z_OK || status == Z_STREAM_END else { return false }
        guard status == Z_STREAM_END else { continue }
        if stream.avail_in == 0 { return true }
        inflateReset(&stream)
      }
    }
    return isWhole ? output : nil
  }

  /// What one or more zstd frames hold; nil where they are broken.
  public static func unzstd(_ packed: some Collection<UInt8>) -> [UInt8]? {
    let context = ZSTD_createDStream()
    defer { ZSTD_freeDStream(context) }
    let input = Array(packed)
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    let isWhole = input.withUnsafeBytes { from in
      var given = ZSTD_inBuffer(src: from.baseAddress, size: from.count, pos: 0)
      while true {
        let (status, count) = chunk.withUnsafeMutableBytes { to in
          var room = ZSTD_outBuffer(dst: to.baseAddress, size: to.count, pos: 0)
          return (ZSTD_decompressStream(context, &room, &given), room.pos)
        }
        if ZSTD_isError(status) != 0 { return false }
        output += chunk[..<count]
        if given.pos == given.size, count < chunk.count { return status == 0 }
      }
    }
    return isWhole ? output : nil
  }
}
