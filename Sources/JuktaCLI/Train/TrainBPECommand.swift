import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta train bpe`: text in, a folder that `transformers` loads out.
struct TrainBPECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bpe",
    abstract: "Train a BPE tokenizer.",
    discussion: """
      Examples:
        jukta train bpe bn_dedup.txt.gz -o bn-bpe-32k
        jukta train bpe bn_dedup.txt.gz -o bn-bytes --byte-level --pattern bengali
      The merges are those of Hugging Face's BpeTrainer on the same words. Reads and writes what
      `jukta train unigram` does; the files are the same whatever the number of threads and the order
      of the input files.
      """)

  @OptionGroup var common: TrainingOptions
  @OptionGroup(title: "Vocabulary") var bpe: BPEOptionGroup
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    for size in bpe.vocabSize.sizes {
      do {
        _ = try BPETrainer(bpe.settings(size: size))
      } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  func run() throws {
    let names = common.folders(bpe.vocabSize)
    let folders = try names.map { try AtomicFolder($0) }
    let frontEnd = try bpe.frontEnd(preset: common.preset)
    let source = CorpusSource(
      Corpus(common.files, options: corpus.options, callers: common.workers))
    let line = ProgressLine(isQuiet: common.quiet, total: source.corpus.size)
    let corpus = try common.count(source, frontEnd, line)
    if !common.quiet { reportSkipped(source.corpus.tally) }
    for (index, size) in bpe.vocabSize.sizes.enumerated() {
      let settings = bpe.settings(size: size)
      let vocabulary = try BPETrainer(settings).train(corpus.counts) { entries in
        line.write("training   \(grouped(entries)) entries of \(grouped(size)) wanted")
        return .proceed
      }
      line.clear()
      let tokenizer = try vocabulary.tokenizer(frontEnd: frontEnd, settings: settings)
      let recipe = TrainingRecipe(
        settings: settings, preset: common.preset, pattern: bpe.patternName,
        corpus: corpus.summary, vocabulary: vocabulary)
      var files = TransformersFolder.files(of: tokenizer)
      if let model = tokenizer.model.bpe { files += try BPEFiles.files(of: model) }
      files += recipe.files(TrainingReport(tokenizer: tokenizer, recipe: recipe))
      try folders[index].commit(files.map { ($0.name, $0.bytes) })
      if !common.quiet { report(vocabulary, names[index], line) }
    }
  }

  private func report(_ vocabulary: BPEVocabulary, _ folder: String, _ line: ProgressLine) {
    let seen = vocabulary.diagnostics
    print(
      """
      \(folder): \(grouped(vocabulary.tokens.count)) entries, \
      \(grouped(vocabulary.merges.count)) merges in \(fixed(line.elapsed, 1)) s
        learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; \
      \(grouped(seen.alphabet)) of \(grouped(seen.distinctCharacters)) characters
        on this text \(fixed(seen.tokensPerWord, 3)) tokens a word; \
      the last pair merged occurs \(grouped(seen.lastCount)) times
      """)
  }
}
