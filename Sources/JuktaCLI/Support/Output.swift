import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Buffered output to standard output or to a file.
///
/// A file appears whole or not at all: bytes go to a file beside it, which `finish()` flushes to disk
/// and renames; without that call it is taken away. A reader that closes its end early (`| head`)
/// ends the program quietly with status 0; any other failure, a full disk among them, is an error
/// that names its cause.
struct Output: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private let aside: String?
  private let slot: Interruption.Slot
  private var isFinished = false
  private(set) var buffer = ByteBuffer(capacity: 1 << 17)

  private init(
    _ descriptor: Int32, _ name: String, aside: String?, _ slot: Interruption.Slot = .main
  ) {
    self.slot = slot
    self.descriptor = descriptor
    self.name = name
    self.aside = aside
  }

  /// - Parameters:
  ///   - path: a file; none or `-` stands for standard output.
  ///   - slot: which of the files that are open at once it is.
  static func open(_ path: String?, _ slot: Interruption.Slot = .main) throws -> Output {
    guard let path, path != "-" else {
      return Output(STDOUT_FILENO, "standard output", aside: nil)
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(name: path, reason: "is a folder; name a file with -o")
    }
    // A device or a pipe is written as it is.
    let aside = exists && status.st_mode & S_IFMT != S_IFREG ? nil : path + ".partial-\(getpid())"
    // Noted before it exists: an interruption may come as soon as it does.
    Interruption.setUnfinished(aside, slot)
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    #if canImport(Glibc)
      let descriptor = Glibc.open(aside ?? path, flags, 0o644)
    #else
      let descriptor = Darwin.open(aside ?? path, flags, 0o644)
    #endif
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      Interruption.setUnfinished(nil, slot)
      throw OutputError(name: path, reason: reason)
    }
    return Output(descriptor, path, aside: aside, slot)
  }

  deinit {
    guard descriptor != STDOUT_FILENO else { return }
    close(descriptor)
    guard !isFinished, let aside else { return }
    unlink(aside)
    Interruption.setUnfinished(nil, slot)
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

  /// Appends bytes.
  mutating func write(_ bytes: Span<UInt8>) throws {
    if buffer.count + bytes.count >= 1 << 17 { try flush() }
    buffer.append(bytes)
  }

  /// Passes on what has gathered, and makes a file appear. Must be called at the end.
  mutating func finish() throws {
    try prepare()
    try place()
  }

  /// Passes on what has gathered, down to the disk: all that `finish()` does but the file's name.
  mutating func prepare() throws {
    try flush()
    guard descriptor != STDOUT_FILENO, aside != nil, fsync(descriptor) != 0 else { return }
    throw OutputError(name: name, reason: String(cString: strerror(errno)))
  }

  /// Makes a prepared file appear.
  mutating func place() throws {
    defer { isFinished = true }
    guard descriptor != STDOUT_FILENO, let aside else { return }
    guard rename(aside, name) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(aside)
      throw OutputError(name: name, reason: reason)
    }
    Interruption.setUnfinished(nil, slot)
  }

  /// Whether it is a file that will appear at its end, and not a device, a pipe or standard output.
  var isFile: Bool { aside != nil }

  /// Passes on what has gathered.
  mutating func flush() throws {
    let descriptor = descriptor
    let failure: Int32 = buffer.span.withUnsafeBufferPointer { bytes in
      var written = 0
      while written < bytes.count {
        let count = writeBytes(descriptor, UnsafeBufferPointer(rebasing: bytes[written...]))
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
  var description: String { "\(name): cannot be written: \(reason)" }
}
