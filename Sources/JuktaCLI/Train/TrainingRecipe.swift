import Jukta
import JuktaTraining

/// What was counted, without the counts.
struct CorpusSummary {
  let documents: Int
  let bytes: Int
  let words: UInt64
  let distinctWords: Int
  let digest: String
}

extension CountedCorpus {
  var summary: CorpusSummary {
    CorpusSummary(
      documents: documents, bytes: bytes, words: counts.totalCount,
      distinctWords: counts.distinctCount, digest: counts.digest)
  }
}

/// How a tokenizer came about: enough to make it again and to tell whether two are of one origin.
///
/// Holds neither paths nor times: the same text and settings give the same bytes.
struct TrainingRecipe {
  let settings: UnigramSettings
  let preset: String
  let corpus: CorpusSummary
  let diagnostics: UnigramDiagnostics
  let figures: SegmentationStatistics
  let pieces: Int

  var json: JSONValue {
    .object([
      .init("format", .integer(1)), .init("jukta", .string(JuktaCommand.configuration.version)),
      .init("model", .string("unigram")), .init("preset", .string(preset)),
      .init("settings", settingsJSON), .init("corpus", corpusJSON), .init("training", trainingJSON),
      .init(
        "on_training_text",
        .object([
          .init("tokens_per_word", .number(figures.tokensPerWord)),
          .init("bits_per_character", .number(figures.bitsPerCharacter)),
          .init("unknown_characters", .integer(figures.unknownCharacters)),
        ])
      ),
    ])
  }

  private var settingsJSON: JSONValue {
    .object([
      .init("vocab_size", .integer(settings.vocabularySize)),
      .init("seed_size", .integer(settings.effectiveSeedSize)),
      .init("shrinking_factor", .number(settings.shrinkingFactor)),
      .init("sub_iterations", .integer(settings.subIterations)),
      .init("final_iterations", .integer(settings.finalIterations)),
      .init("token_cost", .number(settings.tokenCost)),
      .init("max_piece_length", .integer(settings.maxPieceLength)),
      .init("character_coverage", .number(settings.characterCoverage)),
      .init("required_chars", .string(settings.requiredCharacters)),
      .init("special_tokens", .array(settings.specialTokens.map { .string($0) })),
      .init("unk_token", .string(settings.unknownToken)),
      .init("user_defined_symbols", .array(settings.userDefinedSymbols.map { .string($0) })),
      .init("byte_fallback", .bool(settings.byteFallback)),
      .init("split_digits", .bool(settings.boundaries.contains(.digits))),
      .init("split_by_number", .bool(settings.boundaries.contains(.numbers))),
      .init("split_by_unicode_script", .bool(settings.boundaries.contains(.scripts))),
      .init("split_by_whitespace", .bool(settings.boundaries.contains(.wordMarkers))),
      .init("soft_vocab_limit", .bool(settings.allowsSmallerVocabulary)),
    ])
  }

  private var corpusJSON: JSONValue {
    .object([
      .init("documents", .integer(corpus.documents)), .init("bytes", .integer(corpus.bytes)),
      .init("words", .integer(corpus.words)),
      .init("distinct_words", .integer(corpus.distinctWords)),
      .init("digest", .string(corpus.digest)),
    ])
  }

  private var trainingJSON: JSONValue {
    .object([
      .init("characters", .integer(diagnostics.characters)),
      .init("distinct_characters", .integer(diagnostics.distinctCharacters)),
      .init("covered_characters", .integer(diagnostics.coveredCharacters)),
      .init("candidates", .integer(diagnostics.candidates)),
      .init("seeds", .integer(diagnostics.seeds)),
      .init("pieces", .integer(pieces)),
      .init(
        "rounds",
        .array(
          diagnostics.rounds.map {
            .array([.integer($0.pieces), .number($0.objective), .number($0.tokens)])
          })
      ),
    ])
  }
}
