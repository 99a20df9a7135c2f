internal import Jukta

extension TrainedVocabulary {
  /// Trains a BPE vocabulary and gathers what a folder says of it.
  /// - Parameter joinsUnknown: whether unknown characters side by side are one token where spiece.model
  ///   is written, as with SentencePiece's presets.
  static func bpe(
    _ settings: BPESettings, _ corpus: borrowing CountedCorpus, alphabet: TrainingAlphabet,
    pattern: String, joinsUnknown: Bool,
    progress: (TrainingJob.Progress) -> TrainingSignal
  ) throws -> TrainedVocabulary {
    let vocabulary = try BPETrainer(settings).train(corpus.counts) {
      progress(.bpe(entries: $0, wanted: settings.vocabularySize))
    }
    let figures = try SegmentationStatistics(
      corpus.counts, vocabulary: vocabulary, settings: settings,
      fusesUnknown: joinsUnknown && !settings.byteFallback, words: corpus.textWords)
    return TrainedVocabulary(
      kind: "bpe", size: vocabulary.tokens.count,
      texts: vocabulary.tokens.map { String(decoding: $0.bytes, as: UTF8.self) },
      // Bytes tell unknown characters apart anyway.
      sharesCuts: joinsUnknown && !settings.byteFallback && !settings.isByteLevel,
      settings: json(settings, alphabet, pattern: pattern), training: json(vocabulary),
      figures: .object([.init("tokens_per_word", .number(figures.tokensPerWord))]),
      details: .bpe(vocabulary.diagnostics, figures, merges: vocabulary.merges.count)
    ) { frontEnd, fusesUnknown in
      try vocabulary.tokenizer(
        frontEnd: frontEnd, settings: settings, fusesUnknown: fusesUnknown)
    }
  }

  private static func json(
    _ settings: BPESettings, _ alphabet: TrainingAlphabet, pattern: String
  ) -> JSONValue {
    .object([
      .init("vocab_size", .integer(settings.vocabularySize)),
      .init("min_frequency", .integer(settings.minFrequency)),
      .init("limit_alphabet", settings.limitAlphabet.map { .integer($0) } ?? .null),
      .init("max_token_length", settings.maxTokenLength.map { .integer($0) } ?? .null),
      .init("alphabet", .string(alphabet.rawValue)),
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
    ])
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
    ])
  }
}
