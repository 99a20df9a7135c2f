import ArgumentParser
import Jukta
import JuktaTraining

/// How to train a BPE vocabulary, as options.
struct BPEOptionGroup: ParsableArguments {
  @Option(help: "Entries, special tokens included; several sizes (8000,32000) give a folder each.")
  var vocabSize = VocabularySizes([32_000])
  @Option(help: "Pairs that occur less often are not merged.")
  var minFrequency: UInt64 = 0
  @Option(help: "How many characters, the most frequent ones, get an entry (default: all).")
  var limitAlphabet: Int?
  @Option(help: "The longest entry that merging may make, in characters (default: no limit).")
  var maxTokenLength: Int?
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

  /// The settings for one size.
  func settings(size: Int) -> BPESettings {
    var settings = BPESettings()
    settings.vocabularySize = size
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
    settings.isByteLevel = words.byteLevel
    settings.isAksharaSafe = aksharaSafe
    if words.byteLevel { settings.unknownToken = nil }
    return settings
  }
}

extension TrainingRecipe {
  init(
    settings: BPESettings, preset: String, pattern: String, corpus: CorpusSummary,
    vocabulary: BPEVocabulary
  ) {
    let seen = vocabulary.diagnostics
    self.init(
      model: "bpe", preset: preset,
      settings: .object([
        .init("vocab_size", .integer(settings.vocabularySize)),
        .init("min_frequency", .integer(settings.minFrequency)),
        .init("limit_alphabet", settings.limitAlphabet.map { .integer($0) } ?? .null),
        .init("max_token_length", settings.maxTokenLength.map { .integer($0) } ?? .null),
        .init("initial_alphabet", .string(settings.initialAlphabet)),
        .init("continuing_subword_prefix", .string(settings.continuingSubwordPrefix)),
        .init("end_of_word_suffix", .string(settings.endOfWordSuffix)),
        .init("special_tokens", .array(settings.specialTokens.map { .string($0) })),
        .init("user_defined_symbols", .array(settings.userDefinedSymbols.map { .string($0) })),
        .init("character_coverage", .number(settings.characterCoverage)),
        .init("unk_token", settings.unknownToken.map { .string($0) } ?? .null),
        .init("byte_fallback", .bool(settings.byteFallback)),
        .init("akshara_safe", .bool(settings.isAksharaSafe)),
        .init("byte_level", .bool(settings.isByteLevel)), .init("pattern", .string(pattern)),
      ]),
      corpus: corpus,
      training: .object([
        .init("distinct_characters", .integer(seen.distinctCharacters)),
        .init("alphabet", .integer(seen.alphabet)),
        .init("dropped_characters", .integer(seen.droppedCharacters)),
        .init("entries", .integer(vocabulary.tokens.count)),
        .init("merges", .integer(vocabulary.merges.count)),
        .init("pairs", .integer(seen.pairs)), .init("last_count", .integer(seen.lastCount)),
      ]),
      figures: .object([.init("tokens_per_word", .number(seen.tokensPerWord))]))
  }
}
