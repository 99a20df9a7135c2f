import Testing

@testable import JuktaTraining

/// Every size is trained exactly, or refused with a largest one that is.
@Suite struct `Vocabulary sizes` {
  static let corpora: [String: [String: UInt64]] = [
    "few letters": randomCounts(71, words: 300),
    "one word": ["▁বাংলাদেশ": 1],
    "one word, often": ["▁বাংলাদেশ": 9],
    "one long word": [String(repeating: "a", count: 1000): 1],
    "emoji": ["▁😀😀👩‍👩‍👧": 3, "▁😀": 8, "▁🇧🇩🇧🇩": 2],
    "English": ["▁the": 90, "▁then": 12, "▁other": 7, "▁than": 5, "▁there": 4, "▁in": 30],
  ]

  static func text(_ piece: [UInt8]) -> String { String(decoding: piece, as: UTF8.self) }

  @Test(arguments: corpora.keys.sorted(), ["", "কখগঘঙচছজঝঞঊঔঽ\u{200D}"])
  func `of Unigram are reached exactly up to the largest that the error names`(
    _ corpus: String, _ preferred: String
  ) throws {
    let counts = table(Self.corpora[corpus] ?? [:])
    var settings = UnigramSettings()
    settings.preferredCharacters = preferred
    settings.specialTokens = ["<pad>", "<unk>"]
    func train(_ size: Int) throws -> UnigramVocabulary {
      settings.vocabularySize = size
      return try UnigramTrainer(settings).train(counts)
    }
    var (smallest, largest) = (0, 0)
    do { _ = try train(2) } catch UnigramTrainingError.vocabularyTooSmall(_, let size, _) {
      smallest = size
    }
    do { _ = try train(1_000_000) } catch UnigramTrainingError.vocabularyTooLarge(_, let size) {
      largest = size
    }
    #expect(smallest > 2 && largest >= smallest)
    let step = max((largest - smallest) / 12, 1)
    for size in Set(stride(from: smallest, through: largest, by: step)).union([largest]) {
      let vocabulary = try train(size)
      #expect(vocabulary.pieces.count == size)
      #expect(Set(vocabulary.pieces.map { Self.text($0.bytes) }).count == size)
      #expect(vocabulary.pieces.allSatisfy { $0.score > -100 })
    }
    #expect(
      throws: UnigramTrainingError.vocabularyTooLarge(requested: largest + 1, largest: largest)
    ) {
      _ = try train(largest + 1)
    }
    settings.sizing = .atMost
    let most = try train(1_000_000)
    #expect(most.pieces.count == largest)
    #expect(most.diagnostics.sizing == SizeChoice(size: largest, reason: .largestPossible))
  }

  @Test(arguments: corpora.keys.sorted(), ["", "কখগঘঙচছজঝঞঊঔঽ\u{200D}"])
  func `of BPE are reached exactly up to the largest that the error names`(
    _ corpus: String, _ preferred: String
  ) throws {
    let counts = table(Self.corpora[corpus] ?? [:])
    for variant in ["plain", "akshara-safe", "forms", "bytes"] {
      var settings = BPESettings()
      settings.preferredCharacters = preferred
      settings.specialTokens = ["<pad>", "<unk>"]
      settings.unknownToken = "<unk>"
      settings.isAksharaSafe = variant == "akshara-safe"
      settings.isByteLevel = variant == "bytes"
      if variant == "forms" { settings.continuingSubwordPrefix = "##" }
      func train(_ size: Int) throws -> BPEVocabulary {
        settings.vocabularySize = size
        return try BPETrainer(settings).train(counts)
      }
      var (smallest, largest) = (0, 0)
      do { _ = try train(2) } catch BPETrainingError.vocabularyTooSmall(_, let size, _) {
        smallest = size
      }
      do { _ = try train(1_000_000) } catch BPETrainingError.vocabularyTooLarge(_, let size) {
        largest = size
      }
      #expect(smallest > 2 && largest >= smallest, "\(variant)")
      let step = max((largest - smallest) / 6, 1)
      for size in Set(stride(from: smallest, through: largest, by: step)).union([largest]) {
        do {
          let vocabulary = try train(size)
          #expect(vocabulary.tokens.count == size)
          #expect(Set(vocabulary.tokens.map { Self.text($0.bytes) }).count == size)
        } catch BPETrainingError.vocabularyTooLarge(_, let smaller) {
          // What can be joined depends on how many aksharas were built.
          #expect(variant == "akshara-safe", "\(variant)")
          #expect(try train(smaller).tokens.count == smaller)
        }
      }
      settings.sizing = .atMost
      #expect(try train(1_000_000).tokens.count == largest)
    }
  }

  @Test func `a size that fits is bounded by the corpus, by the alphabet and by what was asked`()
    throws
  {
    var settings = UnigramSettings()
    settings.sizing = .fitting
    let small = table(["▁কখ": 5, "▁গ": 2])
    let largest = try UnigramTrainer(settings).train(small)
    #expect(largest.diagnostics.sizing == SizeChoice(size: 8, reason: .largestPossible))
    let counts = randomCounts(3, words: 4000)
    let fitting = try UnigramTrainer(settings).train(table(counts))
    let choice = fitting.diagnostics.sizing
    #expect(choice.reason == .corpusLength)
    #expect(choice.size == Int(fitting.diagnostics.characters / 50))
    #expect(fitting.pieces.count == choice.size)
    settings.vocabularySize = 100
    let asked = try UnigramTrainer(settings).train(table(counts))
    #expect(asked.diagnostics.sizing == SizeChoice(size: 100, reason: .asked))
    var bpe = BPESettings()
    bpe.sizing = .fitting
    bpe.preferredCharacters = "0123456789"
    let found = try BPETrainer(bpe).train(table(randomCounts(3, words: 200)))
    #expect(found.diagnostics.sizing == SizeChoice(size: 72, reason: .alphabet))
    #expect(found.tokens.count == 72)
  }
}
