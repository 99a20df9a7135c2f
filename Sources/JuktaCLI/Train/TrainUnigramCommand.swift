import ArgumentParser
import Jukta
import JuktaTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `jukta train unigram`: text in, a folder that `transformers` loads out.
struct TrainUnigramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unigram",
    abstract: "Train a Unigram tokenizer.",
    discussion: """
      Examples:
        jukta train unigram bn.txt -o bn-32k
        jukta train unigram *.txt -o bn --vocab-size 8000,32000 --preset sahajbert
      Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json and recipe.json. The
      files are the same whatever the number of threads and the order of the input files.
      """)

  @Argument(help: "Files of text, one text a line; none or - for standard input.")
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

  private var workers: Int { threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

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
    let display = TrainingDisplay(isQuiet: quiet, totalBytes: totalSize())
    let corpus = try count(frontEnd, display)
    let summary = corpus.summary
    for (size, folder) in zip(sizes, folders) {
      let settings = unigram.settings(size: size, threads: workers)
      let vocabulary = try UnigramTrainer(settings).train(corpus.counts) { progress in
        display.show(progress, wanted: size)
        return .proceed
      }
      let figures = try SegmentationStatistics(
        corpus.counts, vocabulary: vocabulary, threads: workers)
      display.clear()
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
    _ frontEnd: TextFrontEnd, _ display: TrainingDisplay
  ) throws -> CountedCorpus {
    let corpus = try WordCounter(threads: workers).count(
      LineSource(files), makeSplitter: { try frontEnd.makeWordSplitter() },
      progress: { progress in
        display.show(progress)
        return .proceed
      })
    display.clear()
    return corpus
  }

  /// The size of all files together, nil when one is not a regular file.
  private func totalSize() -> Int? {
    guard !files.isEmpty else { return nil }
    var total = 0
    for path in files {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      total += Int(status.st_size)
    }
    return total
  }

  private func report(
    _ vocabulary: UnigramVocabulary, _ figures: SegmentationStatistics, _ folder: String,
    _ display: TrainingDisplay
  ) {
    let seen = vocabulary.diagnostics
    print(
      """
      \(folder): \(grouped(vocabulary.pieces.count)) pieces in \(fixed(display.elapsed, 1)) s
        learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; \
      \(grouped(seen.coveredCharacters)) of \(grouped(seen.distinctCharacters)) characters
        on this text \(fixed(figures.tokensPerWord, 3)) tokens a word, \
      \(fixed(figures.bitsPerCharacter, 3)) bits a character, \
      \(grouped(figures.unknownCharacters)) unknown characters
      """)
  }
}
