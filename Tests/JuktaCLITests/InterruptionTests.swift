import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Signals at any moment: status 130, and all of a result or nothing of it.
@Suite struct `An interruption` {
  /// Starts the program; its input stays open, or comes from a file.
  static func start(_ arguments: [String], in scratch: Scratch) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Jukta.path())
    process.arguments = arguments
    process.standardInput = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test func `of a training that waits for input leaves nothing`() throws {
    let scratch = try Scratch()
    let process = try Self.start(["train", "unigram", "-o", scratch.place("model")], in: scratch)
    usleep(200_000)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(scratch.names.isEmpty)
  }

  @Test(arguments: [SIGTERM: Int32(143), SIGINT: 130, SIGHUP: 129])
  func `by a signal ends with its status, and what was there stays`(
    _ signal: Int32, _ status: Int32
  ) throws {
    for before in [nil, "before"] {
      let scratch = try Scratch()
      if let before { scratch.file("out", before) }
      let partner = try Partner(["normalize", "-o", scratch.place("out")])
      try partner.send("ক\n")
      try partner.waitForOutput(in: scratch)
      #expect(try partner.end(with: signal) == status)
      #expect(scratch.names == (before == nil ? [] : ["out"]))
      if let before {
        #expect(try String(contentsOfFile: scratch.place("out"), encoding: .utf8) == before)
      }
    }
  }

  @Test func `by SIGKILL leaves nothing either`() throws {
    let scratch = try Scratch()
    let partner = try Partner(["normalize", "-o", scratch.place("out")])
    try partner.send("ক\n")
    try partner.waitForOutput(in: scratch)
    #expect(try partner.end(with: SIGKILL) == SIGKILL)
    #if os(Linux)
      #expect(scratch.names.isEmpty)
    #endif
  }

  @Test func `by SIGHUP is not heard under nohup`() throws {
    let scratch = try Scratch()
    let result = try Jukta.run(
      ["normalize", "-o", scratch.place("out")],
      through:
        "trap '' HUP; { sleep 0.2; echo ক; } | { \"$0\" \"$@\" & sleep 0.1; kill -HUP $!; wait $!; }"
    )
    #expect(result.status == 0)
    #expect(try String(contentsOfFile: scratch.place("out"), encoding: .utf8) == "ক\n")
  }

  @Test func `of a training at any moment leaves a whole model or none`() throws {
    let text = try Scratch()
    let file = text.file("train.txt", SmallText.text)
    let options = ["--vocab-size", "150", "-q", "--soft-vocab-limit"]
    let whole = try Scratch()
    let start = Date()
    let result = try Jukta.run(["train", "unigram", file, "-o", whole.place("model")] + options)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let length = Date().timeIntervalSince(start)
    let files = try FileManager.default.contentsOfDirectory(atPath: whole.place("model")).sorted()
    // Most of the moments lie near the end, where files are written.
    for part in [0.3, 0.7, 0.9, 0.95, 1.0, 1.04] {
      let scratch = try Scratch()
      let process = try Self.start(
        ["train", "unigram", file, "-o", scratch.place("model")] + options, in: scratch)
      usleep(UInt32(length * part * 1e6))
      process.interrupt()
      process.waitUntilExit()
      #expect([0, 130].contains(process.terminationStatus))
      guard !scratch.names.isEmpty else { continue }
      #expect(scratch.names == ["model"])
      let found = try FileManager.default.contentsOfDirectory(atPath: scratch.place("model"))
      #expect(found.sorted() == files)
    }
  }
}
