import Jukta
import JuktaTraining

/// What was counted, without the counts.
struct CorpusSummary {
  let documents: Int
  let bytes: Int
  let words: UInt64
  let distinctWords: Int
  let digest: String

  var json: JSONValue {
    .object([
      .init("documents", .integer(documents)), .init("bytes", .integer(bytes)),
      .init("words", .integer(words)), .init("distinct_words", .integer(distinctWords)),
      .init("digest", .string(digest)),
    ])
  }
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
  let model: String
  let preset: String
  let settings: JSONValue
  let corpus: CorpusSummary
  let training: JSONValue
  let figures: JSONValue
  /// What became of spiece.model.
  var spiece = JSONValue.null

  var json: JSONValue {
    .object([
      .init("format", .integer(1)), .init("jukta", .string(JuktaCommand.configuration.version)),
      .init("model", .string(model)), .init("preset", .string(preset)),
      .init("settings", settings), .init("corpus", corpus.json), .init("training", training),
      .init("on_training_text", figures), .init("spiece", spiece),
    ])
  }
}

extension TrainingRecipe {
  init(
    settings: UnigramSettings, preset: String, corpus: CorpusSummary,
    diagnostics: UnigramDiagnostics, figures: SegmentationStatistics, pieces: Int
  ) {
    self.init(
      model: "unigram", preset: preset, settings: Self.json(settings), corpus: corpus,
      training: Self.json(diagnostics, pieces: pieces),
      figures: .object([
        .init("tokens_per_word", .number(figures.tokensPerWord)),
        .init("bits_per_character", .number(figures.bitsPerCharacter)),
        .init("unknown_characters", .integer(figures.unknownCharacters)),
      ]))
  }

  private static func json(_ settings: UnigramSettings) -> JSONValue {
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

  private static func json(_ diagnostics: UnigramDiagnostics, pieces: Int) -> JSONValue {
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
