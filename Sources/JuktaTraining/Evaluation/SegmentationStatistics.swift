internal import Jukta

/// How well a vocabulary fits the words it was trained on: the figures by which vocabularies of one
/// size can be compared. The same as `TokenizerEvaluator` finds on the text they were counted from.
public struct SegmentationStatistics: Sendable, Equatable {
  /// Words of the text: what stands between white space.
  public private(set) var words: UInt64 = 0
  /// The tokens that encoding gives, unknown characters as the model says them: a stretch of them is
  /// one token to Unigram, and as many as it has bytes with byte fallback.
  public private(set) var tokens: UInt64 = 0
  /// Characters (Unicode scalars) of the counted words.
  public private(set) var characters: UInt64 = 0
  /// Characters without a piece.
  public private(set) var unknownCharacters: UInt64 = 0
  /// 0 for BPE, which has no probabilities. −log₂ of the probability of the most probable segmentations, all words together. An unknown
  /// character costs as much as the rarest piece and ten nats more.
  public private(set) var bits = 0.0

  /// Tokens a word (fertility).
  public var tokensPerWord: Double { words == 0 ? 0 : Double(tokens) / Double(words) }
  /// Bits a character: the lower, the better the vocabulary predicts the words.
  public var bitsPerCharacter: Double { characters == 0 ? 0 : bits / Double(characters) }

  /// Counts the tokens of every word of a table as BPE encodes it.
  ///
  /// - Parameters:
  ///   - counts: What the vocabulary was trained on.
  ///   - settings: What it was trained with.
  ///   - fusesUnknown: As for the tokenizer.
  ///   - words: As for Unigram.
  /// - Throws: `ModelError`; not for a vocabulary that a trainer gave.
  /// - Complexity: O(1) where every character has an entry, else that of encoding each distinct word.
  public init(
    _ counts: borrowing WordCounts, vocabulary: BPEVocabulary, settings: BPESettings,
    fusesUnknown: Bool = false, words: UInt64? = nil
  ) throws {
    self.words = words ?? counts.estimatedTextWords()
    let seen = vocabulary.diagnostics
    (characters, unknownCharacters) = (seen.characters, seen.unknown.occurrences)
    guard seen.unknown.distinct > 0 else {
      tokens = seen.tokens
      return
    }
    // Training joins what stands around a character that it drops; encoding does not.
    let whole = TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .sequence([]))
    var encoder = try vocabulary.tokenizer(
      frontEnd: whole, settings: settings, fusesUnknown: fusesUnknown
    ).makeEncoder()
    var ids: [UInt32] = []
    try counts.forEachInByteOrder { word, count throws(any Error) in
      ids.removeAll(keepingCapacity: true)
      try encoder.encode(word.span, addsSpecialTokens: false, into: &ids)
      let (product, overflow) = count.multipliedReportingOverflow(by: UInt64(ids.count))
      tokens = saturatingSum(tokens, overflow ? .max : product)
    }
  }

  /// Segments every word of a table.
  ///
  /// - Parameters:
  ///   - counts: Words, split as for training.
  ///   - vocabulary: Normal and user-defined entries are used; the others stand for no text.
  ///   - words: The words of the text (`CountedCorpus.textWords`); nil to take those that begin with
  ///     the marker of a space.
  ///   - threads: The number of workers. Has no effect on the result.
  /// - Throws: `UnigramTrainingError` for a vocabulary with too many characters.
  public init(
    _ counts: borrowing WordCounts, vocabulary: UnigramVocabulary, words: UInt64? = nil,
    threads: Int = 1
  ) throws(UnigramTrainingError) {
    let scored = vocabulary.pieces.filter { $0.kind == .normal || $0.kind == .userDefined }
    let texts = scored.map { Array(String(decoding: $0.bytes, as: UTF8.self).unicodeScalars) }
    let single = texts.filter { $0.count == 1 }.map { $0[0] }
    let alphabet = try Alphabet(
      characterFrequencies(of: counts), required: String(String.UnicodeScalarView(single)),
      coverage: 0)
    var builder = TextBuilder(alphabet, boundaries: [], fixedTokens: [])
    let text = try builder.build(counts)
    let spells = vocabulary.pieces.contains { $0.kind == .byte }
    (self.words, characters) = (words ?? counts.estimatedTextWords(), builder.totals.characters)
    unknownCharacters = builder.totals.unknownCharacters
    tokens = spells ? builder.totals.unknownBytes : builder.totals.unknownTokens
    let lowest = scored.reduce(0.0) { min($0, $1.score) }
    bits = Double(unknownCharacters) * (10 - lowest) / natsPerBit
    guard text.runCount > 0 else { return }
    // Bytes decide between runs that the table holds in another order.
    let ordered = text.reordered((0..<UInt32(text.runCount)).map { $0 }, sortedDepth: 0)
    let (pieces, logs) = Self.table(texts, scored.map(\.score), alphabet)
    let result = RunPass(
      text: ordered, trie: PieceTrie(pieces, alphabetSize: alphabet.count),
      pieceCount: pieces.count, longestPiece: texts.reduce(1) { max($0, $1.count) },
      threads: max(threads, 1)
    ).bestCounts(FlatArray(logs, padding: 0))
    tokens = saturatingSum(tokens, UInt64(result.total))
    bits -= result.logLikelihood / natsPerBit
  }

  /// The pieces in the order of their symbols; those with a character that has no piece can't occur.
  private static func table(_ texts: [[Unicode.Scalar]], _ scores: [Double], _ alphabet: Alphabet)
    -> (PieceTable, [Double])
  {
    var rows: [(symbols: [UInt16], score: Double)] = []
    for (text, score) in zip(texts, scores) {
      let symbols = text.map { alphabet.symbol(of: $0.value) }
      if !symbols.isEmpty, !symbols.contains(0) { rows.append((symbols, score)) }
    }
    rows.sort { $0.symbols.lexicographicallyPrecedes($1.symbols) }
    var pieces = PieceTable()
    var logs: [Double] = []
    for (index, row) in rows.enumerated() where index == 0 || rows[index - 1].symbols != row.symbols
    {
      pieces.append(row.symbols)
      logs.append(row.score)
    }
    return (pieces, logs)
  }
}

/// ln 2: one bit in nats.
private let natsPerBit = 0.693_147_180_559_945_3
