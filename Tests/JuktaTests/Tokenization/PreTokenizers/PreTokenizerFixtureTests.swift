import TestSupport
import Testing

@testable import Jukta

@Suite struct `Pre-tokenizers, beside tokenizers 0.23.3` {
  /// The words of a text, and the scalars of it that each came from.
  static func run(
    _ preTokenizer: PreTokenizer, _ text: String, spellsBytes: Bool = false
  ) throws -> ([[UInt8]], [Range<Int>]) {
    let frontEnd = TextFrontEnd(
      normalizer: try Normalizer([]), preTokenizer: preTokenizer, spellsBytes: spellsBytes)
    var words = WordBuffer()
    var alignment: Alignment? = Alignment()
    let bytes = Array(text.utf8)
    try WordCutter(frontEnd).split(bytes.span, atStart: 1, into: &words, alignment: &alignment)
    let way = try #require(alignment)
    let map = OffsetMap(bytes.span, unit: .scalars)
    let joined = words.bytes.bytes
    var start = 0
    var found: [[UInt8]] = []
    var ranges: [Range<Int>] = []
    for end in words.ends.map(Int.init) {
      found.append(Array(joined[start..<end]))
      let range = way.originalRange(of: start..<end)
      ranges.append(map.offset(of: range.lowerBound)..<map.offset(of: range.upperBound))
      start = end
    }
    return (found, ranges)
  }

  @Test(arguments: 0..<18)
  func `give the same words and the same ranges`(index: Int) throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/words.json").items
    try #require(fixture.count == 18)
    let object = try #require(fixture[index]["pre_tokenizer"])
    let preTokenizer = try PreTokenizerJSON.read(object, at: "pre_tokenizer")
    let cases = try #require(fixture[index]["cases"]).items
    try #require(cases.count == 50)
    for row in cases.map(\.items) {
      let text = try #require(row[0].text)
      let name: Comment = "\(preTokenizer) of \(text.debugDescription)"
      let (words, ranges) = try Self.run(preTokenizer, text)
      #expect(words == row[1].items.map { Array(($0.text ?? "").utf8) }, name)
      #expect(ranges == row[2].items.compactMap(\.range), name)
    }
  }

  @Test func `are written as they were read`() throws {
    for entry in try Fixture.json("tokenizers-0.23.3/words.json").items {
      let object = try #require(entry["pre_tokenizer"])
      let preTokenizer = try PreTokenizerJSON.read(object, at: "")
      #expect(PreTokenizerJSON.write(preTokenizer) == object)
    }
  }
}
