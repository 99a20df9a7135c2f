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
    try common.check(corpus)
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
    let line = ProgressLine(isQuiet: common.quiet, total: nil)
    let input = try common.read(corpus) {
      try bpe.words.frontEnd(preset: $0, common.counting.spaces)
    }
    for (index, size) in bpe.vocabSize.sizes.enumerated() {
      let settings = bpe.settings(size: size)
      let vocabulary = try BPETrainer(settings).train(input.corpus.counts) { entries in
        line.write("training   \(grouped(entries)) entries of \(grouped(size)) wanted")
        return .proceed
      }
      line.clear()
      // With SentencePiece's presets both files keep unknown characters together, where both are written;
      // bytes tell them apart anyway.
      let joinsUnknown =
        !settings.byteFallback && !settings.isByteLevel
        && input.frontEnd.normalizer.sentencePiece != nil
      let pieces = vocabulary.tokens.lazy.map { String(decoding: $0.bytes, as: UTF8.self) }
      let shared = joinsUnknown ? input.frontEnd.cutting(onlyAt: pieces) : input.frontEnd
      var spiece = SentencePieceFiles(
        try vocabulary.tokenizer(
          frontEnd: shared, settings: settings, fusesUnknown: joinsUnknown),
        preset: input.preset, isLossy: common.lossySpiece)
      let isShared = spiece.model != nil
      let form = try (isShared ? shared : input.frontEnd).tokenizerJSONForm()
      spiece.add(form.notes)
      let tokenizer = try vocabulary.tokenizer(
        frontEnd: form.frontEnd, settings: settings, fusesUnknown: isShared && joinsUnknown)
      var recipe = TrainingRecipe(
        settings: settings, preset: input.preset, pattern: bpe.words.patternName,
        corpus: input.corpus.summary, vocabulary: vocabulary)
      recipe.spiece = spiece.json
      var files = try TransformersFolder.files(of: tokenizer) + spiece.files
      if let model = tokenizer.model.bpe { files += try BPEFiles.files(of: model) }
      files += recipe.files(TrainingReport(tokenizer: tokenizer, recipe: recipe))
      let place = folders[index]
      try Interruption.holdOff { () throws(FolderError) in
        try place.commit(files.map { ($0.name, $0.bytes) })
      }
      if !common.quiet {
        report(vocabulary, names[index], line)
        print("  \(spiece.line)")
      }
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
