internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where counts go that memory has no room for: a folder of sorted runs, gone when it is released.
final class SpillFolder: Sendable {
  let path: String
  private let runs = Mutex<[String]>([])

  /// - Parameter parent: the folder in which it is made.
  init(in parent: String) throws(SpillError) {
    var template = Array((parent + "/jukta-counts-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else { throw SpillError(path: parent, code: errno) }
    path = String(cString: made)
  }

  deinit {
    for run in runs.withLock({ $0 }) { unlink(run) }
    rmdir(path)
  }

  /// A path for one more run.
  func makeRun() -> String {
    runs.withLock {
      $0.append(path + "/\($0.count)")
      return $0[$0.count - 1]
    }
  }

  /// The runs written so far.
  var all: [String] { runs.withLock { $0 } }
}

/// Counts that could not be written aside, or not read back.
public struct SpillError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  let code: Int32

  /// Place, cause and remedy.
  public var description: String {
    let cause = code == 0 ? "ends in the middle" : String(cString: strerror(code))
    return "\(path): counts cannot be kept here: \(cause); give more --memory, or set TMPDIR to a "
      + "place with room"
  }
}

/// Writes one run: words in the order of their bytes, each as length, count and bytes.
struct RunWriter: ~Copyable {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private var buffer: [UInt8] = []

  init(_ path: String) throws(SpillError) {
    guard let file = fopen(path, "w") else { throw SpillError(path: path, code: errno) }
    self.path = path
    self.file = file
  }

  deinit { fclose(file) }

  mutating func append(_ word: UnsafeBufferPointer<UInt8>, _ count: UInt64) throws(SpillError) {
    Self.appendNumber(UInt64(word.count), to: &buffer)
    Self.appendNumber(count, to: &buffer)
    buffer.append(contentsOf: word)
    if buffer.count >= 1 << 18 { try flush() }
  }

  mutating func flush() throws(SpillError) {
    guard fwrite(buffer, 1, buffer.count, file) == buffer.count, fflush(file) == 0 else {
      throw SpillError(path: path, code: errno)
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
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  /// The word that it stands at; valid until `next()`.
  private(set) var word: [UInt8] = []
  private(set) var count: UInt64 = 0

  init(_ path: String) throws(SpillError) {
    guard let file = fopen(path, "r") else { throw SpillError(path: path, code: errno) }
    setvbuf(file, nil, _IOFBF, 1 << 18)
    self.path = path
    self.file = file
  }

  deinit { fclose(file) }

  /// Goes on to the next word; false at the end.
  func next() throws(SpillError) -> Bool {
    guard let length = try number(mayEnd: true) else { return false }
    count = try number(mayEnd: false) ?? 0
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: repeatElement(0, count: Int(length)))
    guard fread(&word, 1, word.count, file) == word.count else {
      throw SpillError(path: path, code: ferror(file) != 0 ? errno : 0)
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
        throw SpillError(path: path, code: ferror(file) != 0 ? errno : 0)
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }
}
