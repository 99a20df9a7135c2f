import Foundation
import Testing

/// A corpus gives the same tokenizer however it is laid out and packed.
@Suite struct `Training from a corpus` {
  static func tokenizer(_ files: [String], in scratch: Scratch, _ options: String...) throws -> Data
  {
    let model = scratch.place("model-" + UUID().uuidString)
    let result = try Jukta.run(
      ["train", "unigram"] + files
        + ["-o", model, "--vocab-size", "150", "-q", "--soft-vocab-limit"] + options)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return try Data(contentsOf: URL(fileURLWithPath: model + "/tokenizer.json"))
  }

  static func json(_ lines: [String], _ metadata: String) throws -> String {
    let content = try JSONEncoder().encode(lines.joined(separator: "\n"))
    return "{\"content\":\(String(decoding: content, as: UTF8.self)),\"metadata\":{\(metadata)}}\n"
  }

  @Test func `every layout, packed or not, gives the same tokenizer`() throws {
    let scratch = try Scratch()
    let text = SmallText.lines
    let copies = 0..<20
    let lines = scratch.file("lines", SmallText.text)
    let expected = try Self.tokenizer([lines], in: scratch)
    let paragraphs = copies.map { _ in text.joined(separator: "\r\n") }.joined(separator: "\n\n")
    let records = try copies.map { _ in try Self.json(text, "\"annotation\":null") }.joined()
    for (name, content) in [("paragraphs", paragraphs), ("records", records)] {
      let file = scratch.file(name, content)
      #expect(try Self.tokenizer([file], in: scratch) == expected)
      for packing in Packing.allCases {
        let packed = scratch.file(name + ".\(packing)", packing.pack(content))
        #expect(try Self.tokenizer([packed], in: scratch) == expected)
      }
    }
  }

  @Test func `what filters and --skip-bad leave out leaves no trace`() throws {
    let scratch = try Scratch()
    let good = try Self.json(SmallText.lines, "\"quality_warnings\":null,\"harmful_pp\":700")
    let bad = try Self.json(["অন্য কথা অন্য কথা"], "\"quality_warnings\":[\"tiny\"]")
    let harmful = try Self.json(["খারাপ কথা"], "\"harmful_pp\":5")
    let clean = scratch.file("clean", String(repeating: good, count: 20))
    let dirty = scratch.file(
      "dirty", String(repeating: bad + good + harmful + "{broken\n", count: 20))
    let expected = try Self.tokenizer([clean], in: scratch)
    let found = try Self.tokenizer(
      [dirty], in: scratch, "--drop-warnings", "tiny", "--min-harmful-pp", "10", "--skip-bad")
    #expect(found == expected)
  }

  @Test func `other commands read packed lines as plain ones`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = "  আমি  বাংলায়\r\n\nগান গাই।"
    let plain = scratch.file("plain", text)
    for command in [
      ["normalize"], ["encode", "-m", model], ["encode", "-m", model, "--format", "pieces"],
    ] {
      let expected = try Jukta.run(command + [plain])
      #expect(
        expected.status == 0
          && expected.text.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
      for packing in Packing.allCases {
        let found = try Jukta.run(
          [scratch.file("packed", packing.pack(text))] + command,
          through: "file=\"$1\"; shift; cat \"$file\" | \"$0\" \"$@\"")
        #expect(found.output == expected.output)
      }
    }
  }
}
