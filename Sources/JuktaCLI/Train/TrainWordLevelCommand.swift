import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta train wordlevel`: the most frequent words of a text as a vocabulary.
struct TrainWordLevelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wordlevel",
    abstract: "Take the most frequent words for a vocabulary.",
    discussion: """
      Examples:
        jukta train wordlevel bn_dedup.txt.gz -o bn-words --vocab-size 50000

      Words are what stands between spaces, punctuation apart. The vocabulary is that of Hugging
      Face's WordLevelTrainer; all other words are --unk-token.
      """)

  @OptionGroup var common: TrainingOptions
  @Option(
    help: "Entries, special tokens included; several sizes (8000,32000) give a folder each.",
    transform: VocabularySizes.init(text:))
  var vocabSize: VocabularySizes?
  @Option(help: "Words that occur less often are left out.")
  var minFrequency: UInt64 = 0
  @Option(help: "Special tokens, separated by commas, in the order of their ids.")
  var specialTokens = "[UNK]"
  @Option(help: "The token for all other words.")
  var unkToken = "[UNK]"
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    try common.check(corpus)
    try common.check(job)
  }

  func run() throws { try common.run(job, corpus, recipe: { .words(preset: $0) }) }

  private var job: TrainingJob {
    get throws {
      var settings = WordLevelSettings()
      settings.minFrequency = minFrequency
      settings.specialTokens = symbolList(specialTokens)
      settings.unknownToken = unkToken
      return try common.job(
        .wordLevel(settings), sizes: vocabSize, alphabet: .bengali, recipe: { .words(preset: $0) })
    }
  }
}
