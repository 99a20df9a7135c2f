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
  /// How large it is; nil where it is no regular file, and so cannot be read at any place.
  let size: Int?
  private let descriptor: Int32
  private let progress: Progress
  /// Whether it may have nothing to give for a while, as pipes and terminals do and files don't.
  private let mayPause: Bool

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
    let isKnown = fstat(descriptor, &status) == 0
    mayPause = !isKnown || status.st_mode & S_IFMT != S_IFREG
    // Standard input may have been read from already.
    size = isKnown && status.st_mode & S_IFMT == S_IFREG && path != "-" ? Int(status.st_size) : nil
    if isKnown, status.st_mode & S_IFMT == S_IFDIR {
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

  /// Whether reading would have to wait, even after `milliseconds`; false at the end.
  func isDry(for milliseconds: Int32) -> Bool {
    guard mayPause else { return false }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&entry, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count == 0 }
    }
  }

  /// Reads `room.count` bytes at a place, fewer at the end of the file.
  func read(at place: Int, _ room: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    var done = 0
    while done < room.count, let base = room.baseAddress {
      let count = pread(descriptor, base + done, room.count - done, off_t(place + done))
      if count == 0 { break }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw CorpusError(file: name, line: nil, reason: .unreadable(Self.message(errno)))
      }
    }
    return done
  }

  /// Counts bytes as read for whoever shows how far reading has come.
  func advance(_ count: Int) { progress.bytes.wrappingAdd(count, ordering: .relaxed) }

  private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}
