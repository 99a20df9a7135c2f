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
/// They are written into a fresh folder beside the target and flushed to disk. Then, if the target
/// does not exist yet, that folder is renamed to it; else each file is renamed into the target, so
/// that what else is there stays. Whatever fails before leaves the target as it was.
package struct AtomicFolder {
  private let target: String
  private let aside: String

  /// Checks that the target can be written, and makes nothing yet.
  ///
  /// Done before a long run, so that a bad target is told at once.
  package init(_ path: String) throws(FolderError) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    target = trimmed
    aside = trimmed + ".partial-\(getpid())"
    try Self.check(trimmed)
    // The files are written beside a target that exists.
    if Self.isThere(trimmed) { try Self.check(Self.parent(of: trimmed)) }
  }

  /// Throws unless the path, or the nearest folder above it that exists, may be written.
  private static func check(_ path: String) throws(FolderError) {
    var nearest = path
    while !isThere(nearest), nearest != "/", nearest != "." { nearest = parent(of: nearest) }
    var status = stat()
    guard stat(nearest, &status) == 0 else {
      throw FolderError(path: nearest, action: "write into it", code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw FolderError(path: nearest, action: "write into it", code: ENOTDIR)
    }
    guard access(nearest, W_OK) == 0 else {
      throw FolderError(path: nearest, action: "write into it", code: errno)
    }
  }

  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Writes all files; on any failure nothing is left behind.
  ///
  /// A program that handles signals holds them off for this short while.
  package func commit(_ files: [(name: String, bytes: [UInt8])]) throws(FolderError) {
    do throws(FolderError) {
      try Self.makeParents(of: target)
      guard mkdir(aside, 0o755) == 0 else {
        throw FolderError(path: aside, action: "make this folder", code: errno)
      }
      for file in files { try write(file.bytes, to: aside + "/" + file.name) }
      try flushFolder(aside)
      if rename(aside, target) == 0 {
        try flushFolder(Self.parent(of: target))
        return
      }
      guard errno == ENOTEMPTY || errno == EEXIST else {
        throw FolderError(path: target, action: "put the finished files there", code: errno)
      }
      for file in files {
        guard rename(aside + "/" + file.name, target + "/" + file.name) == 0 else {
          throw FolderError(path: target + "/" + file.name, action: "replace this file", code: errno)
        }
      }
      try flushFolder(target)
      rmdir(aside)
    } catch {
      discard(files.map(\.name))
      throw error
    }
  }

  /// Takes away what was written aside.
  private func discard(_ names: [String]) {
    for name in names { unlink(aside + "/" + name) }
    rmdir(aside)
  }

  private func write(_ bytes: [UInt8], to path: String) throws(FolderError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FolderError(path: path, action: "create this file", code: errno) }
    var code: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let base = buffer.baseAddress {
        #if canImport(Glibc)
          let count = Glibc.write(file, base + done, buffer.count - done)
        #elseif canImport(Musl)
          let count = Musl.write(file, base + done, buffer.count - done)
        #else
          let count = Darwin.write(file, base + done, buffer.count - done)
        #endif
        if count < 0 {
          if errno == EINTR { continue }
          code = errno
          return
        }
        done += count
      }
      if fsync(file) != 0 { code = errno }
    }
    if close(file) != 0, code == 0 { code = errno }
    guard code == 0 else { throw FolderError(path: path, action: "write this file", code: code) }
  }

  private func flushFolder(_ path: String) throws(FolderError) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FolderError(path: path, action: "open this folder", code: errno) }
    defer { close(folder) }
    // Some file systems can't flush a folder; the files themselves are flushed.
    if fsync(folder) != 0, errno != EINVAL, errno != ENOTSUP {
      throw FolderError(path: path, action: "flush this folder", code: errno)
    }
  }

  private static func makeParents(of path: String) throws(FolderError) {
    let above = parent(of: path)
    if isThere(above) { return }
    try makeParents(of: above)
    guard mkdir(above, 0o755) == 0 || errno == EEXIST else {
      throw FolderError(path: above, action: "make this folder", code: errno)
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
