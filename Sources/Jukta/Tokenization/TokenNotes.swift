/// What an encoder notes of each token beside its id, in the order of the ids.
struct TokenNotes {
  /// The original bytes that each token came from.
  var ranges: [Range<Int>] = []
  /// The number of each token's word; empty without `hasTokens`.
  private(set) var words: [Int] = []
  /// The tokens as text; empty without `hasTokens`.
  private(set) var tokens: [String] = []
  /// How many words have been finished.
  var wordCount = 0
  /// Whether more than ranges is asked for.
  private let hasTokens: Bool
  /// The model's pieces; empty without `hasTokens`.
  private let pieces: Pieces
  /// The same as strings, where so many were asked for that they have been made.
  private let strings: [String]

  /// Ranges alone.
  init() { (hasTokens, pieces, strings) = (false, [], []) }

  /// Everything there is to note.
  /// - Parameter count: about how many tokens there will be.
  init(tokensOf model: TokenizerModel, about count: Int) {
    (hasTokens, pieces) = (true, model.pieces)
    strings = pieces.strings(about: count)
  }

  /// Notes an added token, which is a word of its own.
  mutating func append(_ range: Range<Int>, text: Span<UInt8>) {
    ranges.append(range)
    if hasTokens {
      words.append(wordCount)
      tokens.append(Self.string(text))
    }
    wordCount += 1
  }

  /// Notes a token of the model that stands for `range` of `text`.
  @inline(__always)
  mutating func append(
    _ original: Range<Int>, id: UInt32, isByte: Bool, _ model: TokenizerModel,
    text: borrowing ByteBuffer, _ range: Range<Int>
  ) {
    ranges.append(original)
    guard hasTokens else { return }
    words.append(wordCount)
    // A piece is its text; only what stands for unknown text differs from it.
    let isPiece = isByte || model.isShownByPiece(id)
    if !isPiece {
      tokens.append(Self.string(text.span.extracting(range)))
    } else {
      tokens.append(strings.isEmpty ? pieces[Int(id)] : strings[Int(id)])
    }
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
