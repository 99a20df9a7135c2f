import Jukta
import TestSupport
import Testing

@Suite struct `SentencePiece files` {
  static let names = [
    "unigram", "unigram-bytes", "bpe", "bpe-suffix", "character", "word", "kept-spaces",
    "no-prefix",
  ]

  static func written(_ model: SentencePieceModel) -> [UInt8] {
    var output = ByteBuffer()
    SentencePieceFile.write(model, to: &output)
    return output.bytes
  }

  static func read(_ bytes: [UInt8]) throws -> SentencePieceModel {
    try SentencePieceFile.read(bytes.span)
  }

  @Test(arguments: names)
  func `a model of sentencepiece comes out of reading and writing as it was`(name: String) throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/\(name).model")
    let model = try Self.read(bytes)
    #expect(Self.written(model) == bytes)
  }

  @Test(arguments: names)
  func `the vocabulary is the one that sentencepiece wrote`(name: String) throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/\(name).model")
    var output = ByteBuffer()
    SentencePieceFile.writeVocabulary(try Self.read(bytes), to: &output)
    #expect(output.bytes == (try Fixture.bytes("sentencepiece-0.2.3/\(name).vocab")))
  }

  @Test func `kinds and settings are read`() throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/unigram-bytes.model")
    let model = try Self.read(bytes)
    #expect(model.pieces.count == 600)
    #expect(model.pieces.count { $0.kind == .byte } == 256)
    #expect(model.pieces[0] == .init("<unk>", kind: .unknown))
    #expect(model.pieces[3] == .init("<0x00>", kind: .byte))
    #expect(model.trainer.hasByteFallback)
    #expect(model.trainer.vocabularySize == 600)
    #expect(model.trainer.algorithm == .unigram)
    #expect(model.normalizer.name == "user_defined")
    let suffix = try Fixture.bytes("sentencepiece-0.2.3/bpe-suffix.model")
    #expect(try Self.read(suffix).trainer.treatsWhitespaceAsSuffix)
    #expect(try Self.read(suffix).trainer.algorithm == .bpe)
  }

  @Test func `fields of later versions are kept where they were`() throws {
    var model = SmallModel.model
    let own: [UInt8] = [0xC2, 0x0C, 1, 0x7F]  // field 200, one byte
    model.pieces[1].unknownFields = own
    model.trainer.otherFields = [0x28, 5] + own  // field 5 comes after vocab_size
    model.trainer.vocabularySize = 3
    model.normalizer.otherFields = own
    model.unknownFields = [0xA3, 0x06, 0x08, 0x01, 0xA4, 0x06] + own  // group 100 before
    let bytes = Self.written(model)
    #expect(try Self.normalised(Self.read(bytes)) == Self.normalised(model))
    #expect(bytes.firstRange(of: [0x20, 3, 0x28, 5] + own) != nil)
  }

  /// Without what only the file's writer knows.
  private static func normalised(_ model: SentencePieceModel) -> SentencePieceModel {
    var model = model
    model.trainer.givenFields = []
    model.normalizer.givenFields = []
    return model
  }

  @Test func `a setting given twice holds as given last`() throws {
    let bytes = Self.written(SmallModel.model)
    let again = try Self.read(bytes + [0x12, 2, 0x20, 77])
    #expect(again.trainer.vocabularySize == 77)
    #expect(again.trainer.algorithm == SmallModel.model.trainer.algorithm)
  }

  @Test func `kinds of a later version are ordinary pieces`() throws {
    let bytes = Self.written(SmallModel.model)
    let model = try Self.read(bytes + [0x0A, 5, 0x0A, 1, 0x7A, 0x18, 9])
    #expect(model.pieces.last?.kind == .normal)
    #expect(model.pieces.last?.unknownFields == [0x18, 9])
  }
}

/// A model of a few bytes.
enum SmallModel {
  static var model: SentencePieceModel {
    var model = SentencePieceModel(pieces: [
      .init("<unk>", kind: .unknown), .init("<s>", kind: .control), .init("▁ক", score: -1.5),
    ])
    model.trainer.algorithm = .unigram
    model.normalizer.name = "identity"
    return model
  }
}
