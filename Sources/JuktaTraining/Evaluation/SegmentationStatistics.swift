/// How well a Unigram vocabulary fits counted words: the figures by which vocabularies of one size
/// can be compared.
public struct SegmentationStatistics: Sendable, Equatable {
  /// Words.
  public private(set) var words: UInt64 = 0
  /// The tokens of their most probable segmentations; a stretch of unknown characters is one.
  public private(set) var tokens: UInt64 = 0
  /// Characters (Unicode scalars).
  public private(set) var characters: UInt64 = 0
  /// Characters without a piece.
  public private(set) var unknownCharacters: UInt64 = 0
  /// −log₂ of the probability of the most probable segmentations, all words together. An unknown
  /// character costs as much as the rarest piece and ten nats more.
  public private(set) var bits = 0.0

  /// Tokens a word (fertility).
  public var tokensPerWord: Double { words == 0 ? 0 : Double(tokens) / Double(words) }
  /// Bits a character: the lower, the better the vocabulary predicts the words.
  public var bitsPerCharacter: Double { characters == 0 ? 0 : bits / Double(characters) }

  /// Segments every word of a table.
  ///
  /// - Parameters:
  ///   - counts: Words, split as for training.
  ///   - vocabulary: Normal and user-defined entries are used; the others stand for no text.
  ///   - threads: The number of workers. Has no effect on the result.
  /// - Throws: `UnigramTrainingError` for a vocabulary with too many characters.
  public init(
    _ counts: borrowing WordCounts, vocabulary: UnigramVocabulary, threads: Int = 1
  ) throws(UnigramTrainingError) {
    let scored = vocabulary.pieces.filter { $0.kind == .normal || $0.kind == .userDefined }
    let texts = scored.map { Array(String(decoding: $0.bytes, as: UTF8.self).unicodeScalars) }
    let single = texts.filter { $0.count == 1 }.map { $0[0] }
    let alphabet = try Alphabet(
      characterFrequencies(of: counts), required: String(String.UnicodeScalarView(single)),
      coverage: 0)
    var builder = TextBuilder(alphabet, boundaries: [], fixedTokens: [])
    let text = try builder.build(counts)
    (words, characters) = (builder.totals.words, builder.totals.characters)
    (unknownCharacters, tokens) = (builder.totals.unknownCharacters, builder.totals.unknownTokens)
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
    tokens += UInt64(result.total)
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
