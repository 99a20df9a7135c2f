import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hands the bytes of a file to `body` as they lie there, a chunk at a time: parts that are put together
/// may begin as a compressed file does.
///
/// Soundness: `read` gets the buffer with its length, and `body` only what was read.
func forEachChunk(of path: String, _ body: (Span<UInt8>) throws -> Void) throws {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw ResumeError(path, "cannot be read: \(String(cString: strerror(errno)))")
  }
  defer { close(descriptor) }
  let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  defer { room.deallocate() }
  while true {
    let count = read(descriptor, room.baseAddress, room.count)
    if count == 0 { return }
    guard count > 0 else {
      if errno == EINTR { continue }
      throw ResumeError(path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
    try bytes.withMemoryRebound(to: UInt8.self) { try body($0.span) }
  }
}

/// All bytes of a small file.
func readWhole(_ path: String) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try forEachChunk(of: path) { chunk in
    chunk.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }
  return bytes
}

/// How long a file is; nil where there is none.
func fileSize(_ path: String) -> Int? {
  var status = stat()
  return stat(path, &status) == 0 ? Int(status.st_size) : nil
}
