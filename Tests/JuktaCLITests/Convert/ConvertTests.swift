import Foundation
import Testing

@Suite struct `jukta convert` {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/sentencepiece-0.2.3").path

  private static func ids(_ model: String) throws -> String {
    try Jukta.run("encode", "-m", model, input: SmallText.text).text
  }

  @Test(arguments: ["bpe", "unigram-bytes"])
  func `a model goes into a folder and comes back`(_ name: String) throws {
    let folder = try Scratch()
    let model = "\(Self.fixtures)/\(name).model"
    let there = try Jukta.run(["convert", model, "-o", folder.place("m")])
    #expect(there.status == 0 && there.output.isEmpty)
    #expect(there.errors.contains("carried\tpre_tokenizer\t"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.place("m")).sorted()
    #expect(
      files == [
        "special_tokens_map.json", "spiece.model", "spiece.vocab", "tokenizer.json",
        "tokenizer_config.json",
      ])
    let back = try Jukta.run(
      ["convert", "-q", folder.place("m/tokenizer.json"), "-o", folder.place("back.model")])
    #expect(back.status == 0 && back.errors.isEmpty)
    let expected = try Self.ids(model)
    #expect(expected.count > 1000)
    #expect(try Self.ids(folder.place("back.model")) == expected)
    #expect(try Self.ids(folder.place("m/tokenizer.json")) == expected)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.place("m/spiece.model")))
        == Data(contentsOf: URL(fileURLWithPath: model)))
  }

  @Test func `a dry run tells and writes nothing; what would be lost is refused unless --lossy`()
    throws
  {
    let folder = try Scratch()
    // Cheap to compile into a map, but for one step.
    let json = try Jukta.run(
      ["convert", "-q", "\(Self.fixtures)/unigram-bytes.model", "-o", folder.place("t.json")])
    #expect(json.status == 0)
    var text = try String(contentsOfFile: folder.place("t.json"), encoding: .utf8)
    let step = #"{"type":"Replace","pattern":{"Regex":"(?<!a)b+"},"content":"c"},"#
    let start = try #require(text.range(of: #""normalizers": ["#))
    text.insert(contentsOf: step, at: start.upperBound)
    let source = folder.file("lossy.json", text)
    let target = folder.place("out.model")
    let dry = try Jukta.run(["convert", source, "-o", target, "--dry-run"])
    #expect(dry.status == 0)
    #expect(dry.text.contains("lost\tnormalizer\tthe step "))
    let refused = try Jukta.run(["convert", source, "-o", target])
    #expect(refused.status == 1 && refused.errors.contains("--lossy converts all the same"))
    #expect(folder.names == ["lossy.json", "t.json"])
    #expect(try Jukta.run(["convert", "-q", "--lossy", source, "-o", target]).status == 0)
    #expect(folder.names == ["lossy.json", "out.model", "t.json"])
  }

  @Test func `what has no form at all is an error with its reason`() throws {
    let folder = try Scratch()
    let word = try Jukta.run(
      ["convert", "\(Self.fixtures)/word.model", "-o", folder.place("w.json"), "--lossy"])
    #expect(word.status == 1)
    #expect(word.errors.contains("word models have no form in tokenizer.json"))
    #expect(folder.names.isEmpty)
  }
}

@Suite struct `spiece.model of a training` {
  @Test(arguments: ["unigram", "bpe"])
  func `is written where a map can say the preset, with the same ids`(_ kind: String) throws {
    let folder = try Scratch()
    // Snowmen and ૧ are too rare for pieces, and would be cut apart by punctuation and digits.
    let text = folder.file("train.txt", SmallText.text)
    let model = folder.place("m")
    let soft = ["--soft-vocab-limit"]
    let trained = try Jukta.run(
      ["train", kind, text, "-o", model, "--vocab-size=150", "--preset", "identity"] + soft)
    #expect(trained.status == 0 && !trained.text.contains("left out"), "\(trained.errors)")
    func ids(_ file: String, _ more: [String]) throws -> String {
      try Jukta.run(
        ["encode", "-m", file] + more, input: Data((SmallText.text + "«☃»☃ ૧૨☃ক «»").utf8)
      ).text
    }
    let expected = try ids(model + "/tokenizer.json", ["--no-special-tokens"])
    #expect(try ids(model + "/spiece.model", []) == expected && expected.count > 1000)
    let vocabulary = try String(contentsOfFile: model + "/spiece.vocab", encoding: .utf8)
    #expect(vocabulary.hasPrefix("<pad>\t0\n<unk>\t0\n[CLS]\t0\n[SEP]\t0\n[MASK]\t0\n"))
    let recipe = try String(contentsOfFile: model + "/recipe.json", encoding: .utf8)
    #expect(recipe.contains("\"written\": true"))
    if kind == "unigram" {
      #expect(trained.text.contains("  spiece.model and tokenizer.json give the same ids\n"))
      #expect(recipe.contains("\"differences\": [\n      \"special-names\"\n    ]"))
    }
  }

  @Test func `is left out with the reason in report and recipe where no map can`() throws {
    let folder = try Scratch()
    let text = folder.file("train.txt", SmallText.text)
    let model = folder.place("m")
    let trained = try Jukta.run(
      ["train", "unigram", text, "-o", model, "--vocab_size=150", "--soft-vocab-limit"])
    #expect(trained.text.contains("spiece.model left out: no map can say"))
    #expect(!FileManager.default.fileExists(atPath: model + "/spiece.model"))
    for file in ["recipe.json", "report.html"] {
      let text = try String(contentsOfFile: model + "/" + file, encoding: .utf8)
      #expect(text.contains("no map can say"), "\(file)")
    }
    let bytes = try Jukta.run(
      ["train", "bpe", text, "-o", folder.place("b"), "--vocab-size=300", "--byte-level"]
        + ["--soft-vocab-limit"])
    #expect(bytes.text.contains("spiece.model left out: "))
    #expect(!bytes.text.contains("--lossy-spiece"))
  }
}
