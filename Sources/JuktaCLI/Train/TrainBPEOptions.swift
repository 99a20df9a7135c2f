import ArgumentParser
import Jukta
import JuktaTraining

/// How to train a BPE vocabulary, as options.
struct BPEOptionGroup: ParsableArguments {
  @Option(
    help: """
      Entries, special tokens included; several sizes (8000,32000) give a folder each (default: what \
      fits the text, 32,000 at most).
      """,
    transform: VocabularySizes.init(text:))
  var vocabSize: VocabularySizes?
  @Flag(
    name: [.long, .customLong("no-hard-vocab-limit")],
    help: "The largest vocabulary possible, not an error, when the text has too few pairs.")
  var softVocabLimit = false
  @Option(help: "Pairs that occur less often are not merged.")
  var minFrequency: UInt64 = 0
  @Option(help: "How many characters, the most frequent ones, get an entry (default: all).")
  var limitAlphabet: Int?
  @Option(
    help: """
      The longest entry that merging may make, in characters (default: no limit). Hugging Face's \
      max_token_length says the same with one more.
      """)
  var maxTokenLength: Int?
  @Option(
    help: """
      Characters that have entries whatever the text, up to a quarter of all: those of Bengali and ASCII \
      (bengali), or none (corpus).
      """)
  var alphabet = AlphabetChoice.bengali
  @Option(
    name: [.long, .customLong("required-chars")],
    help: "Characters that get an entry whatever the text.")
  var initialAlphabet = ""
  @Option(help: "The share of characters that get an entry; the rest is unknown. 1: all.")
  var characterCoverage = BPESettings().characterCoverage
  @Option(help: "What stands before a character that does not begin a word, as ##.")
  var continuingSubwordPrefix = ""
  @Option(help: "What stands behind the last character of a word, as </w>.")
  var endOfWordSuffix = ""
  @Option(help: "Special tokens, separated by commas, in the order of their ids.")
  var specialTokens = "<pad>,<unk>,[CLS],[SEP],[MASK]"
  @Option(help: "More special tokens, behind those, separated by commas.")
  var controlSymbols = ""
  @Option(help: "Strings that are always one token, separated by commas.")
  var userDefinedSymbols = ""
  @Option(help: "The token for characters that have no entry.")
  var unkToken = "<unk>"
  @Flag(help: "Add 256 byte pieces, so that unknown characters can be spelled.")
  var byteFallback = false

  @OptionGroup var words: ByteLevelOptions

  @Flag(
    help: """
      Build aksharas first, then join whole ones: a token ends inside an akshara only where that is \
      too rare to be a token itself. The merges carry it; other tools give the same ids.
      """)
  var aksharaSafe = false
  @Option(
    help: """
      The share of entries that may span words, as 0.1: up to four whole words, never across punctuation \
      or digits.
      """)
  var superwords: Double?

  /// The settings but for the size.
  var settings: BPESettings {
    var settings = BPESettings()
    settings.minFrequency = minFrequency
    settings.limitAlphabet = limitAlphabet
    settings.maxTokenLength = maxTokenLength
    settings.initialAlphabet = initialAlphabet
    settings.continuingSubwordPrefix = continuingSubwordPrefix
    settings.endOfWordSuffix = endOfWordSuffix
    settings.specialTokens = symbolList(specialTokens) + symbolList(controlSymbols)
    settings.userDefinedSymbols = symbolList(userDefinedSymbols)
    settings.characterCoverage = characterCoverage
    settings.unknownToken = unkToken
    settings.byteFallback = byteFallback
    settings.isAksharaSafe = aksharaSafe
    settings.sizing = softVocabLimit ? .atMost : vocabSize == nil ? .fitting : .exact
    return settings
  }
}
