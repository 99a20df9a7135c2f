#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where bytes that are written to a path really go: links are followed, also one that leads to
/// nothing yet, and `/dev/stdout` and its like are the descriptors that they stand for.
package struct OutputPath: Sendable {
  /// What there is.
  package enum Kind: Equatable, Sendable {
    case nothing
    case file
    case folder
    /// A device, a FIFO or a socket: bytes go into it, and it is never replaced.
    case special
    /// An open descriptor of this process, by one of its names in `/proc` or `/dev/fd`.
    case descriptor(Int32)
  }

  /// What tells two paths to one place, for comparing: an inode, or a name in a folder.
  package struct Identity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private var name: [UInt8] = []

    init(_ status: stat, name: [UInt8] = []) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      self.name = name
    }
  }

  /// The path behind all links.
  package let path: String
  /// What is there.
  package let kind: Kind
  private let status: stat?

  /// Looks at what is there.
  /// - Throws: `FolderError` for an empty name, a ring of links, or what may not be looked at.
  package init(_ path: String) throws(FolderError) {
    guard !path.isEmpty else {
      throw FolderError(path: "''", action: "write to a place without a name", code: ENOENT)
    }
    var place = path
    for _ in 0..<40 {
      if let number = Self.descriptor(place) {
        var status = stat()
        guard fstat(number, &status) == 0 else {
          throw FolderError(path: path, action: "write into it", code: errno)
        }
        (self.path, kind, self.status) = (path, .descriptor(number), status)
        return
      }
      guard let target = Self.link(place) else {
        self = try Self(behindLinks: place)
        return
      }
      place = target.hasPrefix("/") ? target : Self.parent(of: place) + "/" + target
    }
    throw FolderError(path: path, action: "follow its links", code: ELOOP)
  }

  private init(behindLinks path: String) throws(FolderError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else {
        throw FolderError(path: path, action: "write into it", code: errno)
      }
      (kind, self.status) = (.nothing, nil)
      return
    }
    self.status = status
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .special
    }
  }

  /// What tells it from other places; nil for a device, into which several may write.
  package var identity: Identity? {
    if let status { return status.st_mode & S_IFMT == S_IFCHR ? nil : Identity(status) }
    var above = stat()
    guard stat(Self.parent(of: path), &above) == 0 else { return nil }
    return Identity(above, name: Array(Self.name(of: path).utf8))
  }

  /// What tells the place behind a descriptor from others; nil for a device.
  package static func identity(of descriptor: Int32) -> Identity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFCHR else { return nil }
    return Identity(status)
  }

  /// The permissions of what is there.
  var mode: mode_t? { status.map { $0.st_mode & 0o7777 } }
  /// Its owner and group.
  var owner: (user: uid_t, group: gid_t)? { status.map { ($0.st_uid, $0.st_gid) } }
  /// Whether it has other names, which must go on meaning the same file.
  var hasOtherNames: Bool { status.map { $0.st_nlink > 1 } ?? false }

  /// The folder that holds a path.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The number in a name for one of our descriptors: opening it anew would start at its beginning,
  /// and what others have written there would go.
  private static func descriptor(_ path: String) -> Int32? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard path.hasPrefix("/"), let number = parts.last.flatMap({ Int32($0) }), number >= 0 else {
      return nil
    }
    switch parts.dropLast() {
    case ["dev", "fd"], ["proc", "self", "fd"], ["proc", "thread-self", "fd"],
      ["proc", "\(getpid())"[...], "fd"]:
      return number
    default: return nil
    }
  }

  /// What a link says; nil for anything else.
  private static func link(_ path: String) -> String? {
    var room = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &room, room.count)
    guard count > 0 else { return nil }
    return String(decoding: room[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
