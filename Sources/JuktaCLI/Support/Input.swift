#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines of text from files or standard input.
enum Input {
  /// Hands each line, without its line end, to `body`; none or `-` stands for standard input.
  static func forEachLine(_ paths: [String], _ body: (Span<UInt8>) throws -> Void) throws {
    for path in paths.isEmpty ? ["-"] : paths {
      let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
      guard descriptor >= 0 else {
        throw InputError(path: path, reason: String(cString: strerror(errno)))
      }
      defer { if descriptor != STDIN_FILENO { close(descriptor) } }
      try forEachLine(of: descriptor, path, body)
    }
  }

  private static func forEachLine(
    of descriptor: Int32, _ path: String, _ body: (Span<UInt8>) throws -> Void
  ) throws {
    var pending: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 { throw InputError(path: path, reason: String(cString: strerror(errno))) }
      if count == 0 { break }
      var start = 0
      while let end = chunk[start..<count].firstIndex(of: UInt8(ascii: "\n")) {
        if pending.isEmpty {
          try body(chunk.span.extracting(start..<end))
        } else {
          pending += chunk[start..<end]
          try body(pending.span)
          pending.removeAll(keepingCapacity: true)
        }
        start = end + 1
      }
      pending += chunk[start..<count]
    }
    if !pending.isEmpty { try body(pending.span) }
  }
}

/// Input that could not be read.
struct InputError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}
