import Foundation
import Testing

/// What `-o` and standard output promise, over all commands that work on lines.
@Suite struct `Output` {
  static func content(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `that cannot be put there is told with its place`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", "আমি\n")
    let before = scratch.names
    for command in [["normalize"], ["encode", "-m", model]] {
      let missing = try Jukta.run(command + [text, "-o", scratch.place("no/where.txt")])
      #expect(missing.status == 1)
      #expect(missing.errors.hasPrefix("jukta: ") && missing.errors.contains("no/where.txt"))
      let folder = try Jukta.run(command + [text, "-o", scratch.path])
      #expect(folder.status == 1)
      #expect(folder.errors.contains(scratch.path) && folder.errors.contains("folder"))
      let beneath = try Jukta.run(command + [text, "-o", text + "/out"])
      #expect(beneath.status == 1 && beneath.errors.contains(text + "/out"))
    }
    #expect(scratch.names == before)
  }

  @Test func `that fails in the middle leaves the file that was there`() throws {
    let scratch = try Scratch()
    let text = scratch.file("a.txt", Data("আমি\n".utf8) + Data([0xFF, 0x0A]))
    let target = scratch.file("out.txt", "before")
    let result = try Jukta.run(["normalize", text, "-o", target])
    #expect(result.status == 1 && result.errors.contains("a.txt:2"))
    #expect(try Self.content(target) == "before")
    #expect(scratch.names == ["a.txt", "out.txt"])
  }

  @Test func `may take the place of its own input`() throws {
    let scratch = try Scratch()
    let text = scratch.file("a.txt", "ক  খ\n")
    #expect(try Jukta.run(["normalize", text, "-o", text]).status == 0)
    #expect(try Self.content(text) == "ক খ\n")
  }

  @Test func `of a training that fails leaves the model that was there`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let before = try Self.content(model + "/tokenizer.json")
    let result = try Jukta.run([
      "train", "unigram", scratch.place("train.txt"), "-o", model, "--vocab-size", "99000",
    ])
    #expect(result.status == 1)
    #expect(try Self.content(model + "/tokenizer.json") == before)
    #expect(scratch.names == ["model", "train.txt"])
  }

  @Test func `of an encoding that nobody reads ends quietly`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", (0..<100).map { _ in SmallText.text }.joined())
    for format in ["ids", "jsonl"] {
      let result = try Jukta.run(
        ["encode", "-m", model, "--format", format, text],
        through: "\"$0\" \"$@\" | head -c 10 > /dev/null; exit ${PIPESTATUS[0]}")
      #expect(result.status == 0 && result.errors.isEmpty, Comment(rawValue: result.errors))
    }
  }

  @Test func `does not depend on the number of threads`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", (0..<60).map { _ in SmallText.text }.joined())
    for command in [
      ["normalize"], ["encode", "-m", model], ["encode", "-m", model, "--format", "jsonl"],
    ] {
      let one = try Jukta.run(command + [text, "--threads", "1"])
      #expect(one.status == 0 && !one.output.isEmpty)
      for threads in ["2", "7"] {
        #expect(try Jukta.run(command + [text, "--threads", threads]).output == one.output)
      }
    }
  }

  @Test func `of help and version goes to standard output, with status 0`() throws {
    for arguments in [["--help"], ["--version"], ["help", "train"], ["encode", "-h"], []] {
      let result = try Jukta.run(arguments)
      #expect(result.status == 0 && result.errors.isEmpty && !result.output.isEmpty)
    }
  }
}
