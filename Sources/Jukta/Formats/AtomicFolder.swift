#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A folder that could not be written.
public struct FolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder or file at fault.
  public let path: String
  /// What could not be done, as "make this folder".
  public let action: String
  /// The system's number for the reason (`errno`).
  public let code: Int32

  package init(path: String, action: String, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
  }

  /// Place, cause and remedy.
  public var description: String {
    let remedy =
      switch code {
      case ENOSPC, EDQUOT: " Free some space, or choose another place."
      case EACCES, EPERM, EROFS: " Choose a place you may write to."
      case ENOTDIR, EEXIST: " Choose another name."
      default: ""
      }
    return "\(path): can't \(action): \(String(cString: strerror(code))). Nothing was written."
      + remedy
  }
}

/// Files that appear in a folder all whole, or not at all.
///
/// A folder that is not there yet is written beside its place, flushed to disk, and renamed. Where it
/// is there (a link to it, `.`, a mount point too), each file is written whole and flushed before the
/// first takes its place, so that what else is there stays. Whatever fails before leaves the target
/// as it was.
package struct AtomicFolder {
  private let target: OutputPath

  /// Checks that the target can be written, and makes nothing yet.
  ///
  /// Done before a long run, so that a bad target is told at once.
  package init(_ path: String) throws(FolderError) {
    guard path != "-" else {
      throw FolderError(path: path, action: "write a folder to standard output", code: ENOTDIR)
    }
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    target = try OutputPath(trimmed)
    var nearest = target
    while nearest.kind == .nothing {
      nearest = try OutputPath(OutputPath.parent(of: nearest.path))
    }
    guard nearest.kind == .folder else {
      throw FolderError(path: nearest.path, action: "write into it", code: ENOTDIR)
    }
    let code = PartialFile.reasonAgainst(nearest.path)
    if code != 0 { throw FolderError(path: nearest.path, action: "write into it", code: code) }
  }

  /// What tells the folder from others, for comparing with other places.
  package var identity: OutputPath.Identity? { target.identity }

  /// Writes all files; on any failure nothing is left behind.
  ///
  /// A program that handles signals holds them off for this short while.
  package func commit(_ files: [(name: String, bytes: [UInt8])]) throws(FolderError) {
    // Looked at again: the folder may have come since.
    let target = try OutputPath(target.path)
    if target.kind == .nothing, try commitNew(files) { return }
    try commitInto(target.path, files)
  }

  /// Makes the folder with all files; false where somebody has made it in the meantime.
  private func commitNew(
    _ files: [(name: String, bytes: [UInt8])]
  ) throws(FolderError) -> Bool {
    try Self.makeParents(of: target.path)
    let aside = try Self.makeFolder(beside: target.path)
    func discard() {
      for file in files { unlink(aside + "/" + file.name) }
      rmdir(aside)
    }
    do throws(FolderError) {
      for file in files { try write(file.bytes, to: aside + "/" + file.name) }
      try Self.flushFolder(aside)
      if rename(aside, target.path) == 0 {
        try Self.flushFolder(OutputPath.parent(of: target.path))
        return true
      }
      guard errno == ENOTEMPTY || errno == EEXIST else {
        throw FolderError(path: target.path, action: "put the finished files there", code: errno)
      }
      discard()
      return false
    } catch {
      discard()
      throw error
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(FolderError) {
    var file = try PartialFile(for: OutputPath(path), isNameless: false)
    try file.write(bytes)
    try file.flush()
    try file.place()
  }

  /// Files can't be copied, and arrays hold what can.
  private final class Held {
    var file: PartialFile
    init(_ file: consuming PartialFile) { self.file = file }
  }

  /// Writes all files beside their places, then puts each there.
  private func commitInto(
    _ folder: String, _ files: [(name: String, bytes: [UInt8])]
  ) throws(FolderError) {
    var held: [Held] = []
    for file in files {
      let path = try OutputPath(folder + "/" + file.name)
      guard path.kind == .nothing || path.kind == .file else {
        throw FolderError(path: path.path, action: "replace it by a file", code: EEXIST)
      }
      let partial = Held(try PartialFile(for: path))
      try partial.file.write(file.bytes)
      try partial.file.flush()
      held.append(partial)
    }
    for partial in held { try partial.file.place() }
    try Self.flushFolder(folder)
  }

  /// Makes an empty folder whose name begins as `path` does. Where one of an earlier run is left,
  /// which was ended with force, another name is taken.
  private static func makeFolder(beside path: String) throws(FolderError) -> String {
    var code: Int32 = 0
    for attempt in 0..<100 {
      let aside = path + ".partial-\(getpid())" + (attempt > 0 ? "-\(attempt)" : "")
      if mkdir(aside, 0o777) == 0 { return aside }
      code = errno
      guard code == EEXIST else { break }
    }
    throw FolderError(path: path, action: "make this folder", code: code)
  }

  private static func flushFolder(_ path: String) throws(FolderError) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else {
      throw FolderError(path: path, action: "open this folder", code: errno)
    }
    defer { close(folder) }
    // Some file systems can't flush a folder; the files themselves are flushed.
    if fsync(folder) != 0, errno != EINVAL, errno != ENOTSUP {
      throw FolderError(path: path, action: "flush this folder", code: errno)
    }
  }

  private static func makeParents(of path: String) throws(FolderError) {
    let above = OutputPath.parent(of: path)
    guard try OutputPath(above).kind == .nothing else { return }
    try makeParents(of: above)
    guard mkdir(above, 0o777) == 0 || errno == EEXIST else {
      throw FolderError(path: above, action: "make this folder", code: errno)
    }
  }
}
