internal import CJuktaSupport

/// Finds added tokens in a text, leftmost and longest first.
///
/// Most texts hold none: places whose first two bytes no token begins with are passed over 64 at a time
/// where the tokens begin in up to four ways, else one by one through a set of pairs. At the others the
/// hash of all that may stand there is taken in one pass, up to the longest token.
///
/// Soundness: all reads are below `text.count`; a block of pairs reads 65 bytes and is asked for only
/// where they are there.
struct AddedTokenMatcher: Sendable {
  struct Match {
    var range: Range<Int>
    var id: UInt32
  }
  /// The tokens that are looked for, by their bytes: indices into `tokens`.
  private let index: PieceIndex
  private let tokens: [AddedToken]
  /// Bit by bit, whether some token begins with a pair of bytes, the first in the upper half; one of a
  /// single byte begins with all pairs of it.
  private var starts = [UInt64](repeating: 0, count: 0)
  /// The ways in which tokens begin, where there are up to four first bytes.
  private var pairs: jukta_pairs?
  /// Whether special tokens are passed over.
  var passesSpecialTokens = false

  /// - Parameter contents: for each token, the bytes to look for; nil leaves it out.
  init(_ tokens: [AddedToken], contents: [[UInt8]?]) {
    self.tokens = tokens
    var list = PieceList()
    var seconds: [UInt8: Set<UInt8>] = [:]
    // Of two equal contents the first token counts, and the last entry.
    for (token, content) in contents.enumerated().reversed() {
      guard let content, let first = content.first else { continue }
      list.append(content, id: UInt32(truncatingIfNeeded: token))
      if starts.isEmpty { starts = [UInt64](repeating: 0, count: 0x10000 / 64) }
      let all = content.count > 1 ? content[1]...content[1] : 0...UInt8.max
      for second in all {
        starts[Int(first) << 2 | Int(second) >> 6] |= 1 << UInt64(second & 63)
        seconds[first, default: []].insert(second)
      }
    }
    index = PieceIndex(list)
    pairs = Self.pairs(seconds)
  }

  private static func pairs(_ seconds: [UInt8: Set<UInt8>]) -> jukta_pairs? {
    guard !seconds.isEmpty, seconds.count <= 4 else { return nil }
    let ways = seconds.sorted { $0.key < $1.key }
    var pairs = jukta_pairs(first: 0, second: 0, mask: 0)
    for place in 0..<4 {
      let (first, second) = ways[min(place, ways.count - 1)]
      let shift = UInt32(8 * place)
      pairs.first |= UInt32(first) << shift
      guard second.count == 1, let only = second.first else { continue }
      pairs.second |= UInt32(only) << shift
      pairs.mask |= 0xFF << shift
    }
    return pairs
  }

  var isEmpty: Bool { starts.isEmpty }

  /// The matches in `text`, in order. No allocation where there are none.
  func matches(in text: UnsafeBufferPointer<UInt8>) -> [Match] {
    var found: [Match] = []
    find(in: text, into: &found)
    return found
  }

  /// Puts the matches in `text` into `found`, in order, in place of what it holds.
  func find(in text: UnsafeBufferPointer<UInt8>, into found: inout [Match]) {
    if !found.isEmpty { found.removeAll(keepingCapacity: true) }
    guard !isEmpty else { return }
    var position = 0
    while let candidate = nextCandidate(in: text, from: position) {
      guard let (token, end) = longest(in: text, at: candidate) else {
        position = candidate + 1
        continue
      }
      position = end
      if passesSpecialTokens, tokens[token].isSpecial { continue }
      if let match = widen(candidate..<end, tokens[token], text, after: found.last) {
        // The search goes on behind the content: the next token may begin in white space that this
        // one took, as in the reference.
        found.append(Match(range: match, id: tokens[token].id))
      }
    }
  }

  /// The first place from `start` on where some token's first two bytes stand.
  @inline(__always)
  private func nextCandidate(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var position = start
    if let pairs {
      while position + 65 <= text.count {
        let hits = jukta_pair_hits(base + position, pairs)
        if hits != 0 { return position + hits.trailingZeroBitCount }
        position += 64
      }
    }
    return starts.withUnsafeBufferPointer { starts in
      while position < text.count {
        let second = position + 1 < text.count ? text[position + 1] : 0
        let bits = starts[Int(text[position]) << 2 | Int(second) >> 6]
        // At the end only a token of one byte fits: `longest` sees to that.
        if bits >> UInt64(second & 63) & 1 != 0 { return position }
        position += 1
      }
      return nil
    }
  }

  /// The longest token that stands at a place, and where it ends.
  private func longest(
    in text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (token: Int, end: Int)? {
    var found: (token: Int, end: Int)?
    var hash = PieceIndex.seed
    for end in start..<min(text.count, start + index.longest) {
      hash = PieceIndex.hash(hash, text[end])
      let bytes = UnsafeBufferPointer(rebasing: text[start...end])
      if let token = index.id(of: bytes, hash: hash) { found = (Int(token), end + 1) }
    }
    return found
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
