internal import Jukta

extension TrainedVocabulary {
  /// Trains a Unigram vocabulary and gathers what a folder says of it.
  static func unigram(
    _ settings: UnigramSettings, _ counts: borrowing WordCounts, words: UInt64?,
    progress: (TrainingJob.Progress) -> TrainingSignal
  ) throws -> TrainedVocabulary {
    let vocabulary = try UnigramTrainer(settings).train(counts) {
      progress(.unigram($0, wanted: settings.vocabularySize))
    }
    let figures = try SegmentationStatistics(
      counts, vocabulary: vocabulary, words: words, threads: settings.threads)
    return TrainedVocabulary(
      kind: "unigram", size: vocabulary.pieces.count,
      texts: vocabulary.pieces.map { String(decoding: $0.bytes, as: UTF8.self) },
      // With SentencePiece's presets both files cut alike, where both are written; bytes tell unknown
      // characters apart anyway.
      sharesCuts: !settings.byteFallback,
      settings: json(settings),
      training: json(vocabulary.diagnostics, size: vocabulary.pieces.count),
      figures: .object([
        .init("tokens_per_word", .number(figures.tokensPerWord)),
        .init("bits_per_character", .number(figures.bitsPerCharacter)),
        .init("unknown_characters", .integer(figures.unknownCharacters)),
      ]),
      details: .unigram(vocabulary.diagnostics, figures)
    ) { frontEnd, _ in
      try vocabulary.tokenizer(frontEnd: frontEnd, byteFallback: settings.byteFallback)
    }
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
      .init("character_coverage", settings.characterCoverage.map { .number($0) } ?? .null),
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

  private static func json(_ diagnostics: UnigramDiagnostics, size: Int) -> JSONValue {
    .object([
      .init("characters", .integer(diagnostics.characters)),
      .init("distinct_characters", .integer(diagnostics.distinctCharacters)),
      .init("covered_characters", .integer(diagnostics.coveredCharacters)),
      .init("candidates", .integer(diagnostics.candidates)),
      .init("seeds", .integer(diagnostics.seeds)),
      .init("pieces", .integer(size)), .init("size", diagnostics.sizing.json),
      .init("added_characters", .integer(diagnostics.addedCharacters)),
      .init("unknown_characters", diagnostics.unknown.json),
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
