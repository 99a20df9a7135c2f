internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The bytes of a file or of standard input as they lie there.
///
/// Soundness: `read` writes at most the room that it is given.
final class ByteSource {
  /// How messages name it.
  let name: String
  /// Bytes read so far.
  private(set) var offset = 0
  private let descriptor: Int32
  private let progress: Progress

  /// How far reading has come, for whoever shows it.
  final class Progress: Sendable {
    let bytes = Atomic<Int>(0)
  }

  /// - Parameter path: A file; `-` stands for standard input.
  init(_ path: String, _ progress: Progress) throws(CorpusError) {
    self.progress = progress
    name = path == "-" ? "standard input" : path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CorpusError(file: name, line: nil, reason: .unreadable(Self.message(errno)))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw CorpusError(file: name, line: nil, reason: .isFolder)
    }
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// Reads up to `room.count` bytes; 0 at the end.
  func read(_ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, room.baseAddress, room.count)
      #else
        let count = Darwin.read(descriptor, room.baseAddress, room.count)
      #endif
      if count >= 0 {
        offset += count
        progress.bytes.wrappingAdd(count, ordering: .relaxed)
        return count
      }
      guard errno == EINTR else {
        throw CorpusError(file: name, line: nil, reason: .unreadable(Self.message(errno)))
      }
    }
  }

  private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}
