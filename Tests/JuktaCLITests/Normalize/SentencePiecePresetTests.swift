import Foundation
import Testing

@Suite struct `SentencePiece's presets of normalize` {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/sentencepiece-0.2.3").path

  @Test func `rules apply, and spaces are left alone unless asked for`() throws {
    let text = "  ﬁ  ড়\u{200C} x \n"
    let plain = try Jukta.run("normalize", "--preset", "nmt_nfkc", input: text)
    #expect(plain.text == "  fi  ড\u{09BC}  x \n")
    let flags = ["--add-dummy-prefix", "--remove-extra-whitespaces", "--escape-whitespaces"]
    let full = try Jukta.run(["normalize", "--preset", "nmt_nfkc"] + flags, input: Data(text.utf8))
    #expect(full.text == "▁fi▁ড\u{09BC}▁x\n")
  }

  @Test func `a model normalises with its own settings`() throws {
    let model = Self.fixtures + "/unigram.model"
    let text = "  x=y  ঢাকা a b\n"
    let own = try Jukta.run("normalize", "-m", model, input: text)
    #expect(own.text == "▁x▁=▁y▁ঢাকা▁a▁b\n")
    let other = try Jukta.run(
      "normalize", "-m", model, "--no-escape-whitespaces", "--no-add-dummy-prefix", input: text)
    #expect(other.text == "x = y ঢাকা a b\n")
    let offsets = try Jukta.run("normalize", "-m", model, "--format", "jsonl", input: " a\n")
    #expect(offsets.text == #"{"text":"▁a","offsets":[[1,1],[1,2]]}"# + "\n")
  }

  @Test func `rules come from a file, and bytes that are no UTF-8 pass`() throws {
    let result = try Jukta.run(
      ["normalize", "--rules", Self.fixtures + "/rules.tsv"],
      input: Data([0x61, 0x62, 0x63, 0xFF, 0x0A]))
    #expect(result.text == "YZ\u{FFFD}\n")
  }

  @Test func `options that do not go together are refused`() throws {
    let both = try Jukta.run(
      "normalize", "--preset", "nfkc", "--rules", "x.tsv", input: "")
    #expect(both.status == 2)
    let flag = try Jukta.run("normalize", "--preset", "nfc", "--escape-whitespaces", input: "")
    #expect(flag.status == 2)
    #expect(flag.errors.contains("go with --rules, a .model or one of the presets"))
    let unknown = try Jukta.run("normalize", "--preset", "nmt", input: "")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("unicode-nfkc, nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf, identity"))
  }

  @Test func `a file that is no model is told with its name and byte`() throws {
    let bad = Self.fixtures + "/../sentencepiece-0.2.3/nothing.model"
    let missing = try Jukta.run("normalize", "-m", bad, input: "")
    #expect(missing.status == 1)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "jukta-\(UUID().uuidString).model")
    try Data([0x0A, 0x05, 0x61]).write(to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let broken = try Jukta.run("normalize", "-m", folder.path, input: "")
    #expect(broken.status == 1)
    #expect(broken.errors.contains(folder.path + ": byte 1: a length of 5"))
  }
}

@Suite struct `A folder that holds a .model alone` {
  @Test(arguments: ["spiece.model", "tokenizer.model"])
  func `stands for it`(_ name: String) throws {
    let folder = try Scratch()
    let source = `SentencePiece's presets of normalize`.fixtures + "/unigram.model"
    try FileManager.default.createDirectory(
      atPath: folder.place("m"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: source, toPath: folder.place("m/" + name))
    let text = "  x=y  ঢাকা a b\n"
    for command in [["normalize"], ["normalize", "--no-escape-whitespaces"], ["encode"]] {
      func output(_ model: String) throws -> String {
        try Jukta.run(command + ["-m", model], input: Data(text.utf8)).text
      }
      let own = try output(folder.place("m"))
      #expect(try !own.isEmpty && output(source) == own)
    }
    let converted = try Jukta.run(
      ["convert", "-q", folder.place("m"), "-o", folder.place("out.json")])
    #expect(converted.status == 0)
    // What tokenizer.json says goes first.
    try FileManager.default.copyItem(
      atPath: folder.place("out.json"), toPath: folder.place("m/tokenizer.json"))
    let piped = try Jukta.run("normalize", "-m", folder.place("m"), input: " a  b\n")
    #expect(piped.text == " a b\n")
    let flag = try Jukta.run(
      "normalize", "-m", folder.place("m"), "--escape-whitespaces", input: "")
    #expect(flag.status == 2)
  }

  @Test func `says what is missing where there is none`() throws {
    let folder = try Scratch()
    try FileManager.default.createDirectory(
      atPath: folder.place("m"), withIntermediateDirectories: true)
    let empty = try Jukta.run("encode", "-m", folder.place("m"), input: "")
    #expect(empty.status == 1)
    #expect(empty.errors.contains("spiece.model"))
  }
}
