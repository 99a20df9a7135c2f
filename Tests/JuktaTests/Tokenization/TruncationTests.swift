import TestSupport
import Testing

@testable import Jukta

@Suite struct `Cutting and filling up` {
  /// A token a character.
  static func tokenizer(_ change: (TokenizerBuilder) -> TokenizerBuilder = { $0 }) throws
    -> Tokenizer
  {
    let model = try UnigramModel(
      pieces: ["<unk>", "[C]", "[S]", "a", "b", "c"].map { ($0, -1) }, unknownID: 0,
      byteFallback: false)
    return try change(
      TokenizerBuilder(.unigram(model)).specialTokens("[C]", "[S]")
        .template(single: "[C] $A [S]", pair: "[C] $A [S] $B:1 [S]:1")
    ).build()
  }

  static func windows(_ encoding: Encoding) -> [String] {
    ([encoding] + encoding.overflowing).map { $0.tokens.joined() }
  }

  @Test func `leaves windows that overlap by the stride`() throws {
    let right = try Self.tokenizer { $0.truncation(to: 5, stride: 1) }
    #expect(
      try Self.windows(right.encode("abcabca")) == ["[C]abc[S]", "[C]cab[S]", "[C]bca[S]"])
    let left = try Self.tokenizer { $0.truncation(to: 5, stride: 1, direction: .left) }
    #expect(try Self.windows(left.encode("abcabca")) == ["[C]bca[S]", "[C]cab[S]", "[C]abc[S]"])
  }

  @Test func `joins every part of a pair with every other`() throws {
    let tokenizer = try Self.tokenizer { $0.truncation(to: 7) }
    let encoding = try tokenizer.encode("abca", pair: "bbcc")
    #expect(
      Self.windows(encoding) == [
        "[C]ab[S]bb[S]", "[C]ca[S]bb[S]", "[C]ca[S]cc[S]", "[C]ab[S]cc[S]",
      ])
    #expect(encoding.overflowing[0].overflowing.map { $0.tokens.joined() } == ["[C]ca[S]cc[S]"])
  }

  @Test func `says what cannot be cut`() throws {
    let second = try Self.tokenizer { $0.truncation(to: 4, .onlySecond) }
    #expect(throws: TruncationError.secondMissing) { try second.encode("abc") }
    #expect(throws: TruncationError.tooShort(tokens: 1, excess: 3)) {
      try second.encode("abc", pair: "a")
    }
    let wide = try Self.tokenizer { $0.truncation(to: 4, stride: 2) }
    #expect(try wide.encode("ab").count == 4)
    #expect(throws: TruncationError.strideTooLarge(stride: 2, length: 2)) {
      try wide.encode("abc")
    }
    var encoder = try wide.makeEncoder()
    var ids: [UInt32] = []
    #expect(throws: TruncationError.self) { try encoder.encode("abc".utf8Span.span, into: &ids) }
    #expect(
      "\(TruncationError.strideTooLarge(stride: 2, length: 2))"
        == "truncation: the stride, 2, must be less than the 2 tokens that are left for the text")
  }

  @Test func `cuts nothing where there is no room for special tokens, as the reference`() throws {
    let tokenizer = try Self.tokenizer { $0.truncation(to: 1) }
    #expect(try tokenizer.encode("abc").tokens.joined() == "[C]abc[S]")
    #expect(try tokenizer.encode("abc", addsSpecialTokens: false).tokens == ["a"])
  }

  @Test func `fills a batch up to its longest, and marks it`() async throws {
    let tokenizer = try Self.tokenizer { $0.padding(with: "c", direction: .left) }
    let batch = try await tokenizer.encodeBatch(["a", "abc", ""])
    #expect(batch.map { $0.tokens.joined() } == ["cc[C]a[S]", "[C]abc[S]", "ccc[C][S]"])
    #expect(batch[0].attentionMask == [0, 0, 1, 1, 1])
    #expect(batch[0].specialTokensMask == [1, 1, 1, 0, 1])
    #expect(batch[0].sequenceIDs == [nil, nil, nil, 0, nil])
    let ids = try await tokenizer.encodeIDs(["a", "abc", ""])
    #expect(ids == batch.map(\.ids))
  }

  @Test func `is set on a tokenizer, and each encoder keeps what it was made with`() throws {
    var tokenizer = try Self.tokenizer()
    var before = try tokenizer.makeEncoder()
    tokenizer.truncation = Truncation(maximumLength: 3)
    tokenizer.padding = Padding(length: .fixed(4), token: "<pad>")
    #expect(try tokenizer.encode("abc").tokens == ["[C]", "a", "[S]", "<pad>"])
    #expect(try before.encoding(of: "abc".utf8Span.span).count == 5)
  }

  @Test func `gives the same in a batch whatever the number of threads, and the first error`()
    async throws
  {
    var generator = SeededGenerator(seed: 3)
    let texts = (0..<300).map { _ in
      String(
        (0..<Int.random(in: 0..<9, using: &generator)).map { _ in
          "abc".randomElement(using: &generator) ?? "a"
        })
    }
    let tokenizer = try Self.tokenizer { $0.truncation(to: 6, stride: 1) }
    let alone = try texts.map { try tokenizer.encode($0) }
    for threads in [1, 2, 7] {
      #expect(try await tokenizer.encodeBatch(texts, threads: threads) == alone)
    }
    var strict = tokenizer
    strict.truncation = Truncation(maximumLength: 6, strategy: .onlySecond)
    let inputs = texts.map { EncodingInput.text($0, pair: "ab") }
    let first = try #require(texts.first { $0.count >= 3 })
    for threads in [1, 3] {
      await #expect(throws: TruncationError.tooShort(tokens: 2, excess: first.count - 1)) {
        try await strict.encodeBatch(inputs, threads: threads)
      }
    }
    #expect(try await tokenizer.encodeBatch([String]()).isEmpty)
  }
}
