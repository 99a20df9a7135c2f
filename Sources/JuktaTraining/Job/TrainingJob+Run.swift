public import Jukta

extension TrainingJob {
  /// Trains on the texts of a source, such as a `Corpus` of files: all of them are read once.
  ///
  /// - Parameter progress: Called now and then, from any worker; may ask to stop.
  /// - Returns: A tokenizer for each size, in the order of `vocabularySizes`.
  /// - Throws: `TrainingError`; `source` holds what the source throws.
  /// - Complexity: As `WordCounter.count` and, for each size, as the trainer.
  public func run(
    on source: any DocumentSource,
    progress: @Sendable (Progress) -> TrainingSignal = { _ in .proceed }
  ) throws(TrainingError) -> [TrainedTokenizer] {
    try validate()
    let frontEnd = try recipe.frontEnd()
    let lines = LineSample(limit: heldOut == nil ? 1000 : 0)
    let chosen = ChosenTexts(of: source, longest: longestText, sample: sample)
    let counter = WordCounter(threads: threads, memory: memory, temporaryFolder: temporaryFolder)
    do {
      if superwords != nil {
        return try trainSuperwords(
          on: SampledSource(chosen.source, lines), frontEnd, counter, chosen, lines, progress)
      }
      let corpus = try counter.count(
        SampledSource(chosen.source, lines),
        makeSplitter: { try frontEnd.makeWordSplitter() }, progress: { progress(.counting($0)) })
      var summary = CorpusSummary(corpus)
      (summary.leftOut, summary.drawnFrom) = (chosen.leftOut, chosen.drawnFrom)
      return try train(corpus, summary, frontEnd, recipe, lines: lines.lines, progress)
    } catch {
      throw TrainingError(error)
    }
  }

  /// Trains on strings, cut into lines at line ends as files are.
  ///
  ///     let results = try TrainingJob(.bpe()).run(on: ["আমি …", "তুমি …"])
  ///
  /// - Parameter texts: Gone through once.
  /// - Throws: `TrainingError`.
  public func run<Texts: Sequence>(
    on texts: sending Texts,
    progress: @Sendable (Progress) -> TrainingSignal = { _ in .proceed }
  ) throws(TrainingError) -> [TrainedTokenizer] where Texts.Element: StringProtocol {
    try run(on: TextSource(texts), progress: progress)
  }

  /// Trains on files of counts, which were made by the recipe of this job.
  ///
  /// - Parameters:
  ///   - files: as `jukta count` and `jukta merge` write them, or `CountFileEncoder`.
  ///   - open: opens one: `DecompressedFile.init` of JuktaCorpus takes compressed ones too.
  /// - Throws: `TrainingError`: `counts` for a damaged file, `otherFrontEnd` for words made otherwise.
  public func run(
    counts files: [String], open: @escaping (String) throws -> any ByteChunks,
    progress: @Sendable (Progress) -> TrainingSignal = { _ in .proceed }
  ) throws(TrainingError) -> [TrainedTokenizer] {
    try run(counts: files, open: open, recipe: { _ in recipe }, progress: progress)
  }

  /// The same with a recipe that is chosen by what the files say of themselves.
  package func run(
    counts files: [String], open: @escaping (String) throws -> any ByteChunks,
    recipe choose: (CountFileHeader) throws -> FrontEndRecipe,
    progress: @Sendable (Progress) -> TrainingSignal
  ) throws(TrainingError) -> [TrainedTokenizer] {
    try validate()
    guard superwords == nil else {
      throw .badSetting(name: "superwords", rule: "left out where words were counted before")
    }
    do {
      let merge = CountMerge(files: files, temporaryFolder: temporaryFolder) { path in
        let file = try open(path)
        return try CountFileReader(name: file.name) { try file.read(into: &$0) }
      }
      var made: (recipe: FrontEndRecipe, frontEnd: TextFrontEnd)?
      let corpus = try merge.load(memory: memory) { header in
        let recipe = try choose(header)
        let frontEnd = try recipe.frontEnd()
        guard recipe.name.utf8.elementsEqual(header.preset.utf8),
          frontEnd.json.utf8.elementsEqual(header.frontEnd.utf8)
        else { throw TrainingError.otherFrontEnd(counted: header.preset, wanted: recipe.name) }
        made = (recipe, frontEnd)
      }
      guard let made else {
        throw TrainingError.badSetting(name: "files", rule: "one file of counts or more")
      }
      return try train(
        corpus, CorpusSummary(corpus), made.frontEnd, made.recipe, lines: [], progress)
    } catch {
      throw TrainingError(error)
    }
  }

