import Jukta
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The lines of plain text files, in batches of about a megabyte, for several workers at once.
///
/// A line is read whole whatever its length; the line end is not part of it.
final class LineSource: DocumentSource {
  private struct State {
    var paths: ArraySlice<String>
    var descriptor: Int32?
    var path = ""
    /// What was read behind the last line end.
    var rest: [UInt8] = []
  }

  private static let chunkSize = 1 << 20
  private let state: Mutex<State>

  /// - Parameter paths: Files; none or `-` stands for standard input.
  init(_ paths: [String]) {
    state = Mutex(State(paths: (paths.isEmpty ? ["-"] : paths)[...]))
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    // Only reading is done under the lock; cutting into lines is each worker's own.
    guard let text = try state.withLock({ try Self.readLines(&$0) }) else { return false }
    var start = 0
    while start < text.count {
      let end = Self.lineEnd(text, from: start)
      if end > start { batch.append(text.span.extracting(start..<end)) }
      start = end + 1
    }
    return true
  }

  private static func lineEnd(_ text: [UInt8], from start: Int) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), text.count - start)
      else { return text.count }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Whole lines, about a megabyte of them; nil at the end of the last file.
  private static func readLines(_ state: inout State) throws -> [UInt8]? {
    while true {
      guard let descriptor = state.descriptor else {
        guard let path = state.paths.popFirst() else { return nil }
        state.path = path
        state.descriptor = try open(path)
        continue
      }
      var text = state.rest
      state.rest = []
      let count = try append(from: descriptor, state.path, to: &text)
      if count == 0 {
        if descriptor != STDIN_FILENO { close(descriptor) }
        state.descriptor = nil
        if text.isEmpty { continue }
        return text
      }
      // No line end in a whole chunk: read on, doubling, so that a huge line costs O(length).
      guard let end = text.lastIndex(of: UInt8(ascii: "\n")) else {
        state.rest = text
        continue
      }
      state.rest = Array(text[(end + 1)...])
      text.removeSubrange(end...)
      return text
    }
  }

  private static func append(
    from descriptor: Int32, _ path: String, to text: inout [UInt8]
  ) throws -> Int {
    let room = max(chunkSize, text.count)
    let old = text.count
    text.append(contentsOf: repeatElement(0, count: room))
    let count = text.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { read(descriptor, $0 + old, room) } ?? 0
    }
    let code = errno
    text.removeLast(room - max(count, 0))
    if count < 0 { throw InputError(path: path, reason: String(cString: strerror(code))) }
    return count
  }

  private static func open(_ path: String) throws -> Int32 {
    if path == "-" { return STDIN_FILENO }
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else {
      throw InputError(path: path, reason: String(cString: strerror(errno)))
    }
    return descriptor
  }
}
