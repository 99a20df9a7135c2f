import TestSupport
import Testing

@testable import Jukta

/// What sentencepiece 0.2.3 made of the texts, byte for byte: Tests/Fixtures/sentencepiece-0.2.3.
@Suite struct `SentencePiece models of sentencepiece 0.2.3` {
  static let models = [
    "bpe", "bpe-suffix", "character", "kept-spaces", "no-prefix", "unigram", "unigram-bytes",
    "word",
  ]

  static func path(_ model: String) -> String {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    return folder.joined(separator: "/") + "/Fixtures/sentencepiece-0.2.3/\(model).model"
  }

  static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8).compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  static func ids(_ value: JSONValue?) -> [UInt32] {
    value?.items.compactMap(\.whole).map { UInt32($0) } ?? []
  }

  static func same(_ one: String, _ other: String?) -> Bool {
    other.map { one.utf8.elementsEqual($0.utf8) } ?? false
  }

  @Test(arguments: models)
  func `give the same ids, pieces, ranges and decoded text`(model: String) throws {
    let tokenizer = try Tokenizer(contentsOf: Self.path(model))
    var encoder = try tokenizer.makeEncoder()
    let all = try #require(Fixture.json("sentencepiece-0.2.3/encodings.json")[model])
    let entries = try #require(all["texts"]).items
    #expect(entries.count > 60)
    // Twice: the second time all words are in the cache.
    for entry in entries + entries {
      let text = Self.bytes(entry["text"]?.text ?? "")
      let want = Self.ids(entry["ids"])
      let encoding = try encoder.encoding(of: text.span)
      #expect(encoding.ids == want)
      let pieces = entry["pieces"]?.items ?? []
      #expect(encoding.tokens.count == pieces.count)
      for (token, piece) in zip(encoding.tokens, pieces) { #expect(Self.same(token, piece.text)) }
      #expect(encoding.ranges == entry["ranges"]?.items.compactMap(\.range))
      var ids: [UInt32] = [7]
      try encoder.encode(text.span, into: &ids)
      #expect(ids == [7] + want)
      var ranges: [Range<Int>] = []
      ids = []
      try encoder.encode(text.span, into: &ids, ranges: &ranges)
      #expect(ids == want && ranges == encoding.ranges)
      #expect(Self.same(tokenizer.decode(want), entry["decoded"]?.text))
    }
  }

  @Test(arguments: models)
  func `decode ids that no text gives, at once and one by one`(model: String) throws {
    let tokenizer = try Tokenizer(contentsOf: Self.path(model))
    let all = try #require(Fixture.json("sentencepiece-0.2.3/encodings.json")[model])
    var streaming = tokenizer.makeStreamingDecoder()
    for entry in try #require(all["decoded"]).items {
      let ids = Self.ids(entry["ids"])
      #expect(Self.same(tokenizer.decode(ids), entry["text"]?.text))
      let pushed = streaming.push(ids)
      #expect(Self.same(pushed + streaming.finish(), entry["text"]?.text))
    }
  }

  @Test(arguments: models)
  func `take bos, eos and reverse in the order given`(model: String) throws {
    let plain = try Tokenizer(contentsOf: Self.path(model))
    let tokenizer = try plain.withSentencePiece(options: [.reverse, .bos, .eos])
    var encoder = try tokenizer.makeEncoder()
    let all = try #require(Fixture.json("sentencepiece-0.2.3/encodings.json")[model])
    for entry in try #require(all["texts"]).items {
      let text = Self.bytes(entry["text"]?.text ?? "")
      let want = Self.ids(entry["surrounded"])
      let encoding = try encoder.encoding(of: text.span)
      #expect(encoding.ids == want)
      #expect(
        encoding.specialTokensMask == want.indices.map { $0 == 0 || $0 == want.count - 1 ? 1 : 0 })
      #expect(encoding.ranges.last == text.count..<text.count)
      var ids: [UInt32] = []
      try encoder.encode(text.span, into: &ids)
      #expect(ids == want)
      let bare = try encoder.encoding(of: text.span, addsSpecialTokens: false)
      #expect(bare.ids == Array(want.dropFirst().dropLast()))
    }
    let other = try plain.withSentencePiece(options: [.bos, .reverse])
    let ids = try other.encode("a").ids
    #expect(ids.last == tokenizer.model.sentencePiece?.vocabulary.beginID)
  }

  @Test(arguments: ["unigram", "unigram-bytes"])
  func `list the same best ways with the same scores`(model: String) throws {
    let tokenizer = try Tokenizer(contentsOf: Self.path(model))
    var encoder = try tokenizer.makeEncoder()
    let all = try #require(Fixture.json("sentencepiece-0.2.3/encodings.json")[model])
    for entry in try #require(all["texts"]).items {
      let text = Self.bytes(entry["text"]?.text ?? "")
      let want = entry["nbest"]?.items ?? []
      let found = try encoder.nBest(of: text.span, limit: 5)
      #expect(found.map(\.encoding.ids) == want.map { Self.ids($0["ids"]) })
      for (way, expected) in zip(found, want) {
        guard case .number(let score)? = expected["score"] else { continue }
        #expect(way.score == Float(score))
      }
    }
  }

  @Test func `say what they cannot do`() throws {
    let bpe = try Tokenizer(contentsOf: Self.path("bpe"))
    var encoder = try bpe.makeEncoder()
    let text: [UInt8] = [97]
    #expect(throws: SentencePieceProcessorError.nBestNeedsUnigram) {
      try encoder.nBest(of: text.span, limit: 3)
    }
    let word = try Tokenizer(contentsOf: Self.path("word"))
    #expect(throws: SentencePieceProcessorError.onlyOneWay) {
      try word.withSentencePiece(sampling: .init())
    }
    let unigram = try Tokenizer(contentsOf: Self.path("unigram"))
    #expect(throws: SentencePieceProcessorError.tooMany(513)) {
      try unigram.withSentencePiece(sampling: .init(nBest: 513))
    }
    var file = ByteBuffer()
    #expect(throws: TokenizerFileError.self) { try TokenizerJSON.write(unigram, to: &file) }
    var model = try #require(unigram.model.sentencePiece?.vocabulary.model)
    model.trainer.beginPiece = "<other>"
    let changed = try Tokenizer(model)
    #expect(throws: SentencePieceProcessorError.noSuchPiece("<other>")) {
      try changed.withSentencePiece(options: [.bos])
    }
    let pieces = [SentencePieceModel.Piece("a", score: -1)]
    #expect(throws: SentencePieceVocabularyError.unknownPieceMissing) {
      try Tokenizer(SentencePieceModel(pieces: pieces))
    }
  }
}
