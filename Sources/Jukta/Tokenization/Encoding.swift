/// One encoded text, or a pair of texts. All arrays have one entry a token.
public struct Encoding: Sendable, Equatable {
  /// Token ids.
  public internal(set) var ids: [UInt32] = []
  /// Which sequence of a pair a token belongs to, for models that ask.
  public internal(set) var typeIDs: [UInt32] = []
  /// The tokens as text: pieces, or the text that an unknown token stands for.
  public internal(set) var tokens: [String] = []
  /// The range of original bytes that each token came from; empty at 0 for tokens that come from no
  /// text. In a pair they count from the start of the token's own text, and with words from the
  /// start of its own word.
  public internal(set) var ranges: [Range<Int>] = []
  /// The number of the word that each token is part of, in its own text; nil for tokens that come
  /// from no text.
  public internal(set) var wordIDs: [Int?] = []
  /// 1 for tokens that the post-processor or padding put in.
  public internal(set) var specialTokensMask: [UInt32] = []
  /// What truncation cut off, in encodings of their own: they have what the post-processor puts in
  /// around them, and overlap by the truncation's stride.
  ///
  /// Where both texts of a pair were cut, each part of one is joined with each of the other, and an
  /// overflowing encoding may hold further ones, as in tokenizers.
  public internal(set) var overflowing: [Encoding] = []
  /// The tokens of each sequence; none means that all are of sequence 0.
  var sequenceRanges: [Int: Range<Int>] = [:]
  /// How much padding stands before and after the tokens.
  var padding = (before: 0, after: 0)

  /// 0 for padding, 1 for every other token.
  public var attentionMask: [UInt32] {
    var mask = [UInt32](repeating: 1, count: count)
    for index in 0..<padding.before { mask[index] = 0 }
    for index in count - padding.after..<count { mask[index] = 0 }
    return mask
  }

  /// The number of tokens, padding included.
  public var count: Int { ids.count }

  /// Creates an empty encoding.
  public init() {}

  /// Appends the tokens of a text.
  mutating func append(ids: UnsafeBufferPointer<UInt32>, _ notes: consuming TokenNotes) {
    self.ids.append(contentsOf: ids)
    typeIDs.append(contentsOf: repeatElement(0, count: ids.count))
    if tokens.isEmpty {
      // The usual case: the arrays change hands, and no string is counted again.
      (tokens, ranges) = (notes.tokens, notes.ranges)
    } else {
      tokens.append(contentsOf: notes.tokens)
      ranges.append(contentsOf: notes.ranges)
    }
    wordIDs.append(contentsOf: notes.words.lazy.map { $0 })
    specialTokensMask.append(contentsOf: repeatElement(0, count: ids.count))
  }

  mutating func append(
    id: UInt32, token: String, range: Range<Int>, word: Int?, typeID: UInt32 = 0,
    isTemplate: Bool = false
  ) {
    ids.append(id)
    typeIDs.append(typeID)
    tokens.append(token)
    ranges.append(range)
    wordIDs.append(word)
    specialTokensMask.append(isTemplate ? 1 : 0)
  }

  /// Tokens that come from no text.
  init(special ids: [UInt32], tokens: [String], typeID: UInt32) {
    for (id, token) in zip(ids, tokens) {
      append(id: id, token: token, range: 0..<0, word: nil, typeID: typeID, isTemplate: true)
    }
  }

  /// Tells two encodings apart by bytes: Swift takes canonically equivalent strings for equal.
  public static func == (one: Encoding, other: Encoding) -> Bool {
    one.ids == other.ids && one.typeIDs == other.typeIDs && one.ranges == other.ranges
      && one.wordIDs == other.wordIDs && one.specialTokensMask == other.specialTokensMask
      && one.sequenceRanges == other.sequenceRanges && one.padding == other.padding
      && one.tokens.elementsEqual(other.tokens) { $0.utf8.elementsEqual($1.utf8) }
      && one.overflowing == other.overflowing
  }
}
