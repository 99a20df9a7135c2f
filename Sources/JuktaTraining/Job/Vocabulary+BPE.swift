internal import Jukta

extension TrainedVocabulary {
  /// Trains a BPE vocabulary and gathers what a folder says of it.
  /// - Parameter joinsUnknown: whether unknown characters side by side are one token where spiece.model
  ///   is written, as with SentencePiece's presets.
  static func bpe(
    _ settings: BPESettings, _ counts: borrowing WordCounts, words: UInt64?, pattern: String,
    joinsUnknown: Bool, superwords: (share: Double, clauses: ClauseCounts)? = nil,
    progress: (TrainingJob.Progress) -> TrainingSignal
  ) throws -> TrainedVocabulary {
    let report = { (entries: Int) in
      progress(.bpe(entries: entries, wanted: settings.vocabularySize))
    }
    let vocabulary =
      if let superwords {
        try SuperwordTrainer(settings, share: superwords.share)
          .train(superwords.clauses, progress: report)
      } else {
        try BPETrainer(settings).train(counts, progress: report)
      }
    var seen = vocabulary.diagnostics
    let statistics = try SegmentationStatistics(
      counts, vocabulary: vocabulary, settings: settings,
      fusesUnknown: joinsUnknown && !settings.byteFallback, words: words)
    seen.tokensPerWord = statistics.tokensPerWord
    if let superwords {
      // Words by themselves hold none of them.
      let tokens = try superwords.clauses.tokens(vocabulary, settings)
      seen.tokensPerWord = Double(tokens) / Double(max(statistics.words, 1))
    }
    return TrainedVocabulary(
      kind: "bpe", size: vocabulary.tokens.count,
      texts: vocabulary.tokens.map { String(decoding: $0.bytes, as: UTF8.self) },
      // Bytes tell unknown characters apart anyway.
      sharesCuts: joinsUnknown && !settings.byteFallback && !settings.isByteLevel,
      settings: json(settings, pattern: pattern, superwords: superwords?.share),
      training: json(vocabulary),
      figures: .object([.init("tokens_per_word", .number(seen.tokensPerWord))]),
      details: .bpe(seen, merges: vocabulary.merges.count)
    ) { frontEnd, fusesUnknown in
      try vocabulary.tokenizer(
        frontEnd: frontEnd, settings: settings, fusesUnknown: fusesUnknown)
    }
  }

  private static func json(
    _ settings: BPESettings, pattern: String, superwords: Double?
  ) -> JSONValue {
    .object(
      [
        .init("vocab_size", .integer(settings.vocabularySize)),
        .init("min_frequency", .integer(settings.minFrequency)),
        .init("limit_alphabet", settings.limitAlphabet.map { .integer($0) } ?? .null),
        .init("max_token_length", settings.maxTokenLength.map { .integer($0) } ?? .null),
        .init("initial_alphabet", .string(settings.initialAlphabet)),
        .init("continuing_subword_prefix", .string(settings.continuingSubwordPrefix)),
        .init("end_of_word_suffix", .string(settings.endOfWordSuffix)),
        .init("special_tokens", .array(settings.specialTokens.map { .string($0) })),
        .init("user_defined_symbols", .array(settings.userDefinedSymbols.map { .string($0) })),
        .init("character_coverage", .number(settings.characterCoverage)),
        .init("unk_token", settings.unknownToken.map { .string($0) } ?? .null),
        .init("byte_fallback", .bool(settings.byteFallback)),
        .init("akshara_safe", .bool(settings.isAksharaSafe)),
        .init("byte_level", .bool(settings.isByteLevel)), .init("pattern", .string(pattern)),
      ] + (superwords.map { [.init("superwords", .number($0))] } ?? []))
  }

  private static func json(_ vocabulary: BPEVocabulary) -> JSONValue {
    let seen = vocabulary.diagnostics
    return .object([
      .init("distinct_characters", .integer(seen.distinctCharacters)),
      .init("alphabet", .integer(seen.alphabet)),
      .init("dropped_characters", .integer(seen.droppedCharacters)),
      .init("entries", .integer(vocabulary.tokens.count)), .init("size", seen.sizing.json),
      .init("added_characters", .integer(seen.addedCharacters)),
      .init("unknown_characters", seen.unknown.json),
      .init("merges", .integer(vocabulary.merges.count)),
      .init("pairs", .integer(seen.pairs)), .init("last_count", .integer(seen.lastCount)),
      .init("superwords", .integer(seen.superwords)),
    ])
  }
}
