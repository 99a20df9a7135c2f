import TestSupport
import Testing

@testable import Jukta

/// Files that nobody wrote by mistake: an error that names the place, or a tokenizer that works.
@Suite struct `A mutated tokenizer.json` {
  /// Small files of each kind; none has a normaliser whose tables take long to make.
  static let files: [String: String] = [
    "Unigram": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added(0, "<unk>")),
    \(added(3, "[X]"))],"normalizer":{"type":"Strip","strip_left":true,"strip_right":true},
    "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
    "post_processor":{"type":"TemplateProcessing",
    "single":[{"SpecialToken":{"id":"[X]","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
    "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
    "special_tokens":{"[X]":{"id":"[X]","ids":[3],"tokens":["[X]"]}}},
    "decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
    "model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["▁ক",-1.5],["খ",-2.25]],
    "byte_fallback":false}}
    """,
    "BPE": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added(0, "<unk>"))],
    "normalizer":{"type":"Replace","pattern":{"String":" "},"content":"▁"},
    "pre_tokenizer":{"type":"Sequence","pretokenizers":[
    {"type":"Split","pattern":{"Regex":"[0-9]"},"behavior":"Isolated","invert":false},
    {"type":"Digits","individual_digits":true},{"type":"Punctuation","behavior":"Isolated"}]},
    "post_processor":null,"decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},
    {"type":"Fuse"}]},"model":{"type":"BPE","dropout":null,"unk_token":"<unk>",
    "continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":true,
    "byte_fallback":true,"ignore_merges":false,
    "vocab":{"<unk>":0,"ক":1,"খ":2,"কখ":3,"<0x41>":4},"merges":[["ক","খ"]]}}
    """,
    "BERT": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added(0, "[U]"))],
    "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
    "strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},
    "post_processor":{"type":"BertProcessing","sep":["[U]",0],"cls":["[U]",0]},
    "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},"model":{"type":"WordPiece",
    "unk_token":"[U]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
    "vocab":{"[U]":0,"ক":1,"##খ":2,"a":3}}}
    """,
    "compiled": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
    "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"x"},
    {"type":"Precompiled","precompiled_charsmap":"\(charsmap(1024, units: empty))"}]},
    "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Whitespace"},
    {"type":"CharDelimiterSplit","delimiter":"b"},{"type":"FixedLength","length":2}]},
    "post_processor":null,"decoder":{"type":"Sequence","decoders":[
    {"type":"Replace","pattern":{"String":"x"},"content":" "},
    {"type":"Strip","content":" ","start":1,"stop":0},
    {"type":"CTC","pad_token":"<pad>","word_delimiter_token":"|","cleanup":true}]},
    "model":{"type":"WordLevel","unk_token":"u","vocab":{"u":0,"a":1,"xক":2}}}
    """,
    "lengths": """
    {"version":"1.0","truncation":{"direction":"Right","max_length":6,
    "strategy":"LongestFirst","stride":1},"padding":{"strategy":{"Fixed":9},"direction":"Left",
    "pad_to_multiple_of":4,"pad_id":0,"pad_type_id":0,"pad_token":"<unk>"},
    "added_tokens":[],"normalizer":null,"pre_tokenizer":null,
    "post_processor":{"type":"Sequence","processors":[{"type":"RobertaProcessing",
    "sep":["b",1],"cls":["a",0],"trim_offsets":true,"add_prefix_space":false},
    {"type":"BertProcessing","sep":["b",1],"cls":["a",0]}]},"decoder":null,
    "model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[]}}
    """,
    "bytes": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
    "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,
    "use_regex":true},"post_processor":{"type":"ByteLevel","add_prefix_space":true,
    "trim_offsets":false,"use_regex":true},"decoder":{"type":"ByteLevel",
    "add_prefix_space":true,"trim_offsets":true,"use_regex":true},"model":{"type":"BPE",
    "dropout":0.5,"unk_token":null,"continuing_subword_prefix":"","end_of_word_suffix":"",
    "fuse_unk":false,"byte_fallback":false,"ignore_merges":true,
    "vocab":{"a":0,"b":1,"Ġ":2,"ab":3,"Ġab":4},"merges":["a b","Ġ ab"]}}
    """,
  ]

  /// With the components that are not usual for Bengali.
  static let others: [String: String] = [
    "WordPiece": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added(0, "[X]"))],
    "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
    "strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},
    "post_processor":null,"decoder":{"type":"Sequence","decoders":[
    {"type":"WordPiece","prefix":"##","cleanup":true},{"type":"Strip","content":" ","start":1,"stop":1},
    {"type":"CTC","pad_token":"<pad>","word_delimiter_token":"|","cleanup":true}]},
    "model":{"type":"WordPiece","unk_token":"[X]","continuing_subword_prefix":"##",
    "max_input_chars_per_word":9,"vocab":{"[X]":0,"ক":1,"##খ":2,"a":3}}}
    """,
    "WordLevel": """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[\(added(0, "[X]"))],
    "normalizer":{"type":"Sequence","normalizers":[{"type":"ByteLevel"},{"type":"Prepend",
    "prepend":"x"},{"type":"StripAccents"}]},"pre_tokenizer":{"type":"Sequence","pretokenizers":[
    {"type":"Whitespace"},{"type":"UnicodeScripts"},{"type":"FixedLength","length":3},
    {"type":"CharDelimiterSplit","delimiter":"a"},{"type":"ByteLevel","add_prefix_space":true,
    "trim_offsets":true,"use_regex":false}]},"post_processor":null,"decoder":{"type":"Replace",
    "pattern":{"Regex":"^a|(?i)B"},"content":"_"},"model":{"type":"WordLevel","unk_token":"[X]",
    "vocab":{"[X]":0,"ক":1,"a":3}}}
    """,
  ]
  static let all = files.merging(others) { file, _ in file }

  static func added(_ id: Int, _ content: String) -> String {
    """
    {"id":\(id),"content":"\(content)","single_word":false,"lstrip":false,"rstrip":false,\
    "normalized":false,"special":true}
    """
  }

  /// A trie of nothing.
  static let empty: [UInt32] = [1 << 10] + [UInt32](repeating: 0, count: 255)

  /// A compiled map in base64: the length of its trie in bytes as claimed, units of the trie, texts.
  static func charsmap(_ claimed: UInt32, units: [UInt32], texts: [UInt8] = [0]) -> String {
    let bytes =
      ([claimed] + units).flatMap { unit in (0..<4).map { UInt8(unit >> (8 * $0) & 0xFF) } } + texts
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(group.count)))
      for place in 0..<4 {
        text.append(
          place <= group.count
            ? alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: [
    charsmap(.max, units: empty), charsmap(1 << 30, units: empty),
    charsmap(2048, units: empty), charsmap(1023, units: empty),
    charsmap(1024, units: empty, texts: []), charsmap(0, units: []),
    charsmap(1024, units: [UInt32](repeating: 0x1FF, count: 256)),
    charsmap(1024, units: [UInt32](repeating: .max, count: 256)),
    charsmap(1024, units: [1 << 10, 0x8000_0000 | 0x7FFF_FFFF] + empty.dropLast(2)),
    "", "AAAA", "=", "A===", "~", "AA A",
  ])
  func `with a compiled map that claims more than it has is refused by its place, or works`(
    _ map: String
  ) throws {
    let whole = try #require(Self.files["compiled"])
    let text = whole.replacing(Self.charsmap(1024, units: Self.empty), with: map)
    let message = Self.message(Array(text.utf8))
    #expect(message?.hasPrefix("normalizer.normalizers[1]") != false, "\(message ?? "")")
  }

  /// Reads a file, and uses what it gives; the message of an error, nil for none.
  static func message(_ bytes: [UInt8]) -> String? {
    do {
      let tokenizer = try TokenizerJSON.read(bytes.span)
      use(tokenizer)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// A tokenizer that was read encodes, with ranges inside the text, decodes, and is written.
  static func use(_ tokenizer: Tokenizer) {
    let text = " কখ ab[X]A 12, <unk>🙂"
    if let encoding = try? tokenizer.encode(text) {
      #expect(encoding.ranges.allSatisfy { $0.upperBound <= text.utf8.count })
      #expect(encoding.ranges.count == encoding.ids.count)
      _ = tokenizer.decode(encoding.ids, skipsSpecialTokens: false)
    }
    var file = ByteBuffer()
    try? TokenizerJSON.write(tokenizer, to: &file)
    #expect(file.count > 0)
  }

  @Test(arguments: all.keys.sorted())
  func `is taken while it is whole`(_ name: String) throws {
    let text = try #require(Self.all[name])
    #expect(Self.message(Array(text.utf8)) == nil)
  }

  @Test(arguments: all.keys.sorted())
  func `cut at any byte is refused`(_ name: String) throws {
    let bytes = Array(try #require(Self.all[name]).utf8)
    for count in 0..<bytes.count {
      let message = try #require(Self.message(Array(bytes[..<count])), "\(count) bytes")
      #expect(message.contains("byte \(count)") || message.contains("not JSON"), "\(message)")
    }
  }

  @Test(arguments: all.keys.sorted())
  func `with any part of another type, left out or twice is refused by its place, or works`(
    _ name: String
  ) throws {
    let text = Array(try #require(Self.all[name]).utf8)
    let mutations = JSONMutation.all(of: try JSONParser.parse(text.span))
    #expect(mutations.count > 400)
    var refused = 0
    for mutation in mutations {
      guard let message = Self.message(JSONWriter.document(mutation.document)) else { continue }
      refused += 1
      // The place itself, what it lies in, or what lies in it; of the root, the missing member.
      let top = mutation.path.split(whereSeparator: { $0 == "." || $0 == "[" }).first.map(
        String.init)
      #expect(
        message.hasPrefix(top ?? "model")
          || top == nil && (message.hasPrefix("the file: ") || message.contains("no such member")),
        "\(mutation.path), \(mutation.change): \(message)")
    }
    #expect(refused > mutations.count / 3)
  }

  @Test(arguments: [
    ("Unigram", "\"unk_id\":0", "\"unk_id\":4294967295", "unk_id"),
    ("Unigram", "\"unk_id\":0", "\"unk_id\":123456789012345678901234567890", "unk_id"),
    ("Unigram", "-1.5", "-1e308", ""), ("Unigram", "-1.5", "1e-400", ""),
    ("Unigram", "\"ids\":[3]", "\"ids\":[4294967295]", ""),
    ("Unigram", "\"ids\":[3]", "\"ids\":[3,3]", "special_tokens.[X]"),
    ("Unigram", "\"type_id\":1", "\"type_id\":4294967296", "post_processor.pair[1]"),
    ("BPE", "\"কখ\":3", "\"কখ\":4294967295", "model.vocab"),
    ("BPE", "\"কখ\":3", "\"কখ\":1", ""),
    ("BPE", "[\"ক\",\"খ\"]", "[\"কখ\",\"কখ\"]", "model.merges[0]"),
    ("BPE", "[\"ক\",\"খ\"]", "[\"ক\",\"খ\"],[\"ক\",\"খ\"]", ""),
    ("BPE", "[\"ক\",\"খ\"]", "[\"\",\"\"]", "model.merges[0]"),
    ("bytes", "\"dropout\":0.5", "\"dropout\":1.5", "dropout"),
    ("bytes", "\"Ġ ab\"", "\"Ġ  ab\"", "model.merges[1]"),
    ("bytes", "\"Ġab\":4", "\"Ġab\":0", ""),
  ])
  func `with ids twice, merges in a circle or huge numbers is refused by its place, or works`(
    _ name: String, _ part: String, _ other: String, _ place: String
  ) throws {
    let text = try #require(Self.files[name])
    try #require(text.contains(part))
    let message = Self.message(Array(text.replacing(part, with: other, maxReplacements: 1).utf8))
    if place.isEmpty {
      #expect(message == nil || message?.isEmpty == false)
    } else {
      #expect(message?.contains(place) == true, "\(message ?? "was taken")")
      #expect(message?.contains(": ") == true)
    }
  }

  @Test(arguments: ["normalizers", "pretokenizers", "decoders", "processors"])
  func `with components nested without end is refused`(_ list: String) throws {
    let key = [
      "normalizers": "normalizer", "pretokenizers": "pre_tokenizer", "decoders": "decoder",
      "processors": "post_processor",
    ]
    let name = try #require(key[list])
    for depth in [200, 100_000] {
      let open = String(repeating: "{\"type\":\"Sequence\",\"\(list)\":[", count: depth)
      let closed = String(repeating: "]}", count: depth)
      let message = Self.message(Array("{\"\(name)\":\(open)\(closed),\"model\":{}}".utf8))
      #expect(message?.contains("127 deep") == true, "\(message ?? "was taken")")
    }
  }

  @Test func `with a text of many megabytes is read in proportion`() throws {
    let long = String(repeating: "ক", count: 1_000_000)
    let text = try #require(Self.files["BPE"]).replacing("\"কখ\":3", with: "\"\(long)\":3")
    #expect(Self.message(Array(text.utf8))?.hasPrefix("model.merges[0]: ") == true)
    let open = Array("{\"model\":\"".utf8) + [UInt8](repeating: 0x61, count: 8_000_000)
    #expect(Self.message(open)?.contains("a string without an end") == true)
  }
}
