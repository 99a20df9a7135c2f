import Foundation
import Testing

@Suite struct `Options of spm_train` {
  private static func words(_ arguments: String...) throws -> [Substring] {
    let result = try Jukta.run(["count"] + arguments)
    guard result.status == 0 else { throw SmallText.Failure(message: result.errors) }
    return result.text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.isEmpty }.dropFirst().prefix { !$0.isEmpty }.map(\.self)
  }

  @Test func `long lines are left out, and loudly`() throws {
    let folder = try Scratch()
    let text = folder.file("t", "ক\nখ খ খ খ খ\n\(String(repeating: "গ", count: 50))\nঘ\n")
    #expect(
      try Self.words("-q", "--max-sentence-length", "20", text) == ["▁ক\t1", "▁খ\t5", "▁ঘ\t1"])
    let told = try Jukta.run(["count", "--max_sentence_length=10", text])
    #expect(
      told.errors.contains("jukta: 2 lines longer than 10 bytes left out")
        && told.errors.contains("--max-sentence-length"))
    let weighted = folder.file("w", "ক\t2\n\(String(repeating: "গ", count: 50))\t3\n")
    #expect(
      try Self.words("-q", "--weighted", "--max-sentence-length", "20", weighted) == ["▁ক\t2"])
    #expect(try Jukta.run(["count", "--max-sentence-length", "9", text]).status == 2)
  }

  @Test func `a sample depends on the seed alone`() throws {
    let folder = try Scratch()
    let lines = (0..<300).map { "শব্দ" + String(UnicodeScalar(0x995 + $0 % 30) ?? "x") + "\($0)" }
    let one = folder.file("one", lines.joined(separator: "\n"))
    let two = folder.file("two", lines.reversed().joined(separator: "\n"))
    let size = ["--input_sentence_size", "40", "-q"]
    let first = try Jukta.run(["count", one] + size + ["--seed", "3"])
    #expect(first.status == 0 && first.text.contains("\ndocuments\t40\n"))
    #expect(
      try Jukta.run(["count", two] + size + ["--seed", "3", "--threads", "5"]).output
        == first.output)
    #expect(try Jukta.run(["count", one] + size + ["--seed", "4"]).output != first.output)
    let told = try Jukta.run(["count", one, "--input-sentence-size", "40"])
    #expect(told.errors.contains("drawn from 300 lines"))
  }

  @Test(arguments: ["unigram", "bpe"])
  func `control and user-defined symbols get their ids, and the latter are cut out of text`(
    _ kind: String
  ) throws {
    let folder = try Scratch()
    let soft = kind == "unigram" ? ["--no_hard_vocab_limit"] : []
    let model = folder.place("m")
    let trained = try Jukta.run(
      [
        "train", kind, folder.file("t", SmallText.text), "-o", model, "--vocab_size", "170", "-q",
        "--control_symbols", "<a>,<b>", "--user_defined_symbols", "ঢাকা", "--required_chars", "௹",
        "--preset", "identity",
      ] + soft)
    #expect(trained.status == 0, "\(trained.errors)")
    let vocabulary = try String(contentsOfFile: model + "/spiece.vocab", encoding: .utf8)
      .split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
    #expect(
      vocabulary.prefix(8) == ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]", "<a>", "<b>", "ঢাকা"])
    #expect(vocabulary.contains("௹"))
    for file in ["tokenizer.json", "spiece.model"] {
      let pieces = try Jukta.run(
        "encode", "-m", "\(model)/\(file)", "--format", "pieces", input: "কঢাকাক <a>")
      #expect(pieces.text.split(separator: " ").contains("ঢাকা"), "\(file)")
      // Control pieces of SentencePiece are never found in a text.
      let isFound = pieces.text.split(separator: " ").contains { $0.hasPrefix("<a>") }
      #expect(isFound == (file == "tokenizer.json"))
    }
  }

  @Test func `coverage leaves the rarest characters of a BPE alphabet out`() throws {
    let folder = try Scratch()
    let text = folder.file("t", String(repeating: "কখগ ", count: 400) + "ঝ\n")
    func vocabulary(_ coverage: String) throws -> String {
      let model = folder.place("m\(coverage)")
      let result = try Jukta.run(
        [
          "train", "bpe", text, "-o", model, "--vocab-size", "20", "-q", "--preset", "identity",
          "--character_coverage", coverage, "--alphabet", "corpus", "--soft-vocab-limit",
        ])
      guard result.status == 0 else { throw SmallText.Failure(message: result.errors) }
      return try String(contentsOfFile: model + "/spiece.vocab", encoding: .utf8)
    }
    #expect(try vocabulary("1").contains("ঝ"))
    #expect(try !vocabulary("0.999").contains("ঝ"))
    #expect(try vocabulary("0.999").contains("▁কখগ"))
  }
}

@Suite struct `Rules and spaces of spm_train` {
  private static let text = "  ক  খ১ \nA ক\n"

