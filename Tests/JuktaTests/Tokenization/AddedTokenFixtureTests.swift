import TestSupport
import Testing

@testable import Jukta

/// Tokens with every flag, templates with types, ties and bytes: all fields of an encoding.
@Suite struct `Added tokens, templates and ties, beside tokenizers 0.23.3` {
  static func whole(_ value: JSONValue) -> [Int] { value.items.compactMap(\.whole) }

  static func bytes(_ value: JSONValue) -> [UInt8] { Array((value.text ?? "").utf8) }

  @Test(arguments: 0..<13)
  func `come out the same, in every field of an encoding`(index: Int) throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/tokens.json").items
    try #require(fixture.count == 13)
    let document = try #require(fixture[index]["tokenizer"])
    let tokenizer = try TokenizerJSON.read(JSONWriter.document(document).span)
    let cases = try #require(fixture[index]["cases"]).items
    try #require(cases.count == 60)
    for row in cases.map(\.items) {
      let text = try #require(row[0].text)
      let name: Comment = "tokenizer \(index) of \(text.debugDescription)"
      let encoding = try tokenizer.encode(text)
      let map = OffsetMap(Array(text.utf8).span, unit: .scalars)
      #expect(encoding.ids.map(Int.init) == Self.whole(row[1]), name)
      #expect(encoding.tokens.map { Array($0.utf8) } == row[2].items.map(Self.bytes), name)
      #expect(
        encoding.ranges.map { map.offset(of: $0.lowerBound)..<map.offset(of: $0.upperBound) }
          == row[3].items.compactMap(\.range), name)
      #expect(encoding.typeIDs.map(Int.init) == Self.whole(row[4]), name)
      #expect(encoding.wordIDs == row[5].items.map(\.whole), name)
      #expect(encoding.specialTokensMask.map(Int.init) == Self.whole(row[6]), name)
      #expect(
        try tokenizer.encode(text, addsSpecialTokens: false).ids.map(Int.init)
          == Self.whole(row[7]), name)
      #expect(Array(tokenizer.decode(encoding.ids).utf8) == Self.bytes(row[8]), name)
      #expect(
        Array(tokenizer.decode(encoding.ids, skipsSpecialTokens: false).utf8)
          == Self.bytes(row[9]), name)
    }
  }

  @Test(arguments: 0..<13)
  func `have the same ids where nothing else is asked for`(index: Int) throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/tokens.json").items[index]
    let document = try #require(fixture["tokenizer"])
    let tokenizer = try TokenizerJSON.read(JSONWriter.document(document).span)
    var encoder = try tokenizer.makeEncoder()
    for row in try #require(fixture["cases"]).items.map(\.items) {
      var ids: [UInt32] = [7]
      let text = Array(try #require(row[0].text).utf8)
      try encoder.encode(text.span, into: &ids)
      #expect(ids.map(Int.init) == [7] + Self.whole(row[1]))
    }
  }
}
