import Foundation
import TestSupport
import Testing

/// `--resume`: an interrupted run goes on, and ends in the bytes of one that was not.
@Suite struct `Interrupted is not lost` {
  /// Some files of text, a model where it is needed, and the command over them.
  private static func prepare(_ scratch: Scratch, _ kind: String) throws -> (
    command: [String], files: [String]
  ) {
    var generator = SeededGenerator(seed: 7)
    let words = ["আমি", "বাংলায়", "গান", "গাই", "ক্ষমতা", "জ্ঞান", "র‍্যাব", "তুমি", "নদী"]
    let files = (0..<6).map { number in
      let lines = (0..<1500).map { _ in
        (0..<Int.random(in: 1...9, using: &generator)).map { _ in
          (words.randomElement(using: &generator) ?? "")
            + String(Int.random(in: 0...99, using: &generator))
        }.joined(separator: " ")
      }
      let text =
        number % 2 == 0
        ? lines.joined(separator: "\n")
        : lines.map { "{\"text\":\"\($0)\\n\\nx\"}" }.joined(separator: "\n")
      return scratch.file("in \(number).txt", text + "\n")
    }
    switch kind {
    case "count": return (["count", "-q"], files)
    case "text": return (["corpus", "text", "-q"], files)
    default:
      let made = try Jukta.run(
        [
          "train", "unigram", "-q", files[0], "-o", scratch.place("m"), "--vocab-size", "60",
          "--soft-vocab-limit",
        ])
      try #require(made.status == 0, "\(made.errors)")
      return (
        ["encode", "-q", "-m", scratch.place("m"), "--format", kind, "--documents"], files
      )
    }
  }

  private static func bytes(_ scratch: Scratch, _ name: String) -> [Data] {
    ["", ".idx", ".bin", ".ds", ".ds.index", ".ds.metadata"].compactMap {
      FileManager.default.contents(atPath: scratch.place(name + $0))
    }
  }

  @Test(arguments: ["count", "text", "ids", "u16", "megatron", "datatrove"])
  func `killed at any moment, the same command ends in the same bytes`(_ kind: String) throws {
    let scratch = try Scratch()
    let (command, files) = try Self.prepare(scratch, kind)
    let whole = try Jukta.run(command + files + ["-o", scratch.place("whole")])
    try #require(whole.status == 0, "\(whole.errors)")
    let again = command + files + ["-o", scratch.place("parts"), "--resume", scratch.place("r")]
    var generator = SeededGenerator(seed: 11)
    var kills = 0
    for _ in 0..<10 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try Jukta.path())
      process.arguments = again
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 1_000...250_000, using: &generator))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    let last = try Jukta.run(again)
    #expect(last.status == 0, "\(last.errors)")
    #expect(kills > 0)
    let expected = Self.bytes(scratch, "whole")
    #expect(!expected.isEmpty)
    #expect(Self.bytes(scratch, "parts") == expected)
    #expect(!scratch.names.contains { $0.contains(".partial") })
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.place("r"))
    #expect(!left.contains { $0.contains(".partial") })
  }

  @Test(arguments: ["count", "u16"])
  func `a part that is cut is made again`(_ kind: String) throws {
    let scratch = try Scratch()
    let (command, files) = try Self.prepare(scratch, kind)
    let run = command + files + ["-o", scratch.place("a"), "--resume", scratch.place("r")]
    #expect(try Jukta.run(run).status == 0)
    let expected = Self.bytes(scratch, "a")
    let part = scratch.place("r") + (kind == "count" ? "/2.counts" : "/2.out")
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
    try handle.truncate(atOffset: 500)
    try FileManager.default.removeItem(atPath: scratch.place("a"))
    let again = try Jukta.run(run)
    #expect(again.status == 0, "\(again.errors)")
    #expect(Self.bytes(scratch, "a") == expected)
  }

  @Test func `what does not fit is refused by name`() throws {
    let scratch = try Scratch()
    let (command, files) = try Self.prepare(scratch, "count")
    let resume = ["-o", scratch.place("a"), "--resume", scratch.place("r")]
    #expect(try Jukta.run(command + files + resume).status == 0)
    func refusal(_ arguments: [String]) throws -> String {
      let found = try Jukta.run(arguments)
      #expect(found.status == 1, "\(arguments)")
      return found.errors
    }
    // Threads, memory and the place of the result may change.
    let other = ["--threads", "1", "--memory", "64M", "-o", scratch.place("b")]
    #expect(try Jukta.run(command + files + other + ["--resume", scratch.place("r")]).status == 0)
    #expect(Self.bytes(scratch, "a") == Self.bytes(scratch, "b"))
    let options = try refusal(command + ["--min-chars", "9"] + files + resume)
    #expect(options.contains("was begun with other options"))
    #expect(try refusal(command + files.dropLast() + resume).contains("another number of inputs"))
    #expect(try refusal(command + files.reversed() + resume).contains("other inputs"))
    try (String(contentsOfFile: files[3], encoding: .utf8) + "আরও\n").write(
      toFile: files[3], atomically: true, encoding: .utf8)
    let changed = try refusal(command + files + resume)
    #expect(changed.contains("before") && changed.contains("in%203.txt was changed"))
    for journal in ["", "jukta-resume 1 0.1.0\n", "jukta-resume 1 9.9.9\noptions \ninput\nend 6\n"]
    {
      scratch.file("r/journal", journal)
      let broken = try refusal(command + files + resume)
      #expect(broken.contains("a journal that is broken") || broken.contains("another version"))
    }
    scratch.file("full", "x")
    #expect(
      try refusal(command + files + ["--resume", scratch.path, "-o", "x"]).contains("no journal"))
  }

  @Test func `a folder is used by one run at a time`() throws {
    let scratch = try Scratch()
    let (command, files) = try Self.prepare(scratch, "count")
    try FileManager.default.createDirectory(
      atPath: scratch.place("r"), withIntermediateDirectories: true)
    let lock = open(scratch.place("r") + "/lock", O_RDWR | O_CREAT, 0o666)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let run = command + files + ["-o", scratch.place("a"), "--resume", scratch.place("r")]
    #expect(try Jukta.run(run).errors.contains("is in use by another run"))
    flock(lock, LOCK_UN)
    #expect(try Jukta.run(run).status == 0)
  }

  @Test func `what a killed run left is cleaned up`() throws {
    let scratch = try Scratch()
    let (command, files) = try Self.prepare(scratch, "count")
    try FileManager.default.createDirectory(
      atPath: scratch.place("r"), withIntermediateDirectories: true)
    scratch.file("r/1.counts.partial-123", "half")
    let run = command + files + ["-o", scratch.place("a"), "--resume", scratch.place("r")]
    #expect(try Jukta.run(run).status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.place("r")).sorted()
    #expect(left == (0..<6).map { "\($0).counts" } + ["journal", "lock"])
  }

  @Test func `standard input cannot be gone on with`() throws {
    let scratch = try Scratch()
    for arguments in [["count"], ["corpus", "text"]] {
      let found = try Jukta.run(arguments + ["--resume", scratch.place("r")])
      #expect(found.status == 2)
    }
    let pipe = try Jukta.run(["count", "-", "-q", "--resume", scratch.place("r")])
    #expect(pipe.status == 1 && pipe.errors.contains("can be read again"))
  }
}
