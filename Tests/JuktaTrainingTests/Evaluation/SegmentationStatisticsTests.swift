import Testing

@testable import JuktaTraining

@Suite struct `Segmentation statistics` {
  static let vocabulary = UnigramVocabulary(
    pieces: [
      .init(bytes: Array("<unk>".utf8), score: 0, kind: .unknown),
      .init(bytes: Array("কখ".utf8), score: -1, kind: .normal),
      .init(bytes: Array("ক".utf8), score: -2, kind: .normal),
      .init(bytes: Array("খ".utf8), score: -3, kind: .normal),
    ], diagnostics: UnigramDiagnostics())

  @Test func `tokens, bits and unknown characters of a small table`() throws {
    // কখক = কখ ক, খক = খ ক, কগগক = ক unk ক.
    let counts = table(["কখক": 3, "খক": 1, "কগগক": 2])
    let figures = try SegmentationStatistics(counts, vocabulary: Self.vocabulary)
    #expect(figures.words == 6)
    #expect(figures.tokens == 14)
    #expect(figures.characters == 19)
    #expect(figures.unknownCharacters == 4)
    let nats: Double = 9 + 5 + 8 + 52
    #expect(abs(figures.bits - nats / 0.693_147_180_559_945_3) < 1e-9)
    #expect(abs(figures.tokensPerWord - 14.0 / 6) < 1e-12)
  }

  @Test func `more pieces take fewer tokens`() throws {
    let counts = randomCounts(9, words: 4000)
    func figures(_ size: Int) throws -> SegmentationStatistics {
      var settings = UnigramSettings()
      settings.vocabularySize = size
      let vocabulary = try UnigramTrainer(settings).train(table(counts))
      return try SegmentationStatistics(table(counts), vocabulary: vocabulary, threads: 3)
    }
    let (small, large) = (try figures(30), try figures(300))
    #expect(large.tokens < small.tokens)
    #expect(large.bits < small.bits)
  }
}
