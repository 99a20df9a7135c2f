import TestSupport
import Testing

@testable import Jukta

@Suite struct `Hostile tokenizer.json` {
  static let wordPiece = """
    {"type":"WordPiece","unk_token":"u","continuing_subword_prefix":"##",
     "max_input_chars_per_word":100,"vocab":{"u":0,"a":1}}
    """

  /// The message for a file of these parts.
  static func message(_ parts: [String: String]) -> String {
    var members = ["model": wordPiece]
    members.merge(parts) { $1 }
    let text = "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    do {
      _ = try TokenizerJSON.read(Array(text.utf8).span)
      return "was taken"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("normalizer", #"{"type":"BertNormalizer","clean_text":1}"#, "normalizer.clean_text: expected"),
    ("normalizer", #"{"type":"BertNormalizer"}"#, "normalizer.clean_text: missing"),
    (
      "normalizer", #"{"type":"Replace","pattern":{"Regex":"(?i)[a"},"content":""}"#,
      "normalizer.pattern.Regex: "
    ),
    (
      "normalizer", #"{"type":"Replace","pattern":{"Regex":"a","String":"b"},"content":""}"#,
      "normalizer.pattern: expected String or Regex, found both"
    ),
    (
      "normalizer", #"{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Cyrillic"}]}"#,
      "normalizer.normalizers[1]: the normalizer 'Cyrillic'"
    ),
    ("pre_tokenizer", #"{"type":"FixedLength","length":0}"#, "pre_tokenizer.length"),
    ("pre_tokenizer", #"{"type":"FixedLength","length":-1}"#, "pre_tokenizer.length"),
    ("pre_tokenizer", #"{"type":"FixedLength","length":1e99}"#, "pre_tokenizer.length"),
    ("pre_tokenizer", #"{"type":"CharDelimiterSplit","delimiter":"ab"}"#, "one character"),
    ("pre_tokenizer", #"{"type":"RandomChunkSplit"}"#, "RandomChunkSplit"),
    (
      "pre_tokenizer",
      #"{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\X"},"behavior":"Removed","invert":false}]}"#,
      "pre_tokenizer.pretokenizers[0].pattern.Regex: "
    ),
    ("decoder", #"{"type":"Strip","content":" ","start":1,"stop":1.5}"#, "decoder.stop"),
    ("decoder", #"{"type":"Strip","content":"","start":1,"stop":1}"#, "decoder.content"),
    ("decoder", #"{"type":"CTC","pad_token":"p"}"#, "decoder.word_delimiter_token: missing"),
    ("decoder", #"{"type":"WordPiece","prefix":null,"cleanup":true}"#, "decoder.prefix"),
    (
      "decoder", #"{"type":"Replace","pattern":{"Regex":"\\K"},"content":""}"#,
      "decoder.pattern.Regex: "
    ),
    (
      "model", #"{"type":"WordLevel","vocab":{"a":0,"b":0},"unk_token":"a"}"#,
      "model.vocab.b: the id 0"
    ),
    ("model", #"{"type":"WordLevel","vocab":{"a":4294967295},"unk_token":"a"}"#, "model.vocab"),
    ("model", #"{"type":"WordLevel","vocab":{"a":-1},"unk_token":"a"}"#, "model.vocab.a"),
    ("model", #"{"type":"WordLevel","vocab":["a"],"unk_token":"a"}"#, "model.vocab"),
    ("model", #"{"type":"WordLevel","vocab":{}}"#, "model.unk_token: missing"),
    (
      "model",
      #"{"type":"WordPiece","unk_token":"u","continuing_subword_prefix":"","max_input_chars_per_word":-1,"vocab":{}}"#,
      "model.max_input_chars_per_word"
    ),
    ("model", #"{"type":7}"#, "model.type: expected a string"),
    ("model", #"{"type":"Bigram"}"#, "Bigram"),
  ])
  func `is refused, and the place is named`(part: String, value: String, says: String) {
    let message = Self.message([part: value])
    #expect(message.contains(says), "\(message)")
  }

  @Test(arguments: [
    ("normalizer", "{\"type\":\"Sequence\",\"normalizers\":[", "]}"),
    ("pre_tokenizer", "{\"type\":\"Sequence\",\"pretokenizers\":[", "]}"),
    ("decoder", "{\"type\":\"Sequence\",\"decoders\":[", "]}"),
  ])
  func `nested a hundred thousand deep is refused`(part: String, opening: String, closing: String) {
    let value =
      String(repeating: opening, count: 100_000) + String(repeating: closing, count: 100_000)
    #expect(Self.message([part: value]).contains("nested"))
  }

  @Test func `with an empty vocabulary, or an empty token, encodes or says why not`() throws {
    for vocabulary in ["{}", "{\"\":0}", "{\"u\":0,\"\":1}"] {
      for type in ["WordLevel\",\"unk_token\":\"u", "BPE\",\"merges\":[],\"unk_token\":\"u"] {
        let text = "{\"model\":{\"type\":\"\(type)\",\"vocab\":\(vocabulary)}}"
        let tokenizer = try TokenizerJSON.read(Array(text.utf8).span)
        #expect(try tokenizer.encode("").ids.isEmpty)
        _ = try? tokenizer.encode("abc")
        _ = tokenizer.decode([0, 1, 2, .max])
      }
    }
  }
}
