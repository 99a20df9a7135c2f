/// One encoded text. All arrays have one entry a token.
public struct Encoding: Sendable, Equatable {
  /// Token ids.
  public internal(set) var ids: [UInt32] = []
  /// Which sequence of a pair a token belongs to, for models that ask.
  public internal(set) var typeIDs: [UInt32] = []
  /// The tokens as text: pieces, or the text that an unknown token stands for.
  public internal(set) var tokens: [String] = []
  /// The range of original bytes that each token came from; empty at 0 for template tokens.
  public internal(set) var ranges: [Range<Int>] = []
  /// The number of the word that each token is part of; nil for template tokens.
  public internal(set) var wordIDs: [Int?] = []
  /// 1 for tokens that the template put in.
  public internal(set) var specialTokensMask: [UInt32] = []

  /// 1 for every token: nothing here is padding.
  public var attentionMask: [UInt32] { [UInt32](repeating: 1, count: ids.count) }

  /// Creates an empty encoding.
  public init() {}

  /// Appends the tokens of a text.
  mutating func append(ids: UnsafeBufferPointer<UInt32>, _ notes: TokenNotes) {
    self.ids.append(contentsOf: ids)
    typeIDs.append(contentsOf: repeatElement(0, count: ids.count))
    tokens.append(contentsOf: notes.tokens)
    ranges.append(contentsOf: notes.ranges)
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
}
