#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file while it is written: it appears in its place whole, or not at all.
///
/// On Linux it has no name before that, where the file system can do so: whatever ends the program,
/// nothing stays. Elsewhere its name ends in `.partial-` and a number.
///
/// A file that is replaced keeps its mode and its owner. One that has other names (hard links), or
/// that no other file can take the place of (a mount point, another's file, a folder that may not be
/// written), gets the bytes in place, once all are there.
package struct PartialFile: ~Copyable, Sendable {
  /// Where it goes.
  package let target: OutputPath
  /// Open for writing.
  package let descriptor: Int32
  /// Its name before it is done; nil where it has none.
  private let name: String?
  /// Told the name before the file has it, and nil once it is gone.
  private let tell: @Sendable (String?) -> Void
  /// Whether it is on the target's file system, so that it can take its place.
  private let isBeside: Bool
  private var isPlaced = false

  /// Makes the file.
  /// - Parameters:
  ///   - target: a file, or nothing yet.
  ///   - isNameless: Whether to do without a name where that can be done.
  ///   - tell: Called with a name that an interruption should take away, then with nil.
  package init(
    for target: OutputPath, isNameless: Bool = true,
    tell: @escaping @Sendable (String?) -> Void = { _ in }
  ) throws(FolderError) {
    self.target = target
    if target.kind == .file, access(target.path, W_OK) != 0 {
      throw FolderError(path: target.path, action: "write it", code: errno)
    }
    let mode: mode_t = 0o666
    var places = [(OutputPath.parent(of: target.path), true)]
    if target.kind == .file { places.append((Self.temporaryFolder, false)) }
    var code: Int32 = 0
    for (folder, isBeside) in places {
      if isNameless, let file = Self.nameless(in: folder, mode) {
        (descriptor, name, self.isBeside, self.tell) = (file, nil, isBeside, tell)
        return
      }
      let base = folder + "/" + OutputPath.name(of: target.path)
      for attempt in 0..<100 {
        let path = base + ".partial-\(getpid())" + (attempt > 0 ? "-\(attempt)" : "")
        // Told before it is there: an interruption may come as soon as it is.
        tell(path)
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        code = errno
        if file >= 0 {
          (descriptor, name, self.isBeside, self.tell) = (file, path, isBeside, tell)
          return
        }
        tell(nil)
        guard code == EEXIST else { break }
      }
    }
    throw FolderError(path: target.path, action: "create this file", code: code)
  }

  deinit {
    close(descriptor)
    guard !isPlaced, let name else { return }
    unlink(name)
    tell(nil)
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  private static func nameless(in folder: String, _ mode: mode_t) -> Int32? {
    #if os(Linux)
      // O_TMPFILE, whose macro Swift does not see.
      let flags = 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC
      let file = open(folder, flags, mode)
      guard file >= 0 else { return nil }
      guard access("/proc/self/fd/\(file)", F_OK) == 0 else {
        close(file)
        return nil
      }
      return file
    #else
      return nil
    #endif
  }

  /// Why no file can be made in a folder: the system's number, 0 where one can.
  static func reasonAgainst(_ folder: String) -> Int32 {
    if let file = nameless(in: folder, 0o600) {
      close(file)
      return 0
    }
    var template = Array((folder + "/.jukta-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { return errno }
    rmdir(template)
    return 0
  }

  /// Writes bytes.
  package func write(_ bytes: [UInt8]) throws(FolderError) {
    let code = bytes.withUnsafeBytes { Self.write($0, to: descriptor) }
    if code != 0 { throw FolderError(path: target.path, action: "write this file", code: code) }
  }

  /// Brings what was written to the disk.
  package func flush() throws(FolderError) {
    guard fsync(descriptor) == 0 else {
      throw FolderError(path: target.path, action: "write this file", code: errno)
    }
  }

  /// Makes the file appear.
  package mutating func place() throws(FolderError) {
    guard target.kind == .file else {
      try putName(at: target.path)
      isPlaced = true
      tell(nil)
      return
    }
    if isBeside, !target.hasOtherNames, keepsOwnerAndMode(), try replace() {
      isPlaced = true
      tell(nil)
    } else {
      try copyInPlace()
    }
  }

  /// Gives the file the owner and the mode of the one that it replaces; false where it can't have
  /// that owner.
  private func keepsOwnerAndMode() -> Bool {
    var status = stat()
    guard let owner = target.owner, let mode = target.mode, fstat(descriptor, &status) == 0 else {
      return false
    }
    if status.st_uid != owner.user || status.st_gid != owner.group,
      fchown(descriptor, owner.user, owner.group) != 0
    {
      return false
    }
    return fchmod(descriptor, mode) == 0
  }

  /// Renames the file to the target; false where that has to stay, as a mount point has to.
  private func replace() throws(FolderError) -> Bool {
    var path = name
    if path == nil {
      let base = target.path + ".partial-\(getpid())"
      tell(base)
      unlink(base)
      guard linkDescriptor(to: base) else {
        tell(nil)
        return false
      }
      path = base
    }
    guard let path else { return false }
    if rename(path, target.path) == 0 { return true }
    let code = errno
    if name == nil {
      unlink(path)
      tell(nil)
    }
    guard code == EBUSY || code == EXDEV || code == EPERM || code == EACCES else {
      throw FolderError(path: target.path, action: "replace this file", code: code)
    }
    return false
  }

  /// Gives a new file its name.
  private func putName(at path: String) throws(FolderError) {
    if let name {
      guard rename(name, path) == 0 else {
        throw FolderError(path: path, action: "create this file", code: errno)
      }
      return
    }
    if linkDescriptor(to: path) { return }
    // Somebody has made a file there in the meantime: it is replaced.
    guard errno == EEXIST else {
      throw FolderError(path: path, action: "create this file", code: errno)
    }
    guard try replace() else {
      throw FolderError(path: path, action: "replace this file", code: EEXIST)
    }
  }

  private func linkDescriptor(to path: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// Copies what was written into the file that is there.
  private func copyInPlace() throws(FolderError) {
    func failure(_ code: Int32) -> FolderError {
      FolderError(path: target.path, action: "write this file", code: code)
    }
    let file = open(target.path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    #if os(Linux)
      // Room for all of it is asked for first: a full disk must not cost what is there.
      let code = status.st_size > 0 ? posix_fallocate(file, 0, status.st_size) : 0
      if code == ENOSPC || code == EDQUOT { throw failure(code) }
    #endif
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(errno) }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(errno)
      }
      if count == 0 { break }
      let code = chunk.withUnsafeBytes {
        Self.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: file)
      }
      if code != 0 { throw failure(code) }
    }
    guard ftruncate(file, status.st_size) == 0, fsync(file) == 0 else { throw failure(errno) }
  }

  /// Writes all of `bytes`; the system's number for what went wrong, else 0.
  static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32 {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      #if canImport(Glibc)
        let count = Glibc.write(file, base + done, bytes.count - done)
      #elseif canImport(Musl)
        let count = Musl.write(file, base + done, bytes.count - done)
      #else
        let count = Darwin.write(file, base + done, bytes.count - done)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      done += count
    }
    return 0
  }
}
