import Jukta
import Testing

/// What tokenizers 0.23.3 reads and refuses of a tokenizer.json, asked of it case by case.
@Suite struct `A tokenizer.json, read as strictly as the reference reads it,` {
  static let model =
    #"{"type":"WordLevel","vocab":{"[UNK]":0,"a":1,"b":2,"hello":3},"unk_token":"[UNK]"}"#

  /// A file with `members` in front of the model.
  static func read(_ members: String, model: String = model) throws -> Tokenizer {
    let bytes = Array("{\(members)\"model\":\(model)}".utf8)
    return try TokenizerJSON.read(bytes.span)
  }

  @Test(arguments: [
    #""version":"2.0","#, #""version":"1.1","#, #""version":null,"#, #""version":1,"#,
    #""foo":1,"#, #""added_tokens":null,"#,
    #""normalizer":{"type":"Sequence","normalizers":[null]},"#,
    #""decoder":{"type":"Sequence","decoders":[null]},"#,
    #""pre_tokenizer":{"type":"Sequence","pretokenizers":[null]},"#,
    #""post_processor":{"type":"Sequence","processors":[null]},"#,
    #""normalizer":{},"#, #""normalizer":[],"#, #""normalizer":{"lowercase":true},"#,
    #""decoder":{"decoders":[]},"#, #""decoder":{"replacement":"▁","prepend_scheme":"always"},"#,
    #""pre_tokenizer":{"individual_digits":true},"#,
    #""pre_tokenizer":{"type":"Metaspace","replacement":"▁","add_prefix_space":false,"prepend_scheme":"always"},"#,
    #""pre_tokenizer":{"type":"Metaspace","replacement":"▁","add_prefix_space":false,"prepend_scheme":"first"},"#,
    #""pre_tokenizer":{"type":"Split","pattern":{"String":"a","x":"b"},"behavior":"Isolated","invert":false},"#,
    #""post_processor":{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0},"SpecialToken":{"id":"X","type_id":0}}],"pair":[],"special_tokens":{"X":{"id":"X","ids":[1],"tokens":["a"]}}},"#,
    #""truncation":{"max_length":-1,"strategy":"LongestFirst","stride":0},"#,
    #""truncation":{"max_length":1e30,"strategy":"LongestFirst","stride":0},"#,
  ])
  func `refuses`(_ members: String) {
    #expect(throws: TokenizerFileError.self) { try Self.read(members) }
  }

  @Test(arguments: [
    "", #""version":"1.0","#, #""normalizer":{"type":null,"prepend":""},"#,
    #""normalizer":{"normalizers":[]},"#, #""normalizer":{"type":"NFC","foo":1},"#,
    #""normalizer":{"strip_left":true,"strip_right":true,"prepend":"x"},"#,
    #""normalizer":{"clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},"#,
    ###""decoder":{"prefix":"##","cleanup":true},"###, #""decoder":{"suffix":"</w>"},"#,
    #""decoder":{"pad_token":"b","word_delimiter_token":"|","cleanup":true},"#,
    #""decoder":{"content":"b","start":1,"stop":0},"#,
    #""pre_tokenizer":{"type":"Metaspace","replacement":"-","add_prefix_space":true,"prepend_scheme":"never"},"#,
    #""pre_tokenizer":{"type":"Metaspace","replacement":"-","add_prefix_space":null,"prepend_scheme":"never"},"#,
    #""truncation":{"max_length":9223372036854775808,"strategy":"LongestFirst","stride":0},"#,
    #""truncation":{"max_length":18446744073709551615,"strategy":"LongestFirst","stride":9223372036854775808},"#,
  ])
  func `reads`(_ members: String) throws {
    let tokenizer = try Self.read(members)
    #expect(try tokenizer.encode("a").ids == [1])
  }

  @Test func `tells components without a type by their members, as old files have them`() throws {
    let replaced = try Self.read(#""normalizer":{"pattern":{"String":"b"},"content":"a"},"#)
    #expect(try replaced.encode("b").ids == [1])
    let nested = try Self.read(#""normalizer":{"normalizers":[{"prepend":"hell"}]},"#)
    #expect(try nested.encode("o").ids == [3])
    let decoder = try Self.read(#""decoder":{"pattern":{"String":"a"},"content":"c"},"#)
    #expect(decoder.decode([1, 2]) == "cb")
  }

  @Test func `takes merges in one form only`() throws {
    let start = #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":"#
    for merges in [#"["a b",["a","b"]]"#, #"[["a","b"],"a b"]"#] {
      #expect(throws: TokenizerFileError.self) { try Self.read("", model: start + merges + "}") }
    }
    for merges in [#"["a b"]"#, #"[["a","b"]]"#] {
      #expect(try Self.read("", model: start + merges + "}").encode("ab").ids == [2])
    }
  }

  @Test(arguments: [(62, true), (63, false), (100, false)])
  func `is nested as deep as the reference takes it`(_ depth: Int, _ isRead: Bool) {
    let open = String(repeating: #"{"type":"Sequence","normalizers":["#, count: depth)
    let members =
      #""normalizer":"# + open + #"{"type":"Lowercase"}"# + String(repeating: "]}", count: depth)
      + ","
    #expect(((try? Self.read(members)) != nil) == isRead)
  }

  @Test func `with a bound beyond what an Int holds comes back as a whole number`() throws {
    let tokenizer = try Self.read(
      #""truncation":{"max_length":18446744073709551615,"strategy":"LongestFirst","stride":0},"#)
    var output = ByteBuffer()
    try TokenizerJSON.write(tokenizer, to: &output)
    let bytes = output.bytes
    let again = try TokenizerJSON.read(bytes.span)
    let (before, after) = (try tokenizer.encode("a b").ids, try again.encode("a b").ids)
    #expect(before == after)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"max_length\": 999999999999999,"))
  }
}
