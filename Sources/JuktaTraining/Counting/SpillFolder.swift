internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where counts go that memory has no room for: sorted runs, in files that have lost their names, so
/// that nothing stays behind however the program ends.
final class SpillFolder: Sendable {
  private let path: String
  private let runs = Mutex<[SpillRun]>([])

  /// - Parameter path: the folder in which files are made; none is made yet.
  init(_ path: String) { self.path = path }

  /// One more run, empty.
  func makeRun() throws(SpillError) -> SpillRun {
    let run = try SpillRun(in: path)
    runs.withLock { $0.append(run) }
    return run
  }

  /// The runs made so far.
  var all: [SpillRun] { runs.withLock { $0 } }
}

/// A file without a name. Its worker writes it; whoever merges reads it after all workers have ended.
final class SpillRun: @unchecked Sendable {
  /// The folder in which it has no name, for messages.
  let path: String
  let file: UnsafeMutablePointer<FILE>

  fileprivate init(in folder: String) throws(SpillError) {
    var name = Array((folder + "/jukta-counts-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw SpillError(path: folder, code: errno) }
    unlink(name)
    guard let file = fdopen(descriptor, "w+") else {
      let code = errno
      close(descriptor)
      throw SpillError(path: folder, code: code)
    }
    setvbuf(file, nil, _IOFBF, 1 << 18)
    path = folder
    self.file = file
  }

  deinit { fclose(file) }
}

/// Counts that could not be written aside, or not read back.
public struct SpillError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  let code: Int32

  /// Place, cause and remedy.
  public var description: String {
    let cause = code == 0 ? "ends in the middle" : String(cString: strerror(code))
    return
      "\(path): counts cannot be kept here: \(cause); allow more memory, or choose a temporary "
      + "folder with room"
  }
}

/// Writes one run: words in the order of their bytes, each as length, count and bytes.
struct RunWriter: ~Copyable {
  private let run: SpillRun
  private var buffer: [UInt8] = []

  init(_ run: SpillRun) { self.run = run }

  mutating func append(
    _ word: some Collection<UInt8>, _ count: UInt64
  ) throws(SpillError) {
    Self.appendNumber(UInt64(word.count), to: &buffer)
    Self.appendNumber(count, to: &buffer)
    buffer.append(contentsOf: word)
    if buffer.count >= 1 << 18 { try flush() }
  }

  mutating func flush() throws(SpillError) {
    guard fwrite(buffer, 1, buffer.count, run.file) == buffer.count, fflush(run.file) == 0 else {
      throw SpillError(path: run.path, code: errno)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  private static func appendNumber(_ number: UInt64, to buffer: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      buffer.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    buffer.append(UInt8(truncatingIfNeeded: rest))
  }
}

/// Reads one run from its start, a word at a time.
final class RunReader {
  private let run: SpillRun
  private var file: UnsafeMutablePointer<FILE> { run.file }
  /// The word that it stands at; valid until `next()`.
  private(set) var word: [UInt8] = []
  private(set) var count: UInt64 = 0

  /// - Parameter run: no other reader may be reading it.
  init(_ run: SpillRun) throws(SpillError) {
    guard fseek(run.file, 0, SEEK_SET) == 0 else {
      throw SpillError(path: run.path, code: errno)
    }
    self.run = run
  }

  /// Goes on to the next word; false at the end.
  func next() throws(SpillError) -> Bool {
    guard let length = try number(mayEnd: true) else { return false }
    count = try number(mayEnd: false) ?? 0
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: repeatElement(0, count: Int(length)))
    guard fread(&word, 1, word.count, file) == word.count else {
      throw SpillError(path: run.path, code: ferror(file) != 0 ? errno : 0)
    }
    return true
  }

  private func number(mayEnd: Bool) throws(SpillError) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = getc(file)
      if byte == EOF {
        if mayEnd, shift == 0, ferror(file) == 0 { return nil }
        throw SpillError(path: run.path, code: ferror(file) != 0 ? errno : 0)
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }
}
