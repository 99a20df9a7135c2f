import TestSupport
import Testing

@testable import Jukta

@Suite struct `Encoders, beside tokenizers 0.23.3` {
  static func tokenizer(_ document: JSONValue) throws -> Tokenizer {
    try TokenizerJSON.read(JSONWriter.document(document).span)
  }

  @Test func `give the same ids, tokens, offsets and decoded text`() throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/encodings.json")
    #expect(fixture.items.count == 8)
    for entry in fixture.items {
      let tokenizer = try Self.tokenizer(try #require(entry["tokenizer"]))
      var encoder = try tokenizer.makeEncoder()
      let cases = try #require(entry["cases"]).items
      #expect(cases.count > 90)
      for row in cases.map(\.items) {
        let input = try #require(row[0].text)
        let bytes = Array(input.utf8)
        let name = Comment(rawValue: input.debugDescription)
        let encoding = try encoder.encoding(of: bytes.span)
        #expect(encoding.ids.map(Int.init) == row[1].items.compactMap(\.whole), name)
        #expect(
          encoding.tokens.map { Array($0.utf8) }
            == row[2].items.map { Array(($0.text ?? "").utf8) },
          name)
        let units = OffsetMap(bytes.span, unit: .scalars)
        let offsets = encoding.ranges.map {
          units.offset(of: $0.lowerBound)..<units.offset(of: $0.upperBound)
        }
        #expect(offsets == row[3].items.compactMap(\.range), name)
        var ids: [UInt32] = []
        try encoder.encode(bytes.span, into: &ids)
        #expect(ids == encoding.ids, name)
        #expect(Array(tokenizer.decode(ids).utf8) == Array((row[4].text ?? "").utf8), name)
        #expect(
          Array(tokenizer.decode(ids, skipsSpecialTokens: false).utf8)
            == Array((row[5].text ?? "").utf8), name)
      }
    }
  }

  @Test func `come from files that are read, written and read again without a change`() throws {
    for entry in try Fixture.json("tokenizers-0.23.3/encodings.json").items {
      let tokenizer = try Self.tokenizer(try #require(entry["tokenizer"]))
      var first = ByteBuffer()
      try TokenizerJSON.write(tokenizer, to: &first)
      let again = try TokenizerJSON.read(first.span)
      var second = ByteBuffer()
      try TokenizerJSON.write(again, to: &second)
      #expect(first.bytes == second.bytes)
      #expect(again.model.unigram?.scores == tokenizer.model.unigram?.scores)
      #expect(again.addedTokens == tokenizer.addedTokens)
      #expect(again.postProcessor == tokenizer.postProcessor && again.decoder == tokenizer.decoder)
      #expect(again.frontEnd.normalizer.steps == tokenizer.frontEnd.normalizer.steps)
      #expect(again.frontEnd.preTokenizer == tokenizer.frontEnd.preTokenizer)
    }
  }
}
