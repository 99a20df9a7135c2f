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
    try common.check(job)
  }

  func run() throws { try common.run(job, corpus, recipe: recipe) }

  private var job: TrainingJob {
    get throws {
      try common.job(
        .unigram(unigram.settings), sizes: unigram.vocabSize,
        alphabet: unigram.alphabet.alphabet, recipe: recipe)
    }
  }

  private func recipe(_ preset: String) throws -> FrontEndRecipe {
    try common.counting.spaces.recipe(preset: preset)
  }
}
