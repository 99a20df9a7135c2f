public import Jukta

/// How a tokenizer does on texts: the figures by which tokenizers can be compared.
///
/// Sums are of integers, so parts that were counted apart add up to the same whole in any order.
public struct TokenizerEvaluation: Sendable, Equatable {
  /// Texts seen.
  public var texts = 0
  /// Words: what stands between white space.
  public var words = 0
  /// Characters (Unicode scalars) of the texts, and of the normalised texts.
  public var characters = 0
  /// Characters of what the tokens say, ▁ among them.
  public var normalizedCharacters = 0
  /// Tokens, those of the template not counted.
  public var tokens = 0
  /// Tokens for text that no piece covers.
  public var unknownTokens = 0
  /// Aksharas with a Bengali letter or sign, and those with a token boundary inside.
  public var aksharas = 0
  /// The aksharas that tokens cut.
  public var cutAksharas = 0
  /// How often each id came.
  public var idCounts: [UInt64] = []
  /// Tokens by their length in characters; the last entry holds all that are longer.
  public var lengths = [UInt64](repeating: 0, count: 33)
  /// −log₂ of the probability of the segmentations, in units of 2⁻²⁰ bit.
  var scaledBits: Int64 = 0
  /// Whether the model has probabilities.
  public var hasScores = false

  /// Creates the figures of no text.
  public init() {}

  /// Tokens a word.
  public var fertility: Double { Self.ratio(tokens, words) }
  /// Characters of the original a token.
  public var charactersPerToken: Double { Self.ratio(characters, tokens) }
  /// The share of tokens that are unknown.
  public var unknownRate: Double { Self.ratio(unknownTokens, tokens) }
  /// The share of aksharas that are cut.
  public var cutRate: Double { Self.ratio(cutAksharas, aksharas) }
  /// Bits a normalised character under the model's own probabilities, made to add up to one; nil
  /// where it has none.
  public var bitsPerCharacter: Double? {
    hasScores && normalizedCharacters > 0
      ? Double(scaledBits) / 1_048_576 / Double(normalizedCharacters) : nil
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  /// Adds the figures of other texts.
  public mutating func merge(_ other: TokenizerEvaluation) {
    texts += other.texts
    words += other.words
    characters += other.characters
    normalizedCharacters += other.normalizedCharacters
    tokens += other.tokens
    unknownTokens += other.unknownTokens
    aksharas += other.aksharas
    cutAksharas += other.cutAksharas
    scaledBits += other.scaledBits
    hasScores = hasScores || other.hasScores
    if idCounts.count < other.idCounts.count {
      idCounts += [UInt64](repeating: 0, count: other.idCounts.count - idCounts.count)
    }
    for (id, count) in other.idCounts.enumerated() { idCounts[id] += count }
    for (length, count) in other.lengths.enumerated() { lengths[length] += count }
  }
}

/// Counts the figures of one tokenizer on one thread.
public struct TokenizerEvaluator: ~Copyable {
  /// What has been counted.
  public private(set) var evaluation = TokenizerEvaluation()
  private var encoder: Encoder
  private var scanner = SyllableScanner()
  private let unknownID: UInt32?
  /// Whether pieces spell bytes by characters.
  private let isByteLevel: Bool
  /// Whether a piece `<0xE0>` stands for a byte of a character that has no piece.
  private let hasByteFallback: Bool
  /// −log₂ of the probability of each piece, in units of 2⁻²⁰ bit, and of an unknown character.
  private let costs: [Int64]
  private let unknownCost: Int64

  /// Prepares for `tokenizer`.
  /// - Throws: `NormalizationError` where one of its patterns does not compile.
  public init(_ tokenizer: Tokenizer) throws {
    encoder = try tokenizer.withoutTruncationAndPadding().makeEncoder()
    unknownID = tokenizer.unknownID
    isByteLevel = tokenizer.frontEnd.preTokenizer.isByteLevel
    hasByteFallback = tokenizer.hasByteFallback
    evaluation.idCounts = [UInt64](repeating: 0, count: tokenizer.vocabularySize)
    let scores = tokenizer.pieceScores ?? []
    evaluation.hasScores = !scores.isEmpty
    let total = Logarithm.ofSum(scores.filter { $0 < 0 })
    func cost(_ score: Double) -> Int64 {
      Int64(((total - score) / Logarithm.ofTwo * 1_048_576).rounded())
    }
    // Special pieces carry a score of 0 and stand for no text.
    costs = scores.map { $0 < 0 ? cost($0) : 0 }
    unknownCost = cost((scores.min() ?? 0) - 10)
  }

