import ArgumentParser
import Jukta
import JuktaTraining

/// How to train a Unigram vocabulary, as options.
struct UnigramOptions: ParsableArguments {
  @Option(
    help: """
      Entries, special tokens included; several sizes (8000,32000) give a folder each (default: what \
      fits the text, 32,000 at most).
      """,
    transform: VocabularySizes.init(text:))
  var vocabSize: VocabularySizes?
  @Option(
    name: [.long, .customLong("seed-sentencepiece-size")],
    help: "Candidates to start from (default: 12 × the size, 100,000 to 1,000,000).")
  var seedSize: Int?
  @Option(
    name: [.long, .customLong("max-sentencepiece-length")],
    help: "The longest piece, in characters, ▁ included.")
  var maxPieceLength = UnigramSettings().maxPieceLength
  @Option(help: "The share of pieces that a pruning keeps.")
  var shrinkingFactor = UnigramSettings().shrinkingFactor
  @Option(
    name: [.long, .customLong("num-sub-iterations")],
    help: "Rounds of EM between two prunings.")
  var subIterations = UnigramSettings().subIterations
  @Option(help: "What a token more costs when pieces are chosen, in nats; 0: likelihood alone.")
  var tokenCost = UnigramSettings().tokenCost
  @Option(
    help: """
      The share of characters that get pieces; the rest is unknown. 1: all (default: 0.9995, and of the \
      rest what fits into one entry in 40).
      """)
  var characterCoverage: Double?
  @Option(
    help: """
      Characters that have pieces whatever the text, up to a quarter of all: those of Bengali and ASCII \
      (bengali), or none (corpus).
      """)
  var alphabet = AlphabetChoice.bengali
  @Option(help: "Characters that get pieces whatever the text.")
  var requiredChars = ""
  @Option(help: "Special tokens, separated by commas, in the order of their ids.")
  var specialTokens = "<pad>,<unk>,[CLS],[SEP],[MASK]"
  @Option(help: "More special tokens, behind those, separated by commas.")
  var controlSymbols = ""
  @Option(help: "The token for unknown characters.")
  var unkToken = "<unk>"
  @Option(help: "Strings that are always one token, separated by commas.")
  var userDefinedSymbols = ""
  @Flag(help: "Add 256 byte pieces, so that unknown characters can be spelled.")
  var byteFallback = false
  @Flag(help: "Keep each digit apart (the pre-tokenizer already does).")
  var splitDigits = false
  @Flag(help: "Keep numbers apart from other text.")
  var splitByNumber = false
  @Flag(help: "Keep scripts, and letters and punctuation, apart.")
  var splitByUnicodeScript = false
  @Flag(help: "Let ▁ begin pieces only (the pre-tokenizer already does).")
  var splitByWhitespace = false
  @Flag(
    name: [.long, .customLong("no-hard-vocab-limit")],
    help: "A smaller vocabulary instead of an error when the text has too few pieces.")
  var softVocabLimit = false

  /// The settings but for the size.
  var settings: UnigramSettings {
    var settings = UnigramSettings()
    settings.seedSize = seedSize
    settings.maxPieceLength = maxPieceLength
    settings.shrinkingFactor = shrinkingFactor
    settings.subIterations = subIterations
    settings.tokenCost = tokenCost
    settings.characterCoverage = characterCoverage
    settings.requiredCharacters = requiredChars
    settings.specialTokens = symbolList(specialTokens) + symbolList(controlSymbols)
    settings.unknownToken = unkToken
    settings.userDefinedSymbols = symbolList(userDefinedSymbols)
    settings.byteFallback = byteFallback
    if splitDigits { settings.boundaries.insert(.digits) }
    if splitByNumber { settings.boundaries.insert(.numbers) }
    if splitByUnicodeScript { settings.boundaries.insert(.scripts) }
    if splitByWhitespace { settings.boundaries.insert(.wordMarkers) }
    settings.sizing = softVocabLimit ? .atMost : vocabSize == nil ? .fitting : .exact
    return settings
  }
}

/// `TrainingAlphabet` as an option.
enum AlphabetChoice: String, ExpressibleByArgument, CaseIterable {
  case bengali, corpus

  var alphabet: TrainingAlphabet { self == .bengali ? .bengali : .corpus }
}

/// Tokens separated by commas.
func symbolList(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
