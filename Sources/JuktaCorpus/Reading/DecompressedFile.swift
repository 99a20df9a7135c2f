/// A file's bytes, decompressed, a chunk at a time, on the thread that asks.
///
/// For files that are merged many at once: no reading thread and no queue of blocks each.
package final class DecompressedFile {
  /// How messages name it.
  package let name: String
  private let source: ByteSource
  private let stream: Decompressor

  /// - Parameter path: A file, plain, gzip or zstd; `-` stands for standard input.
  package init(_ path: String) throws(CorpusError) {
    source = try ByteSource(path, ByteSource.Progress())
    name = source.name
    stream = try Decompressor(source)
  }

  /// Bytes read so far, compressed ones where the file is compressed.
  package var bytesRead: Int { source.offset }

  /// Appends the next chunk, of at most `limit` bytes; false at the end.
  package func read(into bytes: inout [UInt8], atMost limit: Int = 1 << 18) throws(CorpusError)
    -> Bool
  {
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
