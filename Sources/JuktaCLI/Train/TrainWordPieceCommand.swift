import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta train wordpiece`: text in, a folder that `transformers` loads out.
struct TrainWordPieceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wordpiece",
    abstract: "Train a WordPiece tokenizer, as BERT has it.",
    discussion: """
      Examples:
        jukta train wordpiece bn_dedup.txt.gz -o bn-bert --vocab-size 30000

      Words are what stands between spaces, punctuation apart. The pieces are those of Hugging
      Face's WordPieceTrainer on the same words, numbered the same each time.
      """)

  @OptionGroup var common: TrainingOptions
  @Option(
    help: "Entries, special tokens included; several sizes (8000,32000) give a folder each.",
    transform: VocabularySizes.init(text:))
  var vocabSize: VocabularySizes?
  @Option(help: "Pairs that occur less often are not joined.")
  var minFrequency: UInt64 = 0
  @Option(help: "How many characters, the most frequent ones, get an entry (default: all).")
  var limitAlphabet: Int?
  @Option(
    name: [.long, .customLong("required-chars")],
    help: "Characters that get an entry whatever the text.")
  var initialAlphabet = ""
  @Option(help: "What stands before a piece that does not begin a word.")
  var continuingSubwordPrefix = "##"
  @Option(help: "Special tokens, separated by commas, in the order of their ids.")
  var specialTokens = "[PAD],[UNK],[CLS],[SEP],[MASK]"
  @Option(help: "The token for words that pieces do not make up.")
  var unkToken = "[UNK]"
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    try common.check(corpus)
    try common.check(job)
  }

  func run() throws { try common.run(job, corpus, recipe: { .words(preset: $0) }) }

  private var job: TrainingJob {
    get throws {
      var settings = WordPieceSettings()
      settings.minFrequency = minFrequency
      settings.limitAlphabet = limitAlphabet
      settings.initialAlphabet = initialAlphabet
      settings.continuingSubwordPrefix = continuingSubwordPrefix
      settings.specialTokens = symbolList(specialTokens)
      settings.unknownToken = unkToken
      return try common.job(
        .wordPiece(settings), sizes: vocabSize, alphabet: .bengali, recipe: { .words(preset: $0) })
    }
  }
}