  /// Trains on clauses: words, and which of them follow one another.
  private func trainSuperwords(
    on source: any DocumentSource, _ frontEnd: TextFrontEnd, _ counter: WordCounter,
    _ chosen: ChosenTexts, _ lines: LineSample,
    _ progress: @Sendable (Progress) -> TrainingSignal
  ) throws -> [TrainedTokenizer] {
    guard let joining = frontEnd.joiningWords else {
      throw TrainingError.badSetting(
        name: "superwords",
        rule:
          "left out with this recipe: its words cannot be joined (SentencePiece's presets, GPT-2's and GPT-4's patterns)"
      )
    }
    let clauses = try ClauseCounts(
      source, frontEnd: joining, counter: counter, progress: { progress(.counting($0)) })
    let corpus = CountedCorpus(
      counts: try clauses.wordCounts(), documents: clauses.documents, bytes: clauses.bytes,
      textWords: clauses.textWords)
    var summary = CorpusSummary(corpus)
    (summary.leftOut, summary.drawnFrom) = (chosen.leftOut, chosen.drawnFrom)
    return try train(
      corpus, summary, joining, recipe, lines: lines.lines, clauses: clauses, progress)
  }

  private func train(
    _ corpus: borrowing CountedCorpus, _ summary: CorpusSummary, _ frontEnd: TextFrontEnd,
    _ recipe: FrontEndRecipe, lines: [[UInt8]], clauses: ClauseCounts? = nil,
    _ progress: (Progress) -> TrainingSignal
  ) throws -> [TrainedTokenizer] {
    let heldOut = try heldOut.map { try LineSample(of: $0, limit: 10_000).lines }
    var results: [TrainedTokenizer] = []
    for model in try spelledModels(frontEnd) {
      let vocabulary =
        switch model {
        case .unigram(let settings):
          try TrainedVocabulary.unigram(
            settings, corpus.counts, words: corpus.textWords, progress: progress)
        case .bpe(let settings):
          try TrainedVocabulary.bpe(
            settings, corpus.counts, words: corpus.textWords, pattern: recipe.pattern,
            joinsUnknown: frontEnd.normalizer.sentencePiece != nil,
            superwords: clauses.flatMap { clauses in superwords.map { ($0, clauses) } },
            progress: progress)
        case .wordPiece(let settings):
          try TrainedVocabulary.wordPiece(settings, corpus.counts, progress: progress)
        case .wordLevel(let settings): try TrainedVocabulary.wordLevel(settings, corpus.counts)
        }
      let (tokenizer, spiece) = try vocabulary.tokenizer(
        frontEnd, preset: recipe.name, isLossy: writesLossySentencePiece)
      let measured = heldOut ?? lines
      let figures =
        measured.isEmpty
        ? nil : try LineFigures(tokenizer, measured, isHeldOut: heldOut != nil)
      results.append(
        TrainedTokenizer(
          tokenizer: tokenizer, sentencePiece: spiece,
          recipe: TrainingRecipe(
            model: vocabulary.kind, preset: recipe.name, settings: vocabulary.settings,
            corpus: summary, training: vocabulary.training, figures: vocabulary.figures,
            spiece: spiece.json,
            heldOut: figures.map { $0.isHeldOut ? $0.json : .null } ?? .null),
          details: vocabulary.details, figures: figures))
    }
    return results
  }
}
