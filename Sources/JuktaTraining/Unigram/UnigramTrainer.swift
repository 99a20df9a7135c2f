/// Trains a Unigram vocabulary on word counts.
///
///     var settings = UnigramSettings()
///     settings.vocabularySize = 8000
///     let vocabulary = try UnigramTrainer(settings).train(counts)
///
/// Starts from many candidate pieces, estimates their probabilities by EM over all segmentations of
/// all words, and drops those that the likelihood misses least, until as many are left as asked for
/// (Kudo 2018, doi:10.18653/v1/P18-1007).
///
/// Any size can be had from the characters alone to all candidates: strings that occur at least twice
/// and can't be made longer without losing an occurrence. Beyond that the corpus cannot fill a
/// vocabulary, and the error names the largest.
///
/// The result depends on the counts and the settings alone, not on the number of threads nor on the
/// order in which words were counted.
public struct UnigramTrainer: Sendable {
  /// How to train.
  public let settings: UnigramSettings

  /// Creates a trainer.
  ///
  /// - Throws: `UnigramTrainingError.badSetting` or `.duplicateSymbol`.
  public init(_ settings: UnigramSettings) throws(UnigramTrainingError) {
    try settings.validate()
    self.settings = settings
  }

  /// Trains on the words of a table.
  ///
  /// - Parameters:
  ///   - counts: The distinct words, valid UTF-8, with ▁ where the pre-tokenizer puts it.
  ///   - progress: Called after each step; may ask to stop.
  /// - Throws: `UnigramTrainingError`, or `CancellationError` when `progress` asked to stop.
  /// - Complexity: About 2 · log(seeds / pieces) / log(1 / shrinking factor) passes over the distinct
  ///   words; memory about 12 bytes a distinct scalar and 60 bytes a seed.
  public func train(
    _ counts: borrowing WordCounts,
    progress: (TrainingProgress) -> TrainingSignal = { _ in .proceed }
  ) throws -> UnigramVocabulary {
    var run = try TrainingRun(settings, counts)
    if case .cancel = progress(.seeded(pieces: run.pieces.count)) { throw CancellationError() }
    let target = run.wanted
    // The last pruning has some to choose from, when EM has told the useless ones.
    let slack = target + (target + 9) / 10
    while true {
      for _ in 0..<settings.subIterations {
        let round = run.estimate()
        if case .cancel = progress(.estimated(round)) { throw CancellationError() }
      }
      let count = run.pieces.count
      let shrunk = max(slack, Int(Double(count) * settings.shrinkingFactor))
      run.prune(to: count <= slack ? target : shrunk)
      if case .cancel = progress(.pruned(pieces: run.pieces.count)) { throw CancellationError() }
      if count <= slack { break }
    }
    for _ in 0..<settings.finalIterations {
      let round = run.estimate(keepsAll: true)
      if case .cancel = progress(.estimated(round)) { throw CancellationError() }
    }
    return run.finish()
  }
}
