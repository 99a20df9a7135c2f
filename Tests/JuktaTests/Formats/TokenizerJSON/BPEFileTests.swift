import Testing

@testable import Jukta

@Suite struct `BPE in files` {
  private static let model = """
    {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
     "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": false, "ignore_merges": true,
     "vocab": {"<unk>": 0, "a": 1, "b": 2, "ab": 3, "\\u09DF": 4, "\\u09AF\\u09BC": 5, "abb": 7},
     "merges": MERGES}
    """

  private static func read(_ merges: String, _ other: String = "") throws -> Tokenizer {
    let text = "{\(other)\"model\": " + model.replacing("MERGES", with: merges) + "}"
    return try TokenizerJSON.read(Array(text.utf8).span)
  }

  @Test func `pairs and the strings of old files are the same merges`() throws {
    let pairs = try Self.read(#"[["a", "b"], ["ab", "b"]]"#)
    let strings = try Self.read(##"["#version: 0.2", "a b", "ab b"]"##)
    let expected = [BPEMerge(left: 1, right: 2), BPEMerge(left: 3, right: 2)]
    #expect(pairs.model.bpe?.merges == expected)
    #expect(strings.model.bpe?.merges == expected)
    #expect(pairs.model.bpe?.options == strings.model.bpe?.options)
    #expect(pairs.model.id(of: "abb") == 7 && pairs.model.pieces[6].isEmpty)
    #expect(pairs.model.id(of: "\u{9DF}") == 4 && pairs.model.id(of: "\u{9AF}\u{9BC}") == 5)
  }

  @Test func `what is written reads back the same, and writes the same`() throws {
    let others = [
      "", #""pre_tokenizer": \#(Self.byteLevel), "decoder": \#(Self.byteLevel), "#,
      #""pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "\\s"}, "behavior": "Isolated", "invert": true}, \#(Self.byteLevel)]}, "post_processor": \#(Self.byteLevel), "decoder": {"type": "BPEDecoder", "suffix": "</w>"}, "#,
    ]
    for other in others {
      let tokenizer = try Self.read(#"[["a", "b"], ["ab", "b"]]"#, other)
      var first = ByteBuffer()
      try TokenizerJSON.write(tokenizer, to: &first)
      let again = try TokenizerJSON.read(first.span)
      var second = ByteBuffer()
      try TokenizerJSON.write(again, to: &second)
      #expect(first.bytes == second.bytes)
      #expect(again.model.bpe?.merges == tokenizer.model.bpe?.merges)
      #expect(again.model.pieces == tokenizer.model.pieces)
      #expect(again.model.bpe?.options == tokenizer.model.bpe?.options)
      #expect(again.frontEnd.preTokenizer == tokenizer.frontEnd.preTokenizer)
      #expect(again.postProcessor == tokenizer.postProcessor)
      #expect(again.decoder == tokenizer.decoder)
    }
  }

  private static let byteLevel =
    #"{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}"#

  @Test(arguments: [
    (#"["a b c"]"#, "model.merges[0]: expected two tokens with a space between, found 'a b c'"),
    (#"[["a", "b"], ["a", "z"]]"#, "model.merges[1]: the token 'z' is not in the vocabulary"),
    (#"[["a"]]"#, "model.merges[0]: expected two strings, found an array"),
    (
      #"[["b", "a"]]"#,
      "model.merges[0]: merge 0 makes \"ba\", which is not in the vocabulary"
    ),
  ])
  func `a bad merge is told with its place`(_ merges: String, _ message: String) throws {
    let error = #expect(throws: (any Error).self) { _ = try Self.read(merges) }
    #expect(error.map { "\($0)" } == message)
  }

  @Test(arguments: [("", true), (#", {"type": "WhitespaceSplit"}"#, false)])
  func `words stay bytes only where ByteLevel is the last step`(_ after: String, _ stay: Bool)
    throws
  {
    let tokenizer = try Self.read(
      "[]",
      #""pre_tokenizer": {"type": "Sequence", "pretokenizers": [\#(Self.byteLevel)\#(after)]}, "#
    )
    #expect(tokenizer.frontEnd.spellsBytes != stay)
  }

  @Test func `vocab.json and merges.txt read back as they were written`() throws {
    let model = try #require(try Self.read(#"[["a", "b"], ["ab", "b"]]"#).model.bpe)
    let files = try BPEFiles.files(of: model)
    #expect(files.map(\.name) == ["vocab.json", "merges.txt"])
    #expect(String(decoding: files[1].bytes, as: UTF8.self) == "#version: 0.2\na b\nab b\n")
    let again = try Self.read(files[0].bytes, files[1].bytes, model.options)
    #expect(again.pieces == model.pieces && again.merges == model.merges)
    #expect(throws: TokenizerFileError.self) {
      _ = try Self.read(files[0].bytes, Array("a b\nab\n".utf8), model.options)
    }
  }

  private static func read(
    _ vocabulary: [UInt8], _ merges: [UInt8], _ options: BPEOptions
  ) throws -> BPEModel {
    try BPEFiles.read(vocabulary: vocabulary.span, merges: merges.span, options: options)
  }

  @Test func `byte-level tokens decode to the text that they spell`() {
    #expect(Decoder.byteLevel().apply(["à¦", "ķ", "Ġa", "আ"]).joined() == "ক aআ")
    #expect(Decoder.byteLevel().apply(["à¦"]).joined() == "\u{FFFD}")
    #expect(Decoder.bpe().apply(["a", "b</w>", "c</w>"]).joined() == "ab c")
  }

  @Test func `ranges are narrowed by the spaces that tokens begin and end with`() {
    func range(
      _ token: String, _ range: Range<Int>, _ offsets: ByteLevelOffsets, isFirst: Bool = false
    ) -> Range<Int> {
      // A no-break space of two bytes stands for the second space.
      let text = Array(" a \u{A0}ab".utf8)
      return offsets.range(of: token, range, in: text.span, isFirst: isFirst)
    }
    let plain = ByteLevelOffsets(addsPrefixSpace: false)
    #expect(range("Ġa", 0..<2, plain, isFirst: true) == 1..<2)
    #expect(range("Ġ", 2..<3, plain) == 3..<3)
    #expect(range("ĠĠab", 2..<7, plain) == 5..<7)
    #expect(range("aĠĠ", 1..<5, plain) == 1..<2)
    let prefixed = ByteLevelOffsets(addsPrefixSpace: true)
    #expect(range("Ġa", 1..<2, prefixed, isFirst: true) == 1..<2)
    #expect(range("Ġa", 0..<2, prefixed) == 0..<2)
    #expect(range("ĠĠab", 2..<7, prefixed, isFirst: true) == 5..<7)
    #expect(range("Ġa", 0..<2, ByteLevelOffsets(addsPrefixSpace: false, trims: false)) == 0..<2)
  }
}
