import Foundation
import Testing

/// Parquet where the command takes files of text.
@Suite struct `Commands over Parquet` {
  static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    .joined(separator: "/") + "/Fixtures/parquet"
  static let file = folder + "/arrow-fallback.parquet"

  /// The same rows as lines of text: none of them has a line feed inside.
  static func lines(in scratch: Scratch) throws -> String {
    let text = try Jukta.run(["corpus", "text", "-q", "--format", "jsonl", file]).text
    let rows = try text.split(separator: "\n").map { line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
      return record?["text"] ?? "?"
    }
    return scratch.file("rows.txt", rows.joined(separator: "\n") + "\n")
  }

  @Test(arguments: [
    ["count", "-q"], ["normalize", "--preset", "nfkc"], ["normalize", "--format", "jsonl"],
    ["segment"],
  ])
  func `rows are read as lines of text are`(_ command: [String]) throws {
    let scratch = try Scratch()
    let text = try Self.lines(in: scratch)
    let found = try Jukta.run(command + [Self.file])
    let expected = try Jukta.run(command + [text])
    #expect(found.status == 0, "\(found.errors)")
    // Counting leaves out blank lines, of which `segment` and `count` say nothing either.
    #expect(Self.body(found.text) == Self.body(expected.text))
    #expect(found.output.count > 1000)
  }

  /// Without the header and the end of counts, which tell of bytes and lines.
  private static func body(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test func `training and encoding take the same file`() throws {
    let scratch = try Scratch()
    let text = try Self.lines(in: scratch)
    for (name, input) in [("a", Self.file), ("b", text)] {
      let made = try Jukta.run([
        "train", "unigram", "-q", input, "-o", scratch.place(name), "--vocab-size", "50",
        "--soft-vocab-limit",
      ])
      #expect(made.status == 0, "\(made.errors)")
    }
    let tokenizers = try ["a", "b"].map {
      try Data(contentsOf: URL(fileURLWithPath: scratch.place($0) + "/tokenizer.json"))
    }
    #expect(tokenizers[0] == tokenizers[1])
    let encode = ["encode", "-m", scratch.place("a"), "--format", "u16"]
    let rows = try Jukta.run(encode + [Self.file])
    #expect(rows.status == 0, "\(rows.errors)")
    #expect(rows.output == (try Jukta.run(encode + [text]).output))
    #expect(rows.output == (try Jukta.run(encode + ["--documents", Self.file]).output))
  }

  @Test func `segment writes JSON records of rows`() throws {
    let found = try Jukta.run([
      "segment", "--format", "jsonl", Self.folder + "/arrow-groups.parquet",
    ])
    let rows = found.text.split(separator: "\n")
    #expect(rows.count == 60)
    #expect(rows[3] == #"{"sentences":[],"ranges":[]}"#)
    #expect(rows[11] == #"{"sentences":["এক","দুই","তিন"],"ranges":[[0,6],[7,16],[19,28]]}"#)
  }

  @Test func `a column of another name is named, and taken with --field`() throws {
    let path = Self.folder + "/arrow-other-name.parquet"
    let wrong = try Jukta.run(["normalize", path])
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("use --field body"))
    for command in [["normalize"], ["segment"], ["count", "-q"], ["corpus", "text"]] {
      let right = try Jukta.run(command + ["--field", "body", path])
      #expect(right.status == 0, "\(right.errors)")
    }
  }

  @Test func `standard input is refused with what to do`() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.file))
    for command in [["count", "-q"], ["segment"], ["corpus", "stats"]] {
      let found = try Jukta.run(command, input: bytes)
      #expect(found.status == 1)
      #expect(found.errors.contains("standard input: a Parquet file as a stream"))
      #expect(found.errors.contains("name the file"))
    }
  }
}
