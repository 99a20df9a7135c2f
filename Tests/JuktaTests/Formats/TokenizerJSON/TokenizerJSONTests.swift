import TestSupport
import Testing

@testable import Jukta

@Suite struct `tokenizer.json` {
  static let whole = """
    {"version":"1.0","truncation":null,"padding":null,
     "added_tokens":[{"id":0,"content":"<unk>","single_word":false,"lstrip":false,"rstrip":false,
       "normalized":false,"special":true}],
     "normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},
     "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
     "post_processor":{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],
       "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{}},
     "decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
     "model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0.0],["▁ক",-1.5],["খ",-2.25]],"byte_fallback":false}}
    """

  static func read(_ text: String) throws -> Tokenizer {
    try TokenizerJSON.read(Array(text.utf8).span)
  }

  /// The message for a file with one part replaced.
  static func message(replacing part: String, by other: String) -> String {
    let range = whole.firstRange(of: part)
    guard let range else { return "the part is not there" }
    do {
      _ = try read(whole.replacingCharacters(in: range, with: other))
      return "was taken"
    } catch {
      return "\(error)"
    }
  }

  @Test func `is read`() throws {
    let tokenizer = try Self.read(Self.whole)
    #expect(try tokenizer.encode("ক  খ").tokens == ["▁ক", "▁", "খ"])
    #expect(try tokenizer.encode("ক  খ").ids == [1, 0, 2])
  }

  @Test(arguments: [
    ("\"type\":\"NFKC\"", "\"type\":\"NFKX\"", ["normalizer.normalizers[0]", "NFKX"]),
    ("\"type\":\"NFKC\"", "\"kind\":\"NFKC\"", ["normalizer.normalizers[0].type", "missing"]),
    (" {2,}", "(", ["(", "not a regular expression"]),
    ("\"prepend_scheme\":\"always\"", "\"prepend_scheme\":\"often\"", ["pre_tokenizer", "often"]),
    ("\"type\":\"Metaspace\"", "\"type\":\"Bert\"", ["pre_tokenizer", "Bert"]),
    ("\"type\":\"TemplateProcessing\"", "\"type\":\"Magic\"", ["post_processor", "Magic"]),
    ("\"type\":\"Unigram\"", "\"type\":\"Oracle\"", ["model", "Oracle"]),
    ("\"unk_id\":0", "\"unk_id\":9", ["unk_id 9"]),
    ("\"unk_id\":0", "\"unk_id\":-1", ["unk_id"]),
    ("\"unk_id\":0", "\"unk_id\":1e300", ["unk_id"]),
    ("[\"▁ক\",-1.5]", "[\"▁ক\",\"x\"]", ["model.vocab[1]"]),
    ("[\"▁ক\",-1.5]", "[\"▁ক\"]", ["model.vocab[1]"]),
    ("[\"▁ক\",-1.5]", "[\"▁ক\",1e999]", ["1e999"]),
    ("\"vocab\":[", "\"vocab\":7,\"v\":[", ["model.vocab", "an array"]),
    ("\"special\":true", "\"special\":\"yes\"", ["added_tokens[0].special"]),
    ("\"content\":\"<unk>\"", "\"text\":\"<unk>\"", ["added_tokens[0].content"]),
    ("\"truncation\":null", "\"truncation\":{}", ["truncation.max_length", "missing"]),
    (
      "\"truncation\":null",
      "\"truncation\":{\"max_length\":-1,\"strategy\":\"OnlyFirst\",\"stride\":0}",
      ["truncation.max_length", "not negative"]
    ),
    (
      "\"truncation\":null",
      "\"truncation\":{\"max_length\":9,\"strategy\":\"Any\",\"stride\":0}",
      ["truncation.strategy", "LongestFirst, OnlyFirst, OnlySecond", "'Any'"]
    ),
    ("\"padding\":null", "\"padding\":{\"strategy\":{\"Fixed\":1e15}}", ["padding.strategy.Fixed"]),
    (
      "\"padding\":null", "\"padding\":{\"strategy\":\"Best\"}",
      ["padding.strategy", "BatchLongest"]
    ),
    (
      "\"type\":\"TemplateProcessing\"",
      "\"type\":\"BertProcessing\",\"sep\":[\"x\"],\"cls\":[\"x\",1]",
      ["post_processor.sep", "a token and its id"]
    ),
  ])
  func `with a bad part is refused, and the part is named`(
    part: String, other: String, says: [String]
  ) {
    let message = Self.message(replacing: part, by: other)
    for word in says { #expect(message.contains(word), "\(message)") }
  }

  @Test func `cut anywhere is refused`() {
    let bytes = Array(Self.whole.utf8)
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) { try TokenizerJSON.read(bytes.span.extracting(0..<count)) }
    }
  }

  @Test func `with bytes changed is read or refused, and never crashes`() throws {
    var generator = SeededGenerator(seed: 51)
    // Without the normaliser, whose tables take longer to make than all else.
    let start = try #require(Self.whole.firstRange(of: "{\"type\":\"Sequence\""))
    let end = try #require(Self.whole.firstRange(of: "\"pre_tokenizer\""))
    let text = Self.whole[..<start.lowerBound] + "null," + Self.whole[end.lowerBound...]
    let seeds = Array(text.utf8)
    for _ in 0..<300 {
      var bytes = seeds
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0x20...0x7E, using: &generator)
      }
      if let tokenizer = try? TokenizerJSON.read(bytes.span) { _ = try? tokenizer.encode("ক খ a") }
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
