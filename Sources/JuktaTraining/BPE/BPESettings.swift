internal import Jukta

/// How to train a BPE vocabulary. The defaults are those of Hugging Face's `BpeTrainer`.
public struct BPESettings: Sendable, Equatable {
  /// All entries of the vocabulary: special tokens, the alphabet and byte pieces too.
  public var vocabularySize = 32_000
  /// Whether `vocabularySize` is meant exactly, or how much less may come out.
  public var sizing = VocabularySizing.exact
  /// Pairs that occur less often are not merged; 0 and 1 merge pairs that occur once.
  public var minFrequency: UInt64 = 0
  /// How many characters, the most frequent ones, are kept; nil keeps all. The others are dropped, and
  /// no preferred ones are added.
  public var limitAlphabet: Int?
  /// The longest token, in characters, that merging may make; nil for no limit.
  ///
  /// Hugging Face's `max_token_length` of m gives tokens of at most m − 1 characters (and always
  /// those of 2): `referenceMaxTokenLength` says the same to it.
  public var maxTokenLength: Int?
  /// Characters that are in the alphabet whether or not the corpus has them.
  public var initialAlphabet = ""
  /// Characters that are in the alphabet whether or not the corpus has them as long as they take at
  /// most a quarter of the vocabulary; beyond that those that the corpus has most often, then the
  /// others in this order. They do not count against `characterCoverage`. Without effect on byte-level
  /// training, which knows every byte.
  ///
  /// `TrainingAlphabet.bengali` lists those that Bengali needs.
  public var preferredCharacters = ""
  /// What stands before a character that does not begin a word, such as `##`.
  public var continuingSubwordPrefix = ""
  /// What stands behind the last character of a word, such as `</w>`.
  public var endOfWordSuffix = ""
  /// Tokens that stand for no text of the corpus, in the order of their ids, which come first.
  public var specialTokens: [String] = []
  /// Strings that are always one token, in the order of their ids, after the special tokens.
  public var userDefinedSymbols: [String] = []
  /// The share of all characters that must be in the alphabet; rarer characters are left out. 1
  /// covers every character.
  public var characterCoverage = 1.0
  /// The token for characters outside the alphabet; nil drops them when encoding.
  public var unknownToken: String?
  /// Whether 256 pieces `<0x00>` … `<0xFF>` follow, by which characters outside the alphabet are
  /// spelled.
  public var byteFallback = false
  /// Whether words are taken as bytes and not as characters. All 256 bytes are in the alphabet.
  public var isByteLevel = false
  /// Whether merges first build aksharas and then join whole ones, so that a token ends inside an
  /// akshara only where that is too rare to be a token itself.
  public var isAksharaSafe = false
  /// The share of merged entries that may go to building aksharas, 0 to 1.
  public var aksharaShare = 0.25

  /// Creates the default settings.
  public init() {}

  /// What Hugging Face's `max_token_length` has to be for the same merges.
  public var referenceMaxTokenLength: Int? { maxTokenLength.map { $0 + 1 } }
}

extension BPESettings {
  /// Checks every value that a caller can get wrong.
  func validate() throws(BPETrainingError) {
    func require(_ holds: Bool, _ name: String, _ rule: String) throws(BPETrainingError) {
      if !holds { throw .badSetting(name: name, rule: rule) }
    }
    try require((1...4_000_000).contains(vocabularySize), "vocabularySize", "1 to 4,000,000")
    try require(minFrequency <= 1 << 62, "minFrequency", "at most 2^62")
    try require(
      characterCoverage >= 0.9 && characterCoverage <= 1, "characterCoverage", "0.9 to 1")
    try require((limitAlphabet ?? 1) >= 1, "limitAlphabet", "1 or more")
    try require(
      (2...1 << 30).contains(maxTokenLength ?? 2), "maxTokenLength", "2 characters or more")
    try require(
      !(isByteLevel && byteFallback), "byteFallback",
      "off for byte-level training, which knows every byte")
    try require(
      !(isByteLevel && isAksharaSafe), "isAksharaSafe", "off for byte-level training")
    try require(aksharaShare >= 0 && aksharaShare <= 1, "aksharaShare", "0 to 1")
    let symbols = fixedTokens.map(\.text)
    try require(symbols.allSatisfy { !$0.isEmpty }, "specialTokens", "tokens that are not empty")
    var seen: Set<[UInt8]> = []
    for symbol in symbols where !seen.insert(Array(symbol.utf8)).inserted {
      throw .duplicateSymbol(symbol)
    }
  }

  /// Whether a corpus that cannot fill `vocabularySize` gives the largest vocabulary it can, and not an
  /// error: `sizing` as a yes or no.
  public var allowsSmallerVocabulary: Bool {
    get { sizing != .exact }
    set { sizing = newValue ? .atMost : .exact }
  }

  /// How many forms a character has, by its place in a word.
  var formCount: Int {
    (continuingSubwordPrefix.isEmpty ? 1 : 2) * (endOfWordSuffix.isEmpty ? 1 : 2)
  }

  /// The entries that training does not choose, in the order of their ids.
  var fixedTokens: [(text: String, kind: BPEToken.Kind)] {
    var tokens: [(text: String, kind: BPEToken.Kind)] = []
    if let unknownToken, !specialTokens.contains(unknownToken) {
      tokens.append((unknownToken, .unknown))
    }
    tokens += specialTokens.map { ($0, $0 == unknownToken ? .unknown : .control) }
    tokens += userDefinedSymbols.map { ($0, .userDefined) }
    if byteFallback {
      tokens += (UInt8.min...UInt8.max).map { (ByteFallback.token($0), .byte) }
    }
    return tokens
  }
}
