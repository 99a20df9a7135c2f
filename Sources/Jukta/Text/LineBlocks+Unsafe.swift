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
/// Soundness: `read` is handed the free tail of an array's own memory with its true size, and what it
/// wrote is what counts as initialised; `memchr` looks at a buffer's own bytes; the
/// descriptor is closed once, at the end of the file or in `deinit`.
final class LineBlocks {
  /// Whole lines.
  struct Block: Sendable {
    var bytes: [UInt8]

    /// Calls `body` with each line, without its line feed.
    func forEachLine(_ body: (Span<UInt8>) throws -> Void) rethrows {
      try bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        while start < bytes.count, let base = bytes.baseAddress {
          let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
          let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
          try body(UnsafeBufferPointer(rebasing: bytes[start..<end]).span)
          start = end + 1
        }
      }
    }
  }

  private let path: String
  private let size: Int
  private var descriptor: Int32
  /// What is read behind the last whole line.
  private var rest: [UInt8] = []

  /// - Parameter size: about how many bytes a block has.
  init(_ path: String, size: Int = 1 << 18) throws(TextFileError) {
    (self.path, self.size) = (path, size)
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw error(errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func error(_ code: Int32) -> TextFileError {
    TextFileError(path: path, line: nil, cause: String(cString: strerror(code)))
  }

  /// The next block; nil at the end.
  func next() throws(TextFileError) -> Block? {
    guard descriptor >= 0 else { return nil }
    var chunk = rest
    while true {
      let start = chunk.count
      chunk = try filled(chunk)
      if chunk.count == start {
        close(descriptor)
        descriptor = -1
        return chunk.isEmpty ? nil : Block(bytes: chunk)
      }
      guard let last = chunk[start...].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      rest = Array(chunk[(last + 1)...])
      chunk.removeLast(chunk.count - last - 1)
      return Block(bytes: chunk)
    }
  }

  /// `bytes` and what one read finds behind them; nothing more at the end of the file.
  private func filled(_ bytes: [UInt8]) throws(TextFileError) -> [UInt8] {
    let descriptor = descriptor
    let room = bytes.count + max(size, bytes.count)
    var failure: Int32 = 0
    let whole = [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      _ = memory.initialize(from: bytes)
      let tail = UnsafeMutableRawBufferPointer(
        UnsafeMutableBufferPointer(rebasing: memory[bytes.count...]))
      var found = 0
      repeat { found = readBytes(descriptor, tail) } while found < 0 && errno == EINTR
      if found < 0 { failure = errno }
      count = bytes.count + max(0, found)
    }
    if failure != 0 { throw error(failure) }
    return whole
  }
}

private func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.read(descriptor, bytes.baseAddress, bytes.count)
  #else
    Darwin.read(descriptor, bytes.baseAddress, bytes.count)
  #endif
}
