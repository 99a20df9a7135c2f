import Foundation
import Testing

@Suite struct `jukta encode and decode` {
  static let line = "আমি বাংলায় গান গাই।"

  @Test func `write the same ids in every format`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = try Jukta.run("encode", "-m", model, input: Self.line + "\n").text
    let ids = text.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0) }
    #expect(ids.count > 3 && text.hasSuffix("\n"))
    let u16 = try Jukta.run("encode", "-m", model, "--format", "u16", input: Self.line).output
    #expect(Array(u16) == ids.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    let u32 = try Jukta.run("encode", "-m", model, "--format", "u32", input: Self.line).output
    let expected: [UInt8] = ids.flatMap { id in withUnsafeBytes(of: id.littleEndian, Array.init) }
    #expect(Array(u32) == expected)
    let jsonl = try Jukta.run("encode", "-m", model, "--format", "jsonl", input: Self.line).output
    let record = try #require(try JSONSerialization.jsonObject(with: jsonl) as? [String: Any])
    #expect(record["ids"] as? [UInt32] == ids)
    #expect((record["tokens"] as? [String])?.count == ids.count)
  }

  @Test func `write offsets in the unit that is asked for`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let line = "😀 গান 𝐀 গাই"
    let counts = [
      "bytes": line.utf8.count, "scalars": line.unicodeScalars.count, "utf16": line.utf16.count,
    ]
    for (unit, count) in counts {
      let jsonl = try Jukta.run(
        "encode", "-m", model, "--format", "jsonl", "--offsets", unit, "--no-special-tokens",
        input: line
      ).output
      let record = try #require(try JSONSerialization.jsonObject(with: jsonl) as? [String: Any])
      let offsets = try #require(record["offsets"] as? [[Int]])
      #expect(offsets.first?[0] == 0 && offsets.last?[1] == count)
      #expect(offsets.allSatisfy { $0.count == 2 && $0[0] <= $0[1] && $0[1] <= count })
    }
  }

  @Test func `lead back to the normalised text`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", SmallText.lines.joined(separator: "\n") + "\n")
    let clean = try Jukta.run(["normalize", "-m", model, text]).text
    let back = try Jukta.run(
      [model, text], through: "\"$0\" encode -m \"$1\" \"$2\" | \"$0\" decode -m \"$1\"")
    #expect(back.status == 0, Comment(rawValue: back.errors))
    #expect(back.text == clean)
  }

  @Test func `give an empty line for an empty line`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let ids = try Jukta.run("encode", "-m", model, "--no-special-tokens", input: "\nগান\n\n").text
    #expect(
      ids.split(separator: "\n", omittingEmptySubsequences: false).map(\.isEmpty)
        == [true, false, true, true])
    #expect(try Jukta.run("decode", "-m", model, input: "\n\n").text == "\n\n")
  }

  @Test func `name the line that is not UTF-8, behind the lines before it`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", Data("গান\nগাই\n".utf8) + Data([0x80, 0x0A]))
    let result = try Jukta.run(["encode", "-m", model, text])
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("jukta: ") && result.errors.contains("a.txt:3"))
    #expect(result.text.split(separator: "\n").count == 2)
  }

  @Test func `name a truncated file and a folder`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let packed = try `Bad input`.gzip(SmallText.text, in: scratch, "a.txt.gz")
    try `Bad input`.cutShort(packed)
    let result = try Jukta.run(["encode", "-m", model, packed, "-o", scratch.place("ids")])
    #expect(result.status == 1 && result.errors.contains("a.txt.gz"))
    #expect(!scratch.names.contains { $0.hasPrefix("ids") })
    let folder = try Jukta.run(["encode", "-m", model, scratch.path])
    #expect(folder.status == 1 && folder.errors.contains(scratch.path))
  }

  @Test func `name what is no id, with its line`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    for word in ["-1", "1.5", "0x10", "99999999999", "১"] {
      let result = try Jukta.run("decode", "-m", model, input: "5\n\n\(word)\n")
      #expect(result.status == 1)
      #expect(result.errors.contains("standard input:3") && result.errors.contains("'\(word)'"))
    }
  }

  @Test(arguments: [
    ["encode"], ["decode"], ["encode", "-m"], ["encode", "-m", "x", "--format", "xml"],
    ["encode", "-m", "x", "--offsets", "words"], ["decode", "-m", "x", "--threads", "-1"],
    ["normalize", "--preset", "nothing"], ["normalize", "--format", "csv"],
    ["normalize", "--threads", "0"], ["train", "magic"], ["nonsense"], ["--nonsense"],
  ])
  func `end with status 2 where they are called wrongly`(arguments: [String]) throws {
    let result = try Jukta.run(arguments)
    #expect(result.status == 2, Comment(rawValue: result.errors))
    #expect(result.output.isEmpty && result.errors.contains("--help"))
  }
}
