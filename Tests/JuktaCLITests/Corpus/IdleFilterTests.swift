import Foundation
import Testing

/// Filters without anything to look at, and text that is read back.
@Suite struct `Filters are never silent` {
  static let record = #"{"text":"আমি যাই","url":"x"}"# + "\n"

  @Test(arguments: [["count", "-q"], ["corpus", "text", "-q"], ["train", "bpe", "-q", "-o"]])
  func `a filter that finds nothing to look at is told, -q or not`(_ command: [String]) throws {
    let scratch = try Scratch()
    let path = scratch.file("a.jsonl", Self.record)
    let options = command.last == "-o" ? [scratch.place("m"), "--soft-vocab-limit"] : []
    let found = try Jukta.run(
      command + options + [path, "--min-language-prob", "0.9", "--line-language", "bn"])
    #expect(
      found.errors.contains("--min-language-prob had nothing to look at: none of 1 documents"))
    #expect(found.errors.contains("--line-language and --min-line-prob had nothing to look at"))
  }

  @Test func `a filter that looked at something is not told of`() throws {
    let text = #"{"text":"ক","language_score":0.95}"# + "\n"
    let found = try Jukta.run(
      ["corpus", "text", "-q", "--min-language-prob", "0.9"], input: Data(text.utf8))
    #expect(found.errors.isEmpty)
    #expect(found.text == "ক\n")
  }

  @Test func `the text of records reads back as as many documents`() throws {
    let records =
      #"{"text":"এক\n\nদুই\n \t\nতিন\r\n"}"# + "\n" + #"{"text":"\n\n"}"# + "\n"
      + #"{"text":"চার\n\n"}"# + "\n"
    let found = try Jukta.run(["corpus", "text", "-q"], input: Data(records.utf8))
    #expect(found.text == "এক\nদুই\nতিন\n\nচার\n")
    let again = try Jukta.run(["corpus", "text", "-q"], input: found.output)
    #expect(again.text == found.text)
    let stats = try Jukta.run(["corpus", "stats", "--format", "json", "-q"], input: found.output)
    #expect(stats.text.replacing(" ", with: "").contains(#""documents":2"#))
  }

  @Test func `segment passes numbers of any size on`() throws {
    let record = #"{"id":123456789012345678901234567890,"x":1e400,"text":"আমি।"}"#
    let found = try Jukta.run(["segment", "--format", "jsonl"], input: Data((record + "\n").utf8))
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.text.hasPrefix(#"{"id":123456789012345678901234567890,"x":1e400,"sentences""#))
    let broken = try Jukta.run(
      ["segment", "--format", "jsonl"], input: Data(#"{"id":01,"text":"ক"}"#.utf8))
    #expect(broken.status == 1)
  }
}
