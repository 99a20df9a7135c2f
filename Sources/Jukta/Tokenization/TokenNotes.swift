/// What an encoder notes of each token beside its id, in the order of the ids.
struct TokenNotes {
  /// The original bytes that each token came from.
  var ranges: [Range<Int>] = []
  /// The number of each token's word; empty without `hasTokens`.
  private(set) var words: [Int] = []
  /// The tokens as text; empty without `hasTokens`.
  private(set) var tokens: [String] = []
  /// The spaces at the ends of each token; empty without `hasEdges`.
  var edges: [ByteLevelOffsets.Edges] = []
  /// How many words have been finished.
  var wordCount = 0
  /// Whether words and tokens are asked for.
  private let hasTokens: Bool
  /// Whether the spaces at the ends of tokens are asked for.
  private let hasEdges: Bool
  /// The model's pieces; empty where ranges alone are asked for.
  private let pieces: Pieces
  /// The same as strings, where so many were asked for that they have been made.
  private let strings: [String]

  /// Ranges alone, and for those who trim them, the spaces at the ends of tokens.
  init(edgesOf model: TokenizerModel?) {
    (hasTokens, hasEdges, strings) = (false, model != nil, [])
    pieces = model?.pieces ?? Self.noPieces
  }

  private static let noPieces = Pieces([])

  /// Everything there is to note.
  /// - Parameter count: about how many tokens there will be.
  init(tokensOf model: TokenizerModel, about count: Int) {
    (hasTokens, hasEdges, pieces) = (true, false, model.pieces)
    strings = pieces.strings(about: count)
    ranges.reserveCapacity(count)
    words.reserveCapacity(count)
    tokens.reserveCapacity(count)
  }

  /// Notes an added token, which is a word of its own.
  mutating func append(_ range: Range<Int>, text: Span<UInt8>) {
    ranges.append(range)
    if hasTokens {
      words.append(wordCount)
      tokens.append(Self.string(text))
    }
    if hasEdges { edges.append(text.withUnsafeBufferPointer { ByteLevelOffsets.Edges($0) }) }
    wordCount += 1
  }

  /// Notes a token of the model that stands for `range` of `text`.
  @inline(__always)
  mutating func append(
    _ original: Range<Int>, id: UInt32, isByte: Bool, _ model: TokenizerModel,
    text: borrowing ByteBuffer, _ range: Range<Int>
  ) {
    ranges.append(original)
    guard hasTokens || hasEdges else { return }
    // A piece is its text; only what stands for unknown text differs from it.
    let isPiece = isByte || model.isShownByPiece(id)
    if hasEdges { return edges.append(edges(of: id, isPiece, text, range)) }
    words.append(wordCount)
    if !isPiece {
      tokens.append(Self.string(text.span.extracting(range)))
    } else {
      tokens.append(strings.isEmpty ? pieces[Int(id)] : strings[Int(id)])
    }
  }

  private func edges(
    of id: UInt32, _ isPiece: Bool, _ text: borrowing ByteBuffer, _ range: Range<Int>
  ) -> ByteLevelOffsets.Edges {
    if isPiece {
      return pieces.utf8(of: Int(id)).withUnsafeBufferPointer { ByteLevelOffsets.Edges($0) }
    }
    return text.span.extracting(range).withUnsafeBufferPointer { ByteLevelOffsets.Edges($0) }
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
