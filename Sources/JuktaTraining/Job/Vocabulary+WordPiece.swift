internal import Jukta

extension TrainedVocabulary {
  /// Trains a WordPiece vocabulary and gathers what a folder says of it.
  static func wordPiece(
    _ settings: WordPieceSettings, _ counts: borrowing WordCounts,
    progress: (TrainingJob.Progress) -> TrainingSignal
  ) throws -> TrainedVocabulary {
    let trainer = try WordPieceTrainer(settings)
    let vocabulary = try trainer.train(counts) {
      progress(.bpe(entries: $0, wanted: settings.vocabularySize))
    }
    let seen = vocabulary.diagnostics
    return TrainedVocabulary(
      kind: "wordpiece", size: vocabulary.tokens.count,
      texts: vocabulary.tokens.map { String(decoding: $0.bytes, as: UTF8.self) },
      sharesCuts: false,
      settings: .object([
        .init("vocab_size", .integer(settings.vocabularySize)),
        .init("min_frequency", .integer(settings.minFrequency)),
        .init("limit_alphabet", settings.limitAlphabet.map { .integer($0) } ?? .null),
        .init("initial_alphabet", .string(settings.initialAlphabet)),
        .init("continuing_subword_prefix", .string(settings.continuingSubwordPrefix)),
        .init("special_tokens", .array(settings.specialTokens.map { .string($0) })),
        .init("unk_token", .string(settings.unknownToken)),
        .init("longest_word", .integer(settings.longestWord)),
      ]),
      training: .object([
        .init("distinct_characters", .integer(seen.distinctCharacters)),
        .init("alphabet", .integer(seen.alphabet)),
        .init("entries", .integer(vocabulary.tokens.count)),
        .init("last_count", .integer(seen.lastCount)),
      ]),
      figures: .object([]), details: .wordPiece(seen)
    ) { frontEnd, _ in try trainer.tokenizer(of: vocabulary, frontEnd: frontEnd) }
  }

  /// Takes the most frequent words.
  static func wordLevel(
    _ settings: WordLevelSettings, _ counts: borrowing WordCounts
  ) throws -> TrainedVocabulary {
    let trainer = try WordLevelTrainer(settings)
    let words = try trainer.train(counts)
    return TrainedVocabulary(
      kind: "wordlevel", size: words.count, texts: words, sharesCuts: false,
      settings: .object([
        .init("vocab_size", .integer(settings.vocabularySize)),
        .init("min_frequency", .integer(settings.minFrequency)),
        .init("special_tokens", .array(settings.specialTokens.map { .string($0) })),
        .init("unk_token", .string(settings.unknownToken)),
      ]),
      training: .object([
        .init("entries", .integer(words.count)),
        .init("distinct_words", .integer(counts.distinctCount)),
      ]),
      figures: .object([]),
      details: .wordLevel(words: counts.totalCount, distinctWords: counts.distinctCount)
    ) { frontEnd, _ in try trainer.tokenizer(of: words, frontEnd: frontEnd) }
  }
}
