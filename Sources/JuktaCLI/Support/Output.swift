import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Buffered output to a file descriptor.
///
/// A reader that closes its end early (`| head`) ends the program quietly with status 0; any other
/// failure, a full disk among them, is an error that names its cause.
struct Output: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private(set) var buffer = ByteBuffer(capacity: 1 << 17)

  /// Standard output.
  init() {
    descriptor = STDOUT_FILENO
    name = "standard output"
  }

  /// Lets `body` append bytes, and passes them on once enough have gathered.
  mutating func write(_ body: (inout ByteBuffer) throws -> Void) throws {
    try body(&buffer)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends a string.
  mutating func write(_ text: String) throws {
    var text = text
    text.withUTF8 { buffer.append($0) }
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Passes on what has gathered. Must be called at the end.
  mutating func flush() throws {
    let descriptor = descriptor
    let failure: Int32 = buffer.span.withUnsafeBufferPointer { bytes in
      var written = 0
      while written < bytes.count {
        let count = writeBytes(
          descriptor, UnsafeBufferPointer(rebasing: bytes[written...]))
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        written += count
      }
      return 0
    }
    buffer.removeAll()
    if failure == EPIPE { exit(0) }
    if failure != 0 { throw OutputError(name: name, reason: String(cString: strerror(failure))) }
  }
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  #if canImport(Glibc)
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  #else
    Darwin.write(descriptor, bytes.baseAddress, bytes.count)
  #endif
}

/// Output that could not be written.
struct OutputError: Error, CustomStringConvertible {
  let name: String
  let reason: String
  var description: String { "\(name): could not be written: \(reason)" }
}
