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
    try common.check(job)
  }

  func run() throws { try common.run(job, corpus, recipe: recipe) }

  private var job: TrainingJob {
    get throws {
      var job = try common.job(
        .bpe(bpe.settings), sizes: bpe.vocabSize, alphabet: bpe.alphabet.alphabet, recipe: recipe)
      job.superwords = bpe.superwords
      return job
    }
  }

  private func recipe(_ preset: String) throws -> FrontEndRecipe {
    try bpe.words.recipe(preset: preset, common.counting.spaces)
  }
}
