import Foundation
import Testing

/// The two programs in Examples that train.
@Suite struct `An example` {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples")

  @Test(arguments: ["TrainFromFiles", "TrainFromStrings"])
  func `is a whole program of 15 lines at most`(_ name: String) throws {
    let file = Self.folder.appendingPathComponent("\(name)/main.swift")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count <= 15)
  }

  @Test func `trains on files, and writes what the command writes`() throws {
    let scratch = try Scratch()
    let text = scratch.file("train.txt", SmallText.text)
    let result = try Jukta.run([scratch.place("one"), text], program: "TrainFromFiles")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(result.text.contains("▁আমি"))
    let command = try Jukta.run(["train", "unigram", text, "-o", scratch.place("two"), "-q"])
    #expect(command.status == 0, Comment(rawValue: command.errors))
    for name in ["tokenizer.json", "recipe.json", "report.html"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.place("two/\(name)")))
      #expect(!bytes.isEmpty)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: scratch.place("one/\(name)"))) == bytes, "\(name)"
      )
    }
  }

  @Test func `trains on strings, and gives a text back`() throws {
    let result = try Jukta.run([], program: "TrainFromStrings")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 2 && lines.last == "আমি গান শুনি।", "\(result.text)")
  }
}
