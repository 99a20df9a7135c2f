import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta train unigram`: text in, a folder that `transformers` loads out.
struct TrainUnigramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unigram",
    abstract: "Train a Unigram tokenizer.",
    discussion: """
      Examples:
        jukta train unigram bn_dedup.txt.gz -o bn-32k
        jukta train unigram bn_meta_part_*.jsonl.zst -o bn --vocab-size 8000,32000 \
          --min-language-prob 0.8 --drop-warnings tiny,noisy --skip-bad
      Reads plain text, OSCAR's layouts and other JSON lines (--field), gzip and zstd. Each line is
      a text. Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json, recipe.json, report.html and,
      where SentencePiece's format can say what the preset does, spiece.model and spiece.vocab. The
      files are the same whatever the number of threads and the order of the input files.
      """)

  @OptionGroup var common: TrainingOptions
  @OptionGroup(title: "Vocabulary") var unigram: UnigramOptions
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    try common.check(corpus)
    for size in unigram.vocabSize.sizes {
      do {
        _ = try UnigramTrainer(unigram.settings(size: size, threads: max(common.workers, 1)))
      } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  func run() throws {
    let sizes = unigram.vocabSize.sizes
    let names = common.folders(unigram.vocabSize)
    let folders = try names.map { try AtomicFolder($0) }
    let display = TrainingDisplay(line: ProgressLine(isQuiet: common.quiet, total: nil))
    let input = try common.read(corpus) { try common.counting.spaces.frontEnd(preset: $0) }
    let summary = input.corpus.summary
    for (index, size) in sizes.enumerated() {
      let settings = unigram.settings(size: size, threads: common.workers)
      let vocabulary = try UnigramTrainer(settings).train(input.corpus.counts) { progress in
        display.show(progress, wanted: size)
        return .proceed
      }
      let figures = try SegmentationStatistics(
        input.corpus.counts, vocabulary: vocabulary, threads: common.workers)
      display.line.clear()
      // With SentencePiece's presets both files cut alike, where both are written; bytes tell unknown
      // characters apart anyway.
      let pieces = vocabulary.pieces.lazy.map { String(decoding: $0.bytes, as: UTF8.self) }
      let shared = settings.byteFallback ? input.frontEnd : input.frontEnd.cutting(onlyAt: pieces)
      var spiece = SentencePieceFiles(
        try vocabulary.tokenizer(frontEnd: shared, byteFallback: settings.byteFallback),
        preset: input.preset, isLossy: common.lossySpiece)
      let form = try (spiece.model == nil ? input.frontEnd : shared).tokenizerJSONForm()
      spiece.add(form.notes)
      let tokenizer = try vocabulary.tokenizer(
        frontEnd: form.frontEnd, byteFallback: settings.byteFallback)
      var recipe = TrainingRecipe(
        settings: settings, preset: input.preset, corpus: summary,
        diagnostics: vocabulary.diagnostics,
        figures: figures, pieces: vocabulary.pieces.count)
      recipe.spiece = spiece.json
      let files =
        try TransformersFolder.files(of: tokenizer) + spiece.files
        + recipe.files(
          TrainingReport(
            tokenizer: tokenizer, recipe: recipe, rounds: vocabulary.diagnostics.rounds))
      let place = folders[index]
      try Interruption.holdOff { () throws(FolderError) in
        try place.commit(files.map { ($0.name, $0.bytes) })
      }
      if !common.quiet {
        report(vocabulary, figures, names[index], display)
        print("  \(spiece.line)")
      }
    }
  }

  private func report(
    _ vocabulary: UnigramVocabulary, _ figures: SegmentationStatistics, _ folder: String,
    _ display: TrainingDisplay
  ) {
    let seen = vocabulary.diagnostics
    print(
      """
      \(folder): \(grouped(vocabulary.pieces.count)) pieces in \(fixed(display.line.elapsed, 1)) s
        learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; \
      \(grouped(seen.coveredCharacters)) of \(grouped(seen.distinctCharacters)) characters
        on this text \(fixed(figures.tokensPerWord, 3)) tokens a word, \
      \(fixed(figures.bitsPerCharacter, 3)) bits a character, \
      \(grouped(figures.unknownCharacters)) unknown characters
      """)
  }
}
