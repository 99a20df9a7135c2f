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

/// The clever search against one that tries every token at every place.
@Suite("Finding added tokens")
struct AddedTokenMatcherTests {
  private static func naive(
    _ text: [UInt8], _ contents: [[UInt8]?]
  ) -> [(range: Range<Int>, token: Int)] {
    var found: [(Range<Int>, Int)] = []
    var position = 0
    while position < text.count {
      var best: (token: Int, count: Int)?
      for (token, content) in contents.enumerated() {
        guard let content, text[position...].starts(with: content), !content.isEmpty,
          content.count > best?.count ?? 0
        else { continue }
        best = (token, content.count)
      }
      guard let best else {
        position += 1
        continue
      }
      found.append((position..<position + best.count, best.token))
      position += best.count
    }
    return found
  }

  @Test(
    "Tokens are found leftmost and longest, whatever they begin with and however many there are")
  func twin() {
    var generator = SeededGenerator(seed: 3)
    let letters = Array("<|a> \u{2581}ক\t".utf8)
    var count = 0
    for round in 0..<300 {
      // Few first bytes for the scan by blocks, many for the one by pairs; some contents come twice.
      let few = Array(letters.shuffled(using: &generator).prefix(1 + round % letters.count))
      let contents: [[UInt8]?] = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        if generator.next().isMultiple(of: 7) { return nil }
        return (0..<Int.random(in: 0...4, using: &generator)).map { place in
          (place == 0 ? few : letters).randomElement(using: &generator) ?? 0x3C
        }
      }
      let tokens = contents.indices.map { AddedToken("t", id: UInt32(1000 + $0)) }
      let matcher = AddedTokenMatcher(tokens, contents: contents)
      var matches: [AddedTokenMatcher.Match] = []
      for length in [0, 1, 2, 63, 64, 65, 66, 130, 300] {
        let text = (0..<length).map { _ in
          generator.next().isMultiple(of: 3)
            ? letters.randomElement(using: &generator) ?? 0x20 : UInt8(ascii: "x")
        }
        text.withUnsafeBufferPointer { matcher.find(in: $0, into: &matches) }
        let expected = Self.naive(text, contents)
        #expect(matches.map(\.range) == expected.map(\.range))
        #expect(matches.map(\.id) == expected.map { UInt32(1000 + $0.token) })
        count += expected.count
      }
    }
    #expect(count > 5_000)
  }
}
