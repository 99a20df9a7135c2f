import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Buffered output to standard output or to a file.
///
/// A file appears whole or not at all: see `PartialFile`; without a call of `finish()` nothing is
/// left of it. A device or a FIFO is written to as it is. A reader that closes its end early
/// (`| head`) ends the program quietly with status 0; any other failure, a full disk among them, is
/// an error that names its cause.
struct Output: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private var file: PartialFile?
  /// What tells it from other outputs; nil for a device.
  let identity: OutputPath.Identity?
  private(set) var buffer = ByteBuffer(capacity: 1 << 17)

  /// Opens it, which shows whether it can be written.
  /// - Parameter path: a file; none or `-` stands for standard output.
  static func open(_ path: String?) throws -> Output {
    guard let path, path != "-" else {
      return Output(
        STDOUT_FILENO, "standard output", nil, OutputPath.identity(of: STDOUT_FILENO))
    }
    do throws(FolderError) {
      let target = try OutputPath(path)
      let identity = target.identity
      switch target.kind {
      case .folder: throw FolderError(path: path, action: "", code: EISDIR)
      case .descriptor(let number): return Output(number, path, nil, identity)
      case .special:
        let number = openForWriting(target.path)
        guard number >= 0 else { throw FolderError(path: path, action: "", code: errno) }
        return Output(number, path, nil, identity)
      case .file, .nothing:
        let slot = Interruption.Slot()
        let file = try PartialFile(for: target) { slot.note($0) }
        return Output(file.descriptor, path, file, identity)
      }
    } catch {
      throw OutputError(name: path.isEmpty ? "''" : path, error.code)
    }
  }

  private init(
    _ descriptor: Int32, _ name: String, _ file: consuming PartialFile?,
    _ identity: OutputPath.Identity?
  ) {
    self.descriptor = descriptor
    self.name = name
    self.file = file
    self.identity = identity
  }

  /// Throws where one of `inputs` is this very file, so that it would be lost, or this very pipe, so
  /// that what comes out would go in again.
  func refuse(inputs: [String], what: String) throws {
    guard let identity else { return }
    for input in inputs where input != "-" {
      guard let other = try? OutputPath(input), other.identity == identity else { continue }
      throw OutputError(name: name, reason: "\(what); name another file")
    }
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
    try Interruption.holdOff { () throws in try place() }
  }

  /// Passes on what has gathered, down to the disk: all that `finish()` does but the file's name.
  mutating func prepare() throws {
    try flush()
    do throws(FolderError) {
      try file?.flush()
    } catch {
      throw OutputError(name: name, error.code)
    }
  }

  /// Makes a prepared file appear.
  mutating func place() throws {
    do throws(FolderError) {
      try file?.place()
    } catch {
      throw OutputError(name: name, error.code)
    }
  }

  /// Whether it is a file that will appear at its end, and not a device, a pipe or standard output.
  var isFile: Bool {
    switch file {
    case .none: false
    case .some: true
    }
  }

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
    if failure != 0 { throw OutputError(name: name, failure) }
  }
}

private func openForWriting(_ path: String) -> Int32 {
  #if canImport(Glibc)
    Glibc.open(path, O_WRONLY | O_CLOEXEC)
  #else
    Darwin.open(path, O_WRONLY | O_CLOEXEC)
  #endif
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

  init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  /// - Parameter code: the system's number for the reason.
  init(name: String, _ code: Int32) {
    self.name = name
    reason =
      switch code {
      case EISDIR: "is a folder; name a file with -o"
      case _ where name == "''": "an empty name; name a file with -o"
      default: String(cString: strerror(code))
      }
  }

  var description: String { "\(name): cannot be written: \(reason)" }
}
