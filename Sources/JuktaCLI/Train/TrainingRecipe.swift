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

  var json: JSONText {
    .object([
      ("format", .int(1)), ("jukta", .string(JuktaCommand.configuration.version)),
      ("model", .string("unigram")), ("preset", .string(preset)),
      ("settings", settingsJSON), ("corpus", corpusJSON), ("training", trainingJSON),
      (
        "on_training_text",
        .object([
          ("tokens_per_word", .double(figures.tokensPerWord)),
          ("bits_per_character", .double(figures.bitsPerCharacter)),
          ("unknown_characters", .int(Int(clamping: figures.unknownCharacters))),
        ])
      ),
    ])
  }

  private var settingsJSON: JSONText {
    .object([
      ("vocab_size", .int(settings.vocabularySize)),
      ("seed_size", .int(settings.effectiveSeedSize)),
      ("shrinking_factor", .double(settings.shrinkingFactor)),
      ("sub_iterations", .int(settings.subIterations)),
      ("final_iterations", .int(settings.finalIterations)),
      ("token_cost", .double(settings.tokenCost)),
      ("max_piece_length", .int(settings.maxPieceLength)),
      ("character_coverage", .double(settings.characterCoverage)),
      ("required_chars", .string(settings.requiredCharacters)),
      ("special_tokens", .array(settings.specialTokens.map { .string($0) })),
      ("unk_token", .string(settings.unknownToken)),
      ("user_defined_symbols", .array(settings.userDefinedSymbols.map { .string($0) })),
      ("byte_fallback", .bool(settings.byteFallback)),
      ("split_digits", .bool(settings.boundaries.contains(.digits))),
      ("split_by_number", .bool(settings.boundaries.contains(.numbers))),
      ("split_by_unicode_script", .bool(settings.boundaries.contains(.scripts))),
      ("split_by_whitespace", .bool(settings.boundaries.contains(.wordMarkers))),
      ("soft_vocab_limit", .bool(settings.allowsSmallerVocabulary)),
    ])
  }

  private var corpusJSON: JSONText {
    .object([
      ("documents", .int(corpus.documents)), ("bytes", .int(corpus.bytes)),
      ("words", .int(Int(clamping: corpus.words))), ("distinct_words", .int(corpus.distinctWords)),
      ("digest", .string(corpus.digest)),
    ])
  }

  private var trainingJSON: JSONText {
    .object([
      ("characters", .int(Int(clamping: diagnostics.characters))),
      ("distinct_characters", .int(diagnostics.distinctCharacters)),
      ("covered_characters", .int(diagnostics.coveredCharacters)),
      ("candidates", .int(diagnostics.candidates)), ("seeds", .int(diagnostics.seeds)),
      ("pieces", .int(pieces)),
      (
        "rounds",
        .array(
          diagnostics.rounds.map {
            .array([.int($0.pieces), .double($0.objective), .double($0.tokens)])
          })
      ),
    ])
  }
}
