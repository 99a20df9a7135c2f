import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What an interrupted run leaves so that the same command can go on: a finished part for each input file,
/// and a journal that says what they were made from.
///
/// A part appears under its name whole or not at all, so its name is its mark. The journal is written
/// before the first part and never changed: a run with another version, other options or other
/// inputs is refused, since parts of two kinds must not be mixed. A lock that the kernel takes back, whatever
/// ends the program, keeps two runs from one folder.
final class ResumeFolder {
  let path: String
  private let lock: Int32

  private static let head = "jukta-resume 1"

  /// - Parameters:
  ///   - path: The folder; made where it is not there.
  ///   - command: The command's name, as `encode`.
  ///   - inputs: The files that parts are made from, in their order.
  ///   - uses: Other files that decide what comes out, as the model.
  init(_ path: String, command: String, inputs: [String], uses: [String] = []) throws {
    self.path = path
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw ResumeError(path, "cannot be made: \(String(cString: strerror(errno)))")
    }
    lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0 else {
      throw ResumeError(path, "cannot be used: \(String(cString: strerror(errno)))")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw ResumeError(path, "is in use by another run")
    }
    let settings = Self.settings(of: Array(CommandLine.arguments.dropFirst()), inputs: inputs)
    let journal = try Self.journal(command, settings, inputs, uses)
    let place = path + "/journal"
    let names = try Self.names(in: path)
    if names.contains("journal") {
      try check(String(decoding: try readWhole(place), as: UTF8.self), against: journal)
    } else {
      guard names.allSatisfy({ $0 == "lock" || $0.contains(".partial-") }) else {
        throw ResumeError(path, "holds other files and no journal; name a new folder")
      }
      var output = try Output.open(place)
      try output.write(journal)
      try output.finish()
    }
    // Of a run that was killed: nobody else writes here while we have the lock.
    for name in names where name.contains(".partial-") { unlink(path + "/" + name) }
  }

  deinit { close(lock) }

  /// Where a part lies.
  func part(_ number: Int, _ kind: String) -> String { "\(path)/\(number).\(kind)" }

  /// Whether a part is there.
  func has(_ number: Int, _ kind: String) -> Bool { access(part(number, kind), R_OK) == 0 }

  /// Takes a part away that is not whole.
  func remove(_ number: Int, _ kind: String) { unlink(part(number, kind)) }

  /// The arguments that decide what comes out.
  static func settings(of arguments: [String], inputs: [String]) -> [String] {
    let withValue: Set = ["--threads", "--num-threads", "--memory", "-o", "--output", "--resume"]
    let inputs = Set(inputs)
    var settings: [String] = []
    var skips = false
    for argument in arguments {
      if skips {
        skips = false
      } else if withValue.contains(argument) {
        skips = true
      } else if withValue.contains(where: { argument.hasPrefix($0 + "=") }) || argument == "-q"
        || argument == "--quiet" || inputs.contains(argument)
      {
        continue
      } else {
        settings.append(argument)
      }
    }
    return settings
  }

  private static func journal(
    _ command: String, _ settings: [String], _ inputs: [String], _ uses: [String]
  ) throws -> String {
    var lines = ["\(head) \(JuktaCommand.configuration.version)"]
    lines.append("options " + settings.map(escaped).joined(separator: " "))
    for (kind, paths) in [("input", inputs), ("uses", uses)] {
      for path in paths {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
          throw ResumeError(path, "is no file that can be read again, as --resume needs")
        }
        #if canImport(Glibc)
          let time = status.st_mtim
        #else
          let time = status.st_mtimespec
        #endif
        lines.append("\(kind) \(status.st_size) \(time.tv_sec).\(time.tv_nsec) \(escaped(path))")
      }
    }
    lines.append("end \(inputs.count)")
    return lines.joined(separator: "\n") + "\n"
  }

  private func check(_ found: String, against wanted: String) throws {
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    guard found.count >= 4, found[0].hasPrefix(Self.head), found[found.count - 2].hasPrefix("end ")
    else { throw ResumeError(path, "has a journal that is broken; name a new folder") }
    guard found[0] == wanted[0] else {
      throw ResumeError(path, "was begun by another version of jukta; name a new folder")
    }
    guard found[1] == wanted[1] else {
      throw ResumeError(
        path,
        "was begun with other options (\(found[1].dropFirst(8))); repeat them, or name a new folder"
      )
    }
    guard found.count == wanted.count else {
      throw ResumeError(path, "was begun with another number of inputs; name a new folder")
    }
    for (old, new) in zip(found, wanted).dropFirst(2) where old != new {
      let name = new.split(separator: " ").last ?? new
      let isSame = old.split(separator: " ").last == name
      throw ResumeError(
        path,
        isSame
          ? "was begun before \(name) was changed; name a new folder"
          : "was begun with other inputs, or in another order: \(name); name a new folder")
    }
  }

  /// Without spaces and line ends, so that a line can be taken apart.
  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte <= 0x20 || byte == UInt8(ascii: "%") || byte == 0x7F {
        bytes += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else {
      throw ResumeError(folder, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// A folder of `--resume` that does not fit.
struct ResumeError: Error, CustomStringConvertible {
  let path: String
  let reason: String

  init(_ path: String, _ reason: String) {
    (self.path, self.reason) = (path, reason)
  }

  var description: String { "--resume: \(path) \(reason)" }
}