  /// Counts one text, which must be UTF-8.
  /// - Throws: As `Encoder`.
  public mutating func add(_ text: Span<UInt8>) throws {
    let encoding = try encoder.encoding(of: text, addsSpecialTokens: false)
    scanner.scan(text)
    evaluation.texts += 1
    count(text)
    evaluation.tokens += encoding.ids.count
    for (id, token) in zip(encoding.ids, encoding.tokens) {
      let byte = hasByteFallback ? Self.byte(of: token) : nil
      let length = characters(of: token, byte: byte)
      evaluation.normalizedCharacters += length
      evaluation.lengths[min(length, evaluation.lengths.count - 1)] += 1
      if Int(id) < evaluation.idCounts.count { evaluation.idCounts[Int(id)] += 1 }
      if byte != nil {
        // A character in bytes is one that no piece covers: it costs what an unknown one does.
        evaluation.scaledBits += unknownCost * Int64(length)
      } else if id == unknownID {
        evaluation.unknownTokens += 1
        evaluation.scaledBits += unknownCost * Int64(length)
      } else if Int(id) < costs.count {
        evaluation.scaledBits += costs[Int(id)]
      }
    }
    countAksharas(text, encoding.ranges)
  }

  private mutating func count(_ text: Span<UInt8>) {
    var isInWord = false
    let string = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    for scalar in string.unicodeScalars {
      evaluation.characters += 1
      let isSpace = scalar.properties.isWhitespace
      if !isSpace, !isInWord { evaluation.words += 1 }
      isInWord = !isSpace
    }
  }

  /// How many characters begin in a token: a byte inside a character begins none.
  private func characters(of token: String, byte: UInt8?) -> Int {
    if let byte { return byte & 0xC0 == 0x80 ? 0 : 1 }
    guard isByteLevel else { return token.unicodeScalars.count }
    return token.unicodeScalars.count { scalar in
      ByteAlphabet.byte(of: scalar).map { $0 & 0xC0 != 0x80 } ?? true
    }
  }

  /// The byte that `<0x1F>` stands for; nil for any other piece.
  private static func byte(of token: String) -> UInt8? {
    let bytes = token.utf8
    guard bytes.count == 6, token.hasPrefix("<0x"), bytes.last == UInt8(ascii: ">") else {
      return nil
    }
    return UInt8(token.dropFirst(3).dropLast(), radix: 16)
  }

  /// Where tokens begin inside a text. The ranges of tokens that share a character all cover it: such
  /// a boundary lies inside that character, a byte behind its start.
  private static func boundaries(_ tokens: [Range<Int>]) -> [Int] {
    var boundaries: [Int] = []
    var reached = 0
    for token in tokens where !token.isEmpty {
      boundaries.append(token.lowerBound < reached ? token.lowerBound + 1 : token.lowerBound)
      reached = max(reached, token.upperBound)
    }
    return boundaries.sorted()
  }

  /// Walks boundaries of aksharas and of tokens side by side.
  private mutating func countAksharas(_ text: Span<UInt8>, _ tokens: [Range<Int>]) {
    let starts = Self.boundaries(tokens)
    var (place, start) = (0, 0)
    for index in 0..<scanner.aksharaEnds.count {
      let end = Int(scanner.aksharaEnds[index])
      defer { start = end }
      while place < starts.count, starts[place] <= start { place += 1 }
      guard Akshara.isBengali(text.extracting(start..<end)) else { continue }
      evaluation.aksharas += 1
      if place < starts.count, starts[place] < end { evaluation.cutAksharas += 1 }
    }
  }
}

extension Tokenizer {
  /// How many pieces start with a sign that needs a letter before it, ▁ and ## aside.
  /// Of a byte-level model also those that start inside a character.
  public var danglingPieces: Int {
    guard frontEnd.preTokenizer.isByteLevel else {
      return model.pieces.count { Akshara.startsWithSign($0) }
    }
    return model.pieces.count { piece in
      let bytes = piece.unicodeScalars.compactMap { ByteAlphabet.byte(of: $0) }
      guard let first = bytes.first else { return false }
      if first & 0xC0 == 0x80 { return true }
      return Akshara.startsWithSign(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Whether characters without a piece are said in bytes, as `<0xE0>`.
  var hasByteFallback: Bool {
    switch model {
    case .unigram(let model): model.byteFallback
    case .bpe(let model): model.options.byteFallback
    case .sentencePiece(let processor):
      processor.vocabulary.model.pieces.contains { $0.kind == .byte }
    case .wordPiece, .wordLevel: false
    }
  }
}
