import TestSupport
import Testing

@testable import Jukta

@Suite struct `Components of tokenizer.json, beside tokenizers 0.23.3` {
  private static let fixture = Result { try Fixture.json("tokenizers-0.23.3/components.json") }

  static func entries(_ kind: String) throws -> [JSONValue] {
    try #require(fixture.get()[kind]).items
  }

  @Test func `normalizers give the same text and the same alignment`() throws {
    let entries = try Self.entries("normalizers")
    #expect(entries.count == 10)
    for entry in entries {
      let object = try #require(entry["normalizer"])
      let normalizer = try Normalizer(NormalizerJSON.read(object, at: "normalizer"))
      let cases = try #require(entry["cases"]).items
      #expect(cases.count == 40)
      for row in cases.map(\.items) {
        let input = try #require(row[0].text)
        let name: Comment = "\(normalizer.steps) of \(input.debugDescription)"
        let (text, ranges) = try `Normalizers, beside tokenizers 0.23.3`.run(normalizer, input)
        #expect(Array(text.utf8) == Array((row[1].text ?? "").utf8), name)
        #expect(ranges == row[2].items.compactMap(\.range), name)
      }
    }
  }

  @Test func `pre-tokenizers give the same words and the same ranges`() throws {
    let entries = try Self.entries("pre_tokenizers")
    #expect(entries.count == 15)
    for entry in entries {
      let object = try #require(entry["pre_tokenizer"])
      let preTokenizer = try PreTokenizerJSON.read(object, at: "pre_tokenizer")
      let cases = try #require(entry["cases"]).items
      #expect(cases.count == 40)
      for row in cases.map(\.items) {
        let input = try #require(row[0].text)
        let name: Comment = "\(preTokenizer) of \(input.debugDescription)"
        let (words, ranges) = try `Pre-tokenizers, beside tokenizers 0.23.3`.run(
          preTokenizer, input, spellsBytes: true)
        #expect(words == row[1].items.map { Array(($0.text ?? "").utf8) }, name)
        #expect(ranges == row[2].items.compactMap(\.range), name)
      }
    }
  }

  @Test func `decoders give the same text`() throws {
    let entries = try Self.entries("decoders")
    #expect(entries.count == 19)
    for entry in entries {
      let object = try #require(entry["decoder"])
      let read = try DecoderJSON.read(object, at: "decoder")
      let decoder = try #require(read)
      let cases = try #require(entry["cases"]).items
      #expect(cases.count == 41)
      for row in cases.map(\.items) {
        let tokens = row[0].items.compactMap(\.text)
        let text = decoder.apply(tokens).joined()
        #expect(Array(text.utf8) == Array((row[1].text ?? "").utf8), "\(decoder) of \(tokens)")
      }
    }
  }

  @Test(arguments: 0..<12)
  func `whole tokenizers give the same ids, tokens, offsets and decoded text`(index: Int) throws {
    let entry = try Self.entries("tokenizers")[index]
    let object = try #require(entry["tokenizer"])
    let tokenizer = try TokenizerJSON.read(JSONWriter.document(object).span)
    var encoder = try tokenizer.makeEncoder()
    let cases = try #require(entry["cases"]).items
    #expect(cases.count == 24)
    for row in cases.map(\.items) {
      let input = try #require(row[0].text)
      let name = Comment(rawValue: input.debugDescription)
      let bytes = Array(input.utf8)
      let encoding = try encoder.encoding(of: bytes.span)
      #expect(encoding.ids.map(Int.init) == row[1].items.compactMap(\.whole), name)
      #expect(
        encoding.tokens.map { Array($0.utf8) }
          == row[2].items.map { Array(($0.text ?? "").utf8) }, name)
      let units = OffsetMap(bytes.span, unit: .scalars)
      let offsets = encoding.ranges.map {
        units.offset(of: $0.lowerBound)..<units.offset(of: $0.upperBound)
      }
      #expect(offsets == row[3].items.compactMap(\.range), name)
      var ids: [UInt32] = []
      try encoder.encode(bytes.span, into: &ids)
      #expect(ids == encoding.ids, name)
      for (place, skips) in [(4, true), (5, false)] {
        let text = tokenizer.decode(ids, skipsSpecialTokens: skips)
        #expect(Array(text.utf8) == Array((row[place].text ?? "").utf8), name)
      }
    }
  }

  @Test func `are written as they were read`() throws {
    for entry in try Self.entries("normalizers") {
      let object = try #require(entry["normalizer"])
      let steps = try NormalizerJSON.read(object, at: "")
      #expect(NormalizerJSON.write(steps) == object)
    }
    for entry in try Self.entries("pre_tokenizers") {
      let object = try #require(entry["pre_tokenizer"])
      #expect(PreTokenizerJSON.write(try PreTokenizerJSON.read(object, at: "")) == object)
    }
    for entry in try Self.entries("decoders") {
      let object = try #require(entry["decoder"])
      #expect(DecoderJSON.write(try DecoderJSON.read(object, at: "")) == object)
    }
    for entry in try Self.entries("tokenizers") {
      let object = try #require(entry["tokenizer"])
      let tokenizer = try TokenizerJSON.read(JSONWriter.document(object).span)
      var written = ByteBuffer()
      try TokenizerJSON.write(tokenizer, to: &written)
      let again = try JSONParser.parse(written.span)
      for part in ["added_tokens", "pre_tokenizer", "decoder", "model"] {
        #expect(Self.sorted(again[part]) == Self.sorted(object[part]), "\(part)")
      }
      #expect(
        try NormalizerJSON.read(again["normalizer"] ?? .null, at: "")
          == NormalizerJSON.read(object["normalizer"] ?? .null, at: ""))
    }
  }

  /// Members in the order of their names: that of a file is its writer's.
  private static func sorted(_ value: JSONValue?) -> JSONValue? {
    switch value {
    case .object(let members):
      .object(
        members.map { JSONValue.Member($0.key, sorted($0.value) ?? .null) }
          .sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) })
    case .array(let items): .array(items.compactMap { sorted($0) })
    default: value
    }
  }
}
