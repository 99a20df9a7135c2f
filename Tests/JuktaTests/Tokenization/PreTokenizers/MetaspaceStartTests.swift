import Testing

@testable import Jukta

@Suite struct `Metaspace, first` {
  static func tokens(_ steps: [NormalizationStep], _ preTokenizer: PreTokenizer, _ text: String)
    throws -> [String]
  {
    let tokenizer = try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: try Normalizer(steps), preTokenizer: preTokenizer),
      model: .wordLevel(
        WordLevelModel(
          pieces: ["?", "a", "▁a", "▁", "\u{301}", "▁\u{301}", "e", "▁e"], unknownToken: "?")))
    let encoding = try tokenizer.encode(text)
    var encoder = try tokenizer.makeEncoder()
    var ids: [UInt32] = []
    try encoder.encode(Array(text.utf8).span, into: &ids)
    #expect(ids == encoding.ids)
    return encoding.tokens
  }

  /// As tokenizers 0.23.3 gives them.
  @Test func `marks what stood at the start of the original, wherever normalising moves it`() throws
  {
    let first = PreTokenizer.metaspace(prependScheme: .first)
    #expect(try Self.tokens([], first, "a") == ["▁a"])
    #expect(try Self.tokens([.strip(left: true, right: false)], first, " a") == ["a"])
    #expect(try Self.tokens([.nmt], first, "\u{1}a") == ["a"])
    #expect(try Self.tokens([.lowercase], first, "A") == ["▁a"])
    // Both halves of é stood at its place.
    #expect(
      try Self.tokens([.nfd(.unicode9)], .sequence([.fixedLength(1), first]), "éa")
        == ["▁e", "▁\u{301}", "a"])
  }

  @Test func `counts what came from the start`() {
    var alignment = Alignment()
    #expect(alignment.countAtStart == 1)
    alignment.appendBlock(normalized: 0, original: 0..<2)
    alignment.appendBlock(normalized: 3, original: 0..<2)
    #expect(alignment.countAtStart == .max)
    alignment.appendCopy(normalized: 4, original: 2)
    #expect(alignment.countAtStart == 4)
    var moved = Alignment()
    moved.appendCopy(normalized: 0, original: 1)
    #expect(moved.countAtStart == 0)
  }
}
