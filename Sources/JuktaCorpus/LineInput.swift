/// The lines of files as they are, decompressed: for commands that work on one text a line.
///
/// Nothing is checked and nothing is taken away but the line feed, so that line *n* of the output
/// belongs to line *n* of the input. Of Parquet each row is a text, whatever lines are in it.
package final class LineInput: Sendable {
  private let queue: BlockQueue
  private let progress = ByteSource.Progress()
  private let paths: [String]

  /// - Parameters:
  ///   - paths: Files; none or `-` stands for standard input.
  ///   - callers: How many will ask for blocks at once.
  ///   - field: The column of Parquet files that holds the text; nil for `content` or `text`.
  package init(_ paths: [String], callers: Int = 1, field: String? = nil) {
    self.paths = paths.isEmpty ? ["-"] : paths
    queue = BlockQueue(limit: callers + 2, capacity: 1 << 20)
    var reader = BlockReader(
      paths: self.paths, content: .lines, queue: queue, progress: progress)
    reader.parquet.field = field
    reader.start()
  }

  deinit { queue.close() }

  /// Bytes read so far, compressed ones where files are compressed.
  package var bytesRead: Int { progress.bytes.load(ordering: .relaxed) }

  /// The size of all files, nil where one is not a regular file.
  package var size: Int? { Corpus.size(of: paths) }

  /// Hands the next block to `body`, nil at the end; several threads may call at once.
  package func withNextBlock<Result>(_ body: (Block?) throws -> Result) throws -> Result {
    guard let block = try queue.take() else { return try body(nil) }
    defer { queue.giveBack(block) }
    return try body(block)
  }
}

extension Block {
  /// Whether it holds rows of Parquet in place of lines.
  package var hasRows: Bool { layout == .parquet }

  /// Calls `body` with each line, or row, and its number in the file.
  package func forEachLine(_ body: (Span<UInt8>, Int) throws -> Void) rethrows {
    guard !hasRows else { return try forEachRow(body) }
    var start = 0
    var line = firstLine
    while start < count {
      let end = LineScan.lineEnd(bytes, from: start)
      try body(UnsafeBufferPointer(rebasing: bytes[start..<end]).span, line)
      start = end + 1
      line += 1
    }
  }

  /// Calls `body` with each row and its number in the file.
  func forEachRow<E: Error>(_ body: (Span<UInt8>, Int) throws(E) -> Void) throws(E) {
    var start = 0
    for (index, end) in rowEnds.enumerated() {
      try body(UnsafeBufferPointer(rebasing: bytes[start..<end]).span, firstLine + index)
      start = end
    }
  }
}
