import TestSupport
import Testing

@testable import Jukta

@Suite struct `Adding tokens` {
  static func tokenizer() throws -> Tokenizer {
    let pieces = ["<unk>", "a", "b", "ab", "é"]
    let model = try UnigramModel(
      pieces: pieces.map { ($0, -1) }, unknownID: 0, byteFallback: false)
    return try TokenizerBuilder(.unigram(model)).normalizer(.lowercase).build()
  }

  @Test func `gives the model's ids or the next ones, and none for nothing`() throws {
    var tokenizer = try Self.tokenizer()
    #expect(try tokenizer.addTokens(["x", "ab", "", "y"]) == [5, 3, nil, 6])
    #expect(try tokenizer.addSpecialTokens(["y", "z"]) == [6, 7])
    #expect(
      tokenizer.id(of: "z") == 7 && tokenizer.id(of: "b") == 2 && tokenizer.id(of: "q") == nil)
    #expect(tokenizer.addedTokens.first { $0.id == 6 }?.isSpecial == true)
    #expect(tokenizer.vocabularySize == 8)
    #expect(try tokenizer.encode("axby").ids == [1, 5, 2, 6])
  }

  @Test func `tells canonically equivalent tokens apart`() throws {
    var tokenizer = try Self.tokenizer()
    #expect(try tokenizer.addTokens(["e\u{301}", "\u{E9}"]) == [5, 4])
  }

  @Test func `looks for special tokens in the text as it is, and for others in its normal form`()
    throws
  {
    var tokenizer = try Self.tokenizer()
    try tokenizer.addTokens(["Tok"])
    try tokenizer.addSpecialTokens(["SPE"])
    #expect(try tokenizer.encode("tokTOKspeSPE").ids == [5, 5, 0, 6])
    // As in the reference: what is looked for in normal form is told in it.
    #expect(tokenizer.token(withID: 5) == "tok" && tokenizer.token(withID: 6) == "SPE")
    #expect(tokenizer.decode([5, 6], skipsSpecialTokens: true) == "tok")
  }

  @Test func `can leave special tokens of a stranger's text as text`() throws {
    var tokenizer = try Self.tokenizer()
    try tokenizer.addSpecialTokens(["ab"])
    try tokenizer.addTokens(["b"])
    #expect(try tokenizer.encode("aab").ids == [1, 3])
    tokenizer.encodesSpecialTokensAsText = true
    #expect(try tokenizer.encode("aab b").ids == [1, 1, 2, 0, 2])
    try tokenizer.addTokens(["q"])
    #expect(tokenizer.encodesSpecialTokensAsText)
  }
}
