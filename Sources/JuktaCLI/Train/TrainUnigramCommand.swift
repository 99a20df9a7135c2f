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
      a text. Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json and recipe.json. The
      files are the same whatever the number of threads and the order of the input files.
      """)

  @Argument(help: "Files of text; none or - for standard input.")
  var files: [String] = []
  @Option(name: [.short, .customLong("output")], help: "The folder to write.")
  var output: String
  @Option(help: "A normaliser by name: \(Normalizer.presetNames.joined(separator: ", ")).")
  var preset = "bengali"
  @Option(help: "Workers (default: one a core). The result does not depend on it.")
  var threads: Int?
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false
  @OptionGroup(title: "Vocabulary") var unigram: UnigramOptions
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  private var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    guard workers >= 1 else { throw ValidationError("--threads must be 1 or more.") }
    guard Normalizer.presetNames.contains(preset) else {
      throw ValidationError(
        "no preset is named '\(preset)': choose one of \(Normalizer.presetNames.joined(separator: ", "))."
      )
    }
    for size in unigram.vocabSize.sizes {
      do {
        _ = try UnigramTrainer(unigram.settings(size: size, threads: workers))
      } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  func run() throws {
    let sizes = unigram.vocabSize.sizes
    let folders = try sizes.map { size in
      try AtomicFolder(sizes.count == 1 ? output : "\(output)/\(size)")
    }
    let frontEnd = TextFrontEnd(
      normalizer: try Normalizer.preset(named: preset), preTokenizer: .bengali)
    let source = CorpusSource(Corpus(files, options: corpus.options, callers: workers))
    let display = TrainingDisplay(
      line: ProgressLine(isQuiet: quiet, total: source.corpus.size))
    let corpus = try count(source, frontEnd, display.line)
    let summary = corpus.summary
    if !quiet { reportSkipped(source.corpus.tally) }
    for (size, folder) in zip(sizes, folders) {
      let settings = unigram.settings(size: size, threads: workers)
      let vocabulary = try UnigramTrainer(settings).train(corpus.counts) { progress in
        display.show(progress, wanted: size)
        return .proceed
      }
      let figures = try SegmentationStatistics(
        corpus.counts, vocabulary: vocabulary, threads: workers)
      display.line.clear()
      let tokenizer = try vocabulary.tokenizer(
        frontEnd: frontEnd, byteFallback: settings.byteFallback)
      let recipe = TrainingRecipe(
        settings: settings, preset: preset, corpus: summary, diagnostics: vocabulary.diagnostics,
        figures: figures, pieces: vocabulary.pieces.count)
      let files =
        TransformersFolder.files(of: tokenizer)
        + [.init(name: "recipe.json", bytes: JSONWriter.document(recipe.json))]
      try folder.commit(files.map { ($0.name, $0.bytes) })
      if !quiet {
        report(vocabulary, figures, sizes.count == 1 ? output : "\(output)/\(size)", display)
      }
    }
  }

  private func count(
    _ source: CorpusSource, _ frontEnd: TextFrontEnd, _ line: ProgressLine
  ) throws -> CountedCorpus {
    let corpus = try WordCounter(threads: workers).count(
      source, makeSplitter: { try frontEnd.makeWordSplitter() },
      progress: { _ in
        line.show(source.corpus.bytesRead, what: "counting")
        return .proceed
      })
    line.clear()
    return corpus
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
