import Foundation
import Testing

@Suite struct `jukta train bpe` {
  private static func model(in folder: Scratch, _ name: String, _ more: [String]) throws -> String {
    let text = folder.file("train.txt", SmallText.text)
    let model = folder.place(name)
    let result = try Jukta.run(
      ["train", "bpe", text, "-o", model, "--vocab-size", "420", "-q", "--soft-vocab-limit"] + more)
    guard result.status == 0 else { throw SmallText.Failure(message: result.errors) }
    return model
  }

  private static let kinds: [[String]] = [
    ["--preset", "sahajbert"], ["--akshara-safe"], ["--byte-fallback"],
    ["--byte-level"], ["--byte-level", "--pattern", "gpt2", "--preset", "identity"],
    ["--byte-level", "--pattern", "gpt4"],
  ]

  @Test(arguments: 0..<6)
  func `the same folder whatever the threads`(_ kind: Int) throws {
    let folder = try Scratch()
    let one = try Self.model(in: folder, "one", Self.kinds[kind] + ["--threads", "1"])
    let seven = try Self.model(in: folder, "seven", Self.kinds[kind] + ["--threads", "7"])
    for name in ["tokenizer.json", "vocab.json", "merges.txt", "recipe.json"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(one)/\(name)"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: "\(seven)/\(name)")) == bytes)
      #expect(!bytes.isEmpty)
    }
  }

  @Test func `byte-level ids of any text decode to that text`() throws {
    let folder = try Scratch()
    let model = try Self.model(in: folder, "m", ["--byte-level", "--preset", "identity"])
    let text = "আমি 😀 中文\tক্‌ষ\u{A0}x\n"
    let ids = try Jukta.run("encode", "-m", model, input: text)
    #expect(try Jukta.run("decode", "-m", model, input: ids.text).text == text)
  }

  @Test func `dropout depends on the seed and the line, not on threads`() throws {
    let folder = try Scratch()
    let model = try Self.model(in: folder, "m", [])
    func ids(_ seed: String, _ threads: String) throws -> String {
      try Jukta.run(
        "encode", "-m", model, "--dropout", "0.3", "--seed", seed, "--threads", threads,
        input: SmallText.text
      ).text
    }
    let first = try ids("1", "1")
    #expect(try ids("1", "3") == first)
    #expect(try ids("2", "1") != first)
    let lines = first.split(separator: "\n")
    #expect(lines[0] == lines[SmallText.lines.count])
    let bad = try Jukta.run("encode", "-m", model, "--dropout", "2", input: "")
    #expect(bad.status == 2 && bad.errors.contains("dropout must be from 0 to 1"))
  }

  @Test func `settings out of range are told before anything is read`() throws {
    let result = try Jukta.run(
      "train", "bpe", "/nowhere", "-o", "/tmp/never", "--max-token-length", "1", input: "")
    #expect(result.status == 2)
    #expect(result.errors.contains("--max-token-length must be 2 characters or more"))
  }
}
