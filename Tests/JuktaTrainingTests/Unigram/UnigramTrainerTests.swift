import Testing

@testable import JuktaTraining

@Suite struct `Unigram trainer` {
  static func settings(_ size: Int) -> UnigramSettings {
    var settings = UnigramSettings()
    settings.vocabularySize = size
    settings.characterCoverage = 1
    return settings
  }

  static func texts(_ vocabulary: UnigramVocabulary) -> [String] {
    vocabulary.pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(arguments: [1, 2, 7], [0, 5] as [UInt64])
  func `the vocabulary depends neither on threads nor on the order of words`(
    _ threads: Int, _ shuffle: UInt64
  ) throws {
    let counts = randomCounts(1, words: 4000)
    let expected = try UnigramTrainer(Self.settings(200)).train(table(counts))
    var settings = Self.settings(200)
    settings.threads = threads
    let found = try UnigramTrainer(settings).train(table(counts, shuffledBy: shuffle))
    #expect(found == expected)
    #expect(found.pieces.count == 200)
  }

  @Test func `between two prunings the likelihood does not fall`() throws {
    var settings = Self.settings(60)
    settings.subIterations = 6
    var previous: UnigramDiagnostics.Round?
    var compared = 0
    _ = try UnigramTrainer(settings).train(table(randomCounts(2, words: 5000))) { progress in
      if case .estimated(let round) = progress {
        // The prior of the M step and dropped pieces may cost a little.
        if let previous, previous.pieces == round.pieces {
          #expect(round.objective <= previous.objective + 0.01)
          compared += 1
        }
        previous = round
      } else {
        previous = nil
      }
      return .proceed
    }
    #expect(compared > 10)
  }

  @Test func `scores descend, and special tokens come first`() throws {
    var settings = Self.settings(400)
    settings.specialTokens = ["<pad>", "<unk>", "[CLS]"]
    settings.userDefinedSymbols = ["<sep>"]
    settings.byteFallback = true
    let vocabulary = try UnigramTrainer(settings).train(table(randomCounts(4, words: 3000)))
    #expect(Array(Self.texts(vocabulary)[..<5]) == ["<pad>", "<unk>", "[CLS]", "<sep>", "<0x00>"])
    #expect(vocabulary.pieces[259].bytes == Array("<0xFF>".utf8))
    #expect(
      vocabulary.pieces[..<5].map(\.kind) == [.control, .unknown, .control, .userDefined, .byte])
    #expect(vocabulary.unknownIndex == 1)
    let normal = vocabulary.pieces.dropFirst(260)
    #expect(normal.allSatisfy { $0.kind == .normal && $0.score < 0 })
    #expect(zip(normal, normal.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func `every covered and every required character keeps a piece`() throws {
    var settings = Self.settings(60)
    settings.requiredCharacters = "ঞৱ"
    var counts = randomCounts(6, words: 3000)
    counts["ক্ষ"] = 1
    let texts = Set(Self.texts(try UnigramTrainer(settings).train(table(counts))))
    for character in "▁কখগঘঙ।aঞৱ্ষ".unicodeScalars { #expect(texts.contains(String(character))) }
  }

  @Test func `characters beyond the coverage get no piece and lend no weight`() throws {
    var settings = Self.settings(40)
    settings.characterCoverage = 0.98
    settings.threads = 2
    let counts = randomCounts(7, words: 3000, letters: "কখগঘ")
    let without = try UnigramTrainer(settings).train(table(counts))
    var more = counts
    more["ঝ"] = 10
    let with = try UnigramTrainer(settings).train(table(more))
    #expect(with.pieces == without.pieces)
    #expect(with.diagnostics.unknownCharacters == 10)
  }

  @Test func `a vocabulary larger than possible names the largest`() throws {
    let counts: [String: UInt64] = ["কখ": 5, "গ": 2]
    #expect(throws: UnigramTrainingError.vocabularyTooLarge(requested: 100, largest: 5)) {
      _ = try UnigramTrainer(Self.settings(100)).train(table(counts))
    }
    #expect(try UnigramTrainer(Self.settings(5)).train(table(counts)).pieces.count == 5)
    var settings = Self.settings(100)
    settings.allowsSmallerVocabulary = true
    #expect(try UnigramTrainer(settings).train(table(counts)).pieces.count == 5)
  }

  @Test func `a vocabulary too small for the characters names the smallest`() throws {
    #expect(
      throws: UnigramTrainingError.vocabularyTooSmall(requested: 3, smallest: 4, characters: 3)
    ) { _ = try UnigramTrainer(Self.settings(3)).train(table(["কখ": 5, "গ": 2])) }
  }

  @Test func `no words, a setting out of range and a token given twice are errors`() throws {
    #expect(throws: UnigramTrainingError.emptyCorpus) {
      _ = try UnigramTrainer(Self.settings(10)).train(WordCounts())
    }
    var settings = UnigramSettings()
    settings.shrinkingFactor = 1
    #expect(throws: UnigramTrainingError.badSetting(name: "shrinkingFactor", rule: "0.1 to 0.95")) {
      _ = try UnigramTrainer(settings)
    }
    settings = UnigramSettings()
    settings.specialTokens = ["<pad>", "<pad>"]
    #expect(throws: UnigramTrainingError.duplicateSymbol("<pad>")) {
      _ = try UnigramTrainer(settings)
    }
  }

  @Test func `training stops when asked to`() throws {
    #expect(throws: CancellationError.self) {
      _ = try UnigramTrainer(Self.settings(30)).train(table(randomCounts(8, words: 500))) { _ in
        .cancel
      }
    }
  }

  @Test func `no piece reaches across a boundary`() throws {
    var settings = Self.settings(40)
    settings.allowsSmallerVocabulary = true
    settings.boundaries = [.digits, .scripts, .wordMarkers]
    let counts: [String: UInt64] = ["▁১২ক": 50, "▁কখab": 50, "কখ▁কখ": 50, "ক।": 50, "ক‍খ": 9]
    let texts = Self.texts(try UnigramTrainer(settings).train(table(counts)))
    #expect(texts.contains("▁কখ") && texts.contains("ab") && texts.contains("ক‍খ"))
    for text in texts.dropFirst() where text.unicodeScalars.count > 1 {
      #expect(!text.contains { "১২।".contains($0) }, "\(text)")
      #expect(!(text.contains("ক") && text.contains("a")), "\(text)")
      #expect(!text.dropFirst().contains("▁"), "\(text)")
    }
  }

  @Test func `no piece contains a user-defined symbol`() throws {
    var settings = Self.settings(30)
    settings.allowsSmallerVocabulary = true
    settings.userDefinedSymbols = ["কখ"]
    let texts = Self.texts(try UnigramTrainer(settings).train(table(["গকখগ": 50, "গঘ": 20])))
    #expect(texts.count { $0.contains("কখ") } == 1)
  }
}
