#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A text file that cannot be worked on.
public struct TextFileError: Error, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The line, from 1; nil where the file cannot be read.
  public let line: Int?
  /// What went wrong.
  public let cause: String

  /// File, line and cause.
  public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(cause)" }
}

/// The lines of a file, a block of whole ones at a time: what is held is a block and its last line's
/// beginning, whatever the size of the file.
///
/// Soundness: `read` is handed a stretch of an array's own bytes with its true size, while the array
/// is borrowed for it; the descriptor is closed once, at the end of the file or in `deinit`.
final class LineBlocks {
  /// Whole lines.
  struct Block: Sendable {
    var bytes: [UInt8]
    /// The number of the first line, from 1.
    var firstLine: Int

    /// Calls `body` with each line, without its line feed, and its number.
    func forEachLine(_ body: (Span<UInt8>, Int) throws -> Void) rethrows {
      let span = bytes.span
      var (start, line) = (0, firstLine)
      while start < span.count {
        var end = start
        while end < span.count, span[end] != UInt8(ascii: "\n") { end += 1 }
        try body(span.extracting(start..<end), line)
        start = end + 1
        line += 1
      }
    }
  }

  private let path: String
  private let size: Int
  private var descriptor: Int32
  /// What is read behind the last whole line.
  private var rest: [UInt8] = []
  private var line = 1

  /// - Parameter size: about how many bytes a block has.
  init(_ path: String, size: Int = 1 << 18) throws(TextFileError) {
    (self.path, self.size) = (path, size)
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw error() }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func error() -> TextFileError {
    TextFileError(path: path, line: nil, cause: String(cString: strerror(errno)))
  }

  /// The next block; nil at the end.
  func next() throws(TextFileError) -> Block? {
    guard descriptor >= 0 else { return nil }
    var chunk = rest
    var isAtEnd = false
    var end: Int?
    while end == nil, !isAtEnd {
      let start = chunk.count
      isAtEnd = try !fill(&chunk)
      end = chunk[start...].lastIndex(of: UInt8(ascii: "\n"))
    }
    if isAtEnd {
      close(descriptor)
      descriptor = -1
      return chunk.isEmpty ? nil : Block(bytes: chunk, firstLine: line)
    }
    let count = (end ?? 0) + 1
    rest = Array(chunk[count...])
    chunk.removeLast(chunk.count - count)
    defer { for byte in chunk where byte == UInt8(ascii: "\n") { line += 1 } }
    return Block(bytes: chunk, firstLine: line)
  }

  /// Reads once behind what `chunk` holds; false at the end of the file.
  private func fill(_ chunk: inout [UInt8]) throws(TextFileError) -> Bool {
    let (start, size, descriptor) = (chunk.count, max(size, chunk.count), descriptor)
    chunk.append(contentsOf: repeatElement(0, count: size))
    var count = 0
    repeat {
      count = chunk.withUnsafeMutableBytes { bytes in
        readBytes(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      }
    } while count < 0 && errno == EINTR
    if count < 0 { throw error() }
    chunk.removeLast(size - count)
    return count > 0
  }
}

private func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.read(descriptor, bytes.baseAddress, bytes.count)
  #else
    Darwin.read(descriptor, bytes.baseAddress, bytes.count)
  #endif
}
