/// How to train a Unigram vocabulary.
///
/// The defaults are those of SentencePiece where it has them, but for those said to differ.
public struct UnigramSettings: Sendable, Equatable {
  /// All entries of the vocabulary: special tokens, user-defined symbols and byte pieces too.
  public var vocabularySize = 32_000
  /// Whether `vocabularySize` is meant exactly, or how much less may come out.
  public var sizing = VocabularySizing.exact
  /// How many candidate pieces EM starts from, single characters included; nil for twelve times the
  /// vocabulary size, but 100,000 at least and 1,000,000 at most. Never fewer than the vocabulary has.
  ///
  /// More is not better: rare long candidates draw weight in the first rounds (decision 0032).
  public var seedSize: Int?
  /// The share of pieces that a pruning keeps.
  public var shrinkingFactor = 0.85
  /// The rounds of EM between two prunings.
  public var subIterations = 2
  /// The rounds of EM after the last pruning.
  public var finalIterations = 2
  /// What a token more is held to cost, in nats, when pieces are chosen; 0 looks at the likelihood
  /// alone. The default gives 1.7 % fewer tokens at 8,000 pieces, for 0.2 % more bits a character.
  public var tokenCost = 8.0
  /// The longest piece, in Unicode scalars, the word marker ▁ included.
  public var maxPieceLength = 16
  /// The share of all characters that must be covered by pieces of their own; rarer characters
  /// become unknown. 1 covers every character. Nil for 0.9995 and, of the rarer ones, as many as there
  /// is room for while the whole alphabet takes at most one entry in 40.
  public var characterCoverage: Double?
  /// Characters that get a piece whether or not the corpus has them.
  public var requiredCharacters = ""
  /// Characters that get a piece whether or not the corpus has them as long as they take at most a
  /// quarter of the vocabulary; beyond that those that the corpus has most often, then the others in
  /// this order. They do not count against `characterCoverage`.
  ///
  /// `TrainingAlphabet.bengali` lists those that Bengali needs.
  public var preferredCharacters = ""
  /// Tokens that stand for no text of the corpus, in the order of their ids, which come first.
  public var specialTokens: [String] = []
  /// The token for unknown characters. Comes first of all unless it is among `specialTokens`.
  public var unknownToken = "<unk>"
  /// Strings that are always one token, in the order of their ids, after the special tokens.
  public var userDefinedSymbols: [String] = []
  /// Whether 256 pieces `<0x00>` … `<0xFF>` follow, by which a decoder can spell unknown characters.
  public var byteFallback = false
  /// Where a piece may not reach across.
  public var boundaries: PieceBoundaries = []
  /// The number of workers. Has no effect on the result.
  public var threads = 1

  /// Creates the default settings.
  public init() {}
}

/// Places that no piece may reach across, beside the ends of words.
///
/// A pre-tokenizer usually has cut there already; these rules are for corpora whose words come
/// uncut.
public struct PieceBoundaries: OptionSet, Sendable, Hashable {
  /// The rules as bits.
  public let rawValue: Int

  /// The rules of these bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Each decimal digit (ASCII, full-width, Bengali, Devanagari) is a piece of its own.
  public static let digits = PieceBoundaries(rawValue: 1)
  /// A run of digits is kept apart from what is not a digit.
  public static let numbers = PieceBoundaries(rawValue: 2)
  /// Letters of different scripts are kept apart, and both from marks and punctuation.
  public static let scripts = PieceBoundaries(rawValue: 4)
  /// The word marker ▁ may only begin a piece.
  public static let wordMarkers = PieceBoundaries(rawValue: 8)
}

extension UnigramSettings {
  /// Checks every value that a caller can get wrong.
  func validate() throws(UnigramTrainingError) {
    func require(_ holds: Bool, _ name: String, _ rule: String) throws(UnigramTrainingError) {
      if !holds { throw .badSetting(name: name, rule: rule) }
    }
    try require((1...4_000_000).contains(vocabularySize), "vocabularySize", "1 to 4,000,000")
    try require((1...100_000_000).contains(seedSize ?? 1), "seedSize", "1 to 100,000,000")
    try require(tokenCost >= 0 && tokenCost <= 100, "tokenCost", "0 to 100")
    try require(shrinkingFactor >= 0.1 && shrinkingFactor <= 0.95, "shrinkingFactor", "0.1 to 0.95")
    try require((1...10).contains(subIterations), "subIterations", "1 to 10")
    try require((0...20).contains(finalIterations), "finalIterations", "0 to 20")
    try require((1...64).contains(maxPieceLength), "maxPieceLength", "1 to 64 scalars")
    try require(
      (0.9...1).contains(characterCoverage ?? 1), "characterCoverage", "0.9 to 1")
    try require((1...1024).contains(threads), "threads", "1 to 1024")
    let symbols = metaPieces.map(\.text)
    for symbol in symbols where symbol.isEmpty {
      throw .badSetting(name: "specialTokens", rule: "a token or symbol that is not empty")
    }
    var seen: Set<String> = []
    for symbol in symbols where !seen.insert(symbol).inserted {
      throw .duplicateSymbol(symbol)
    }
  }

  /// The seed size that is used, unless the size of the vocabulary is fitted to the corpus.
  public var effectiveSeedSize: Int { seedSize(for: vocabularySize) }

  /// The seed size for a vocabulary of `size` entries.
  func seedSize(for size: Int) -> Int {
    max(seedSize ?? min(max(12 * size, 100_000), 1_000_000), size)
  }

  /// Whether a corpus that cannot fill `vocabularySize` gives the largest vocabulary it can, and not an
  /// error: `sizing` as a yes or no.
  public var allowsSmallerVocabulary: Bool {
    get { sizing != .exact }
    set { sizing = newValue ? .atMost : .exact }
  }

  /// The entries that training does not choose, in the order of their ids.
  var metaPieces: [(text: String, kind: UnigramPiece.Kind)] {
    var pieces: [(text: String, kind: UnigramPiece.Kind)] = []
    if !specialTokens.contains(unknownToken) { pieces.append((unknownToken, .unknown)) }
    pieces += specialTokens.map { ($0, $0 == unknownToken ? .unknown : .control) }
    pieces += userDefinedSymbols.map { ($0, .userDefined) }
    if byteFallback { pieces += (0...255).map { (byteToken(UInt8($0)), .byte) } }
    return pieces
  }
}

func byteToken(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "<0x" + (digits.utf8.count == 1 ? "0" : "") + digits + ">"
}
