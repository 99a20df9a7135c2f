import Foundation

/// The built program, run as a user runs it.
enum Jukta {
  struct Result {
    let status: Int32
    let output: Data
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  struct NotFound: Error {}

  /// The program, or another one of the package, beside the test bundle.
  static func path(_ name: String = "jukta") throws -> String {
    let places =
      [try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")]
      + CommandLine.arguments.filter { $0.contains(".xctest") }
    for place in places.compactMap({ $0 }) {
      var folder = URL(fileURLWithPath: place)
      while folder.path != "/" {
        folder.deleteLastPathComponent()
        let program = folder.appendingPathComponent(name).path
        if FileManager.default.isExecutableFile(atPath: program) { return program }
      }
    }
    throw NotFound()
  }

  /// Runs the program to its end. Output goes through files, so that no pipe can fill up.
  static func run(
    _ arguments: [String], input: Data? = nil, through shell: String? = nil,
    program: String = "jukta"
  ) throws -> Result {
    let folder = try Scratch()
    let process = Process()
    if let shell {
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", shell, try path()] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: try path(program))
      process.arguments = arguments
    }
    let (out, err) = (folder.file("out", Data()), folder.file("err", Data()))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: input.map { folder.file("in", $0) } ?? "/dev/null"))
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try Data(contentsOf: URL(fileURLWithPath: out)),
      errors: try String(contentsOfFile: err, encoding: .utf8))
  }

  static func run(_ arguments: String..., input: String) throws -> Result {
    try run(arguments, input: Data(input.utf8))
  }
}

/// A folder for one test, gone with it.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "jukta-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func file(_ name: String, _ content: Data) -> String {
    let file = path + "/" + name
    _ = FileManager.default.createFile(atPath: file, contents: content)
    return file
  }

  @discardableResult
  func file(_ name: String, _ content: String) -> String { file(name, Data(content.utf8)) }

  /// The names of what is in the folder, hidden things too.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Gives a path in the folder at which nothing is.
  func place(_ name: String) -> String { path + "/" + name }
}
