public import Jukta

/// A file's bytes, decompressed, a chunk at a time, on the thread that asks.
///
///     let results = try job.run(counts: paths, open: DecompressedFile.init)
///
/// For files that are merged many at once: no reading thread and no queue of blocks each.
public final class DecompressedFile: ByteChunks {
  /// How messages name it: its path, or "standard input".
  public let name: String
  private let source: ByteSource
  private let stream: Decompressor

  /// Opens a file.
  /// - Parameter path: A file, plain, gzip or zstd; `-` stands for standard input.
  public init(_ path: String) throws(CorpusError) {
    source = try ByteSource(path, ByteSource.Progress())
    name = source.name
    stream = try Decompressor(source)
  }

  /// Bytes read so far, compressed ones where the file is compressed.
  public var bytesRead: Int { source.offset }

  /// Appends the next chunk; false at the end.
  /// - Throws: `CorpusError`.
  public func read(into bytes: inout [UInt8]) throws -> Bool {
    let limit = 1 << 18
    let old = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: limit))
    var count = 0
    // Typed throws do not pass through `withUnsafeMutableBytes`: carry it.
    var failure: CorpusError?
    bytes.withUnsafeMutableBytes { room in
      do throws(CorpusError) {
        count = try stream.read(UnsafeMutableRawBufferPointer(rebasing: room[old...]))
      } catch {
        failure = error
      }
    }
    bytes.removeLast(limit - count)
    if let failure { throw failure }
    return count > 0
  }
}
