import Foundation
import Testing

/// What `jukta decode` writes.
@Suite struct `jukta decode` {
  /// A byte-level model: all texts can be said, line ends too.
  static func model(in scratch: Scratch) throws -> String {
    let text = scratch.file("train.txt", SmallText.text)
    let model = scratch.place("model")
    let result = try Jukta.run(
      [
        "train", "bpe", text, "-o", model, "--byte-level", "--vocab-size", "320", "-q",
        "--preset", "identity",
      ])
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return model
  }

  @Test func `keeps texts apart with --format jsonl, whatever is in them`() throws {
    let scratch = try Scratch()
    let model = try Self.model(in: scratch)
    let texts = ["এক\nদুই", "", "\n", "\"\\\u{7}", "a\r\n\r", "র‍্যাব 😀"]
    let records = try texts.map {
      String(decoding: try JSONEncoder().encode(["content": $0]), as: UTF8.self) + "\n"
    }
    let file = scratch.file("texts.jsonl", records.joined())
    let ids = try Jukta.run(["encode", "-m", model, "--documents", file])
    let decoded = try Jukta.run(["decode", "-m", model, "--format", "jsonl"], input: ids.output)
    #expect(decoded.status == 0, Comment(rawValue: decoded.errors))
    let found = try decoded.text.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
    #expect(
      found.count == ids.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
    #expect(found.compactMap { $0["text"] }.contains("এক\nদুই"))
    #expect(found.allSatisfy { $0.keys.sorted() == ["text"] })
  }

  @Test func `leaves out ids that no token has, and says how many`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let ids = try Jukta.run("encode", "-m", model, input: "আমি\n").text
    let expected = try Jukta.run("decode", "-m", model, input: ids)
    #expect(expected.errors.isEmpty)
    let more = "99999 " + ids.dropLast() + " 4294967295\n"
    let found = try Jukta.run("decode", "-m", model, input: more)
    #expect(found.status == 0 && found.output == expected.output)
    #expect(found.errors.contains("2 ids left out"))
    #expect(try Jukta.run("decode", "-m", model, "-q", input: more).errors.isEmpty)
  }

  @Test(arguments: ["x", "1 -2", "4294967296", "1.0", "\u{1B}[31m"])
  func `refuses what is no id, with its line`(_ text: String) throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let result = try Jukta.run("decode", "-m", model, input: "1 2\n" + text + "\n")
    #expect(result.status == 1 && result.errors.contains("standard input:2: "))
    #expect(!result.errors.contains("\u{1B}"))
  }
}
