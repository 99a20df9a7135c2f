/// A token that is cut out of the text before the model sees it.
public struct AddedToken: Sendable, Equatable {
  /// The text that stands for it.
  public var content: String
  /// Its id.
  public var id: UInt32
  /// Whether it must stand alone, with no word character on either side.
  public var singleWord = false
  /// Whether white space before it belongs to it.
  public var stripsLeft = false
  /// Whether white space after it belongs to it.
  public var stripsRight = false
  /// Whether it is looked for in the normalised text rather than in the original.
  public var isNormalized = false
  /// Whether it is special: left out of decoded text where that is asked for.
  public var isSpecial = true

  /// Creates a special token, looked for in the original text.
  public init(_ content: String, id: UInt32) {
    self.content = content
    self.id = id
  }
}

/// Finds added tokens in a text, leftmost and longest first.
struct AddedTokenMatcher: Sendable {
  struct Match {
    var range: Range<Int>
    var id: UInt32
  }
  /// The distinct first bytes.
  private var firsts: [UInt8] = []
  /// For each byte, whether some token starts with it.
  private var isFirst = [Bool](repeating: false, count: 256)
  /// Their contents, the longest first.
  private var entries: [(bytes: [UInt8], token: Int)] = []
  private let tokens: [AddedToken]
  /// Whether special tokens are passed over.
  var passesSpecialTokens = false

  /// - Parameter contents: for each token, the bytes to look for; nil leaves it out.
  init(_ tokens: [AddedToken], contents: [[UInt8]?]) {
    self.tokens = tokens
    for (index, content) in contents.enumerated() {
      guard let content, let first = content.first else { continue }
      entries.append((content, index))
      if !isFirst[Int(first)] { firsts.append(first) }
      isFirst[Int(first)] = true
    }
    entries.sort { ($0.bytes.count, $1.token) > ($1.bytes.count, $0.token) }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Puts the matches in `text` into `found`, in order, in place of what it holds.
  func find(in text: UnsafeBufferPointer<UInt8>, into found: inout [Match]) {
    if !found.isEmpty { found.removeAll(keepingCapacity: true) }
    guard !entries.isEmpty else { return }
    var position = 0
    while let candidate = nextCandidate(in: text, from: position) {
      position = candidate
      if let entry = entry(in: text, at: position) {
        let range = position..<position + entry.bytes.count
        position = range.upperBound
        if passesSpecialTokens, tokens[entry.token].isSpecial { continue }
        if let match = widen(range, tokens[entry.token], text, after: found.last) {
          // The search goes on behind the content: the next token may begin in white space that this
          // one took, as in the reference.
          found.append(Match(range: match, id: tokens[entry.token].id))
        }
      } else {
        position += 1
      }
    }
  }

  /// The first place from `start` on where some token's first byte stands.
  private func nextCandidate(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var position = start
    guard let base = text.baseAddress else { return nil }
    if firsts.count <= 4 {
      let wanted = (
        SIMD32(repeating: firsts[0]), SIMD32(repeating: firsts[firsts.count > 1 ? 1 : 0]),
        SIMD32(repeating: firsts[firsts.count > 2 ? 2 : 0]),
        SIMD32(repeating: firsts[firsts.count > 3 ? 3 : 0])
      )
      while position + 32 <= text.count {
        let block = UnsafeRawPointer(base + position).loadUnaligned(as: SIMD32<UInt8>.self)
        let hits =
          (block .== wanted.0) .| (block .== wanted.1) .| (block .== wanted.2)
          .| (block .== wanted.3)
        if any(hits) { break }
        position += 32
      }
    }
    while position < text.count {
      if isFirst[Int(text[position])] { return position }
      position += 1
    }
    return nil
  }

  private func entry(in text: UnsafeBufferPointer<UInt8>, at position: Int)
    -> (bytes: [UInt8], token: Int)?
  {
    entries.first { entry in
      position + entry.bytes.count <= text.count
        && entry.bytes.indices.allSatisfy { text[position + $0] == entry.bytes[$0] }
    }
  }

  /// Applies single_word, lstrip and rstrip; nil where the match does not count.
  private func widen(
    _ range: Range<Int>, _ token: AddedToken, _ text: UnsafeBufferPointer<UInt8>,
    after last: Match?
  ) -> Range<Int>? {
    var (start, end) = (range.lowerBound, range.upperBound)
    if token.singleWord {
      if let before = Self.scalar(before: start, text), UnicodeProperties.isWordCharacter(before.0)
      {
        return nil
      }
      if end < text.count, let after = UTF8Scalars.decode(text, at: end),
        UnicodeProperties.isWordCharacter(after.0)
      {
        return nil
      }
    }
    if token.stripsLeft {
      let limit = last?.range.upperBound ?? 0
      while start > limit, let before = Self.scalar(before: start, text),
        UnicodeProperties.isWhitespace(before.0)
      {
        start -= before.1
      }
      start = max(start, limit)
    }
    if token.stripsRight {
      while end < text.count, let after = UTF8Scalars.decode(text, at: end),
        UnicodeProperties.isWhitespace(after.0)
      {
        end += after.1
      }
    }
    return start < end ? start..<end : nil
  }

  private static func scalar(before position: Int, _ text: UnsafeBufferPointer<UInt8>)
    -> (UInt32, Int)?
  {
    guard position > 0 else { return nil }
    var start = position - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return UTF8Scalars.decode(text, at: start)
  }
}