  private static func words(_ arguments: String...) throws -> [Substring] {
    let result = try Jukta.run(["count", "-q"] + arguments, input: Data(text.utf8))
    guard result.status == 0 else { throw SmallText.Failure(message: result.errors) }
    return result.text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.isEmpty }.dropFirst().prefix { !$0.isEmpty }.map(\.self)
  }

  @Test func `say what the words are`() throws {
    let set = "--preset=identity"
    #expect(
      try Self.words(set) == ["▁A\t1", "▁ক\t2", "▁খ\t1", "১\t1"].sorted(by: Self.bytes))
    #expect(
      try Self.words(set, "--no-add-dummy-prefix")
        == ["A\t1", "১\t1", "ক\t1", "▁ক\t1", "▁খ\t1"].sorted(by: Self.bytes))
    #expect(
      try Self.words(set, "--no_remove_extra_whitespaces")
        == ["▁\t4", "▁A\t1", "▁ক\t2", "▁খ\t1", "১\t1"].sorted(by: Self.bytes))
    #expect(
      try Self.words(set, "--treat_whitespace_as_suffix")
        == ["A▁\t1", "ক▁\t2", "খ\t1", "১\t1", "▁\t1"].sorted(by: Self.bytes))
    let folder = try Scratch()
    let rules = folder.file("rules.tsv", "995\t996\n41\t\n")
    #expect(
      try Self.words("--normalization_rule_tsv=\(rules)")
        == ["▁খ\t3", "১\t1"].sorted(by: Self.bytes))
  }

  private static func bytes(_ one: Substring, _ other: Substring) -> Bool {
    one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  @Test(arguments: [
    ["--treat-whitespace-as-suffix"], ["--no-add-dummy-prefix"], ["--no-remove-extra-whitespaces"],
    ["--treat-whitespace-as-suffix", "--no-remove-extra-whitespaces", "--no-add-dummy-prefix"],
  ])
  func `are in both files, which give the same ids and the same text`(_ flags: [String]) throws {
    let folder = try Scratch()
    let text = folder.file("t", SmallText.text)
    for kind in ["unigram", "bpe"] {
      let model = folder.place(kind)
      let soft = ["--soft-vocab-limit"]
      let trained = try Jukta.run(
        [
          "train", kind, "-q", text, "-o", model, "--vocab-size=150", "--preset=nfkc",
          "--character-coverage=1",
        ] + flags
          + soft)
      #expect(trained.status == 0, "\(trained.errors)")
      let lines = Data((SmallText.text + "  ক  খ১ \n\n \n").utf8)
      func ids(_ file: String, _ more: [String] = []) throws -> Data {
        try Jukta.run(["encode", "-m", model + "/" + file] + more, input: lines).output
      }
      let own = try ids("spiece.model")
      #expect(try ids("tokenizer.json", ["--no-special-tokens"]) == own && own.count > 1000)
      // Known text: an unknown character is no text to tokenizer.json, and ⁇ to a .model.
      let known = try Jukta.run(
        "encode", "-m", model + "/spiece.model", input: SmallText.text
      ).output
      func decoded(_ file: String) throws -> Data {
        try Jukta.run(["decode", "-m", model + "/" + file], input: known).output
      }
      #expect(try decoded("tokenizer.json") == decoded("spiece.model"))
    }
  }

  @Test func `are refused where they have no meaning`() throws {
    for (arguments, told) in [
      (
        ["--no-add-dummy-prefix"], "go with --normalization-rule-tsv or one of the presets nmt_nfkc"
      ),
      (["--preset=bengali", "--treat-whitespace-as-suffix"], "go with"),
      (["--preset=nfkc", "--normalization-rule-tsv=x"], "not both"),
    ] {
      let refused = try Jukta.run(["count", "-q"] + arguments, input: Data())
      #expect(refused.status == 2 && refused.errors.contains(told), "\(refused.errors)")
    }
    let missing = try Jukta.run("count", "-q", "--normalization-rule-tsv=/nowhere", input: "")
    #expect(missing.status == 1 && missing.errors.contains("/nowhere"))
    let folder = try Scratch()
    let bad = try Jukta.run(
      "count", "-q", "--normalization-rule-tsv", folder.file("bad", "zz\t41\n"), input: "")
    #expect(bad.status == 1 && bad.errors.contains("bad"))
  }

  @Test func `have to be given again where counts are trained on`() throws {
    let folder = try Scratch()
    let text = folder.file("t", SmallText.text)
    let counts = folder.place("counts")
    let flags = ["--preset=nfkc", "--treat-whitespace-as-suffix"]
    #expect(try Jukta.run(["count", "-q", text, "-o", counts] + flags).status == 0)
    let train = [
      "train", "unigram", "-q", "--counts", counts, "--vocab-size=150", "--soft-vocab-limit", "-o",
      folder.place("m"),
    ]
    let without = try Jukta.run(train)
    #expect(without.status == 1 && without.errors.contains("rules and spaces"))
    #expect(try Jukta.run(train + flags).status == 0)
  }
}
