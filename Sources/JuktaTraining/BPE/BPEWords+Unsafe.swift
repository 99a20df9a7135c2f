/// The distinct words as symbols, rewritten in place as pairs merge.
///
/// One flat run of 8-byte units. A word is its count (one unit), its number of symbols now and
/// at first (one unit), then a unit a symbol: the symbol, and the number of the pair that it begins. So a visit to a word
/// touches one or two cache lines, a pair is found by one comparison, and the pair that goes when its
/// neighbour is merged need not be looked up.
///
/// A word is named by where it starts. Words of fewer than two symbols are left out: nothing can
/// merge in them.
///
/// A long word is laid out in segments, each as a word with the links to its neighbours behind it, so
/// that a merge visits the segment that it changes and not the whole word: time stays linear in the
/// length of a word. The pair of a segment's last symbol ends in the next segment.
///
/// Soundness: `units` holds the words and segments end to end; a name is the place of a count unit; a
/// word's number of symbols only ever shrinks, so all of its units stay inside. Links name segments of
/// the same word that hold a symbol, or none.
struct BPEWords: ~Copyable {
  struct Unit: BitwiseCopyable {
    var symbol: UInt32
    var pair: UInt32

    init(symbol: UInt32, pair: UInt32) {
      self.symbol = symbol
      self.pair = pair
    }
    init(_ value: UInt64) {
      symbol = UInt32(truncatingIfNeeded: value)
      pair = UInt32(truncatingIfNeeded: value >> 32)
    }
    var value: UInt64 { UInt64(pair) << 32 | UInt64(symbol) }
  }
  /// Stands for no pair: behind the last symbol, and where a pair may not merge.
  static let noPair = UInt32.max
  static let headerCount = 2
  /// Words of more symbols are laid out in segments of so many.
  static let segmentLength = 256
  /// Marks the number of symbols at first of a segment.
  private static let segmentMark: UInt32 = 1 << 31

  private(set) var units: GrowableArray<Unit>
  /// How often the words occur that are left out with one symbol.
  private(set) var singles: UInt64 = 0

  /// Lays out the words of a table; the order is the table's and must not reach any result.
  init(_ counts: borrowing WordCounts, _ alphabet: BPEAlphabet) throws(BPETrainingError) {
    let needed = Self.unitCount(counts, alphabet)
    guard needed < 4_294_967_000 else { throw .corpusTooLarge(symbols: needed) }
    units = GrowableArray(capacity: needed)
    counts.forEachUnordered { word, count in append(word, count, alphabet) }
  }

  /// No words yet: for those who have symbols already.
  init() { units = GrowableArray() }

  /// Lays out one more word, of symbols; the order of words must not reach any result.
  mutating func append(_ symbols: ArraySlice<UInt32>, _ count: UInt64) throws(BPETrainingError) {
    guard symbols.count > 1 else {
      if symbols.count == 1 { singles = saturatingSum(singles, count) }
      return
    }
    guard units.count + Self.headerCount + symbols.count < 4_294_967_000 else {
      throw .corpusTooLarge(symbols: units.count + symbols.count)
    }
    units.append(Unit(count))
    let length = UInt32(symbols.count)
    units.append(Unit(symbol: length, pair: length))
    for symbol in symbols { units.append(Unit(symbol: symbol, pair: Self.noPair)) }
  }

  private static func unitCount(_ counts: borrowing WordCounts, _ alphabet: BPEAlphabet) -> Int {
    var needed = 0
    counts.forEachUnordered { word, _ in
      var symbols = 0
      alphabet.forEachCharacter(of: word) { _, _, _ in symbols += 1 }
      needed += headerCount + symbols + symbols / segmentLength * (headerCount + 1)
    }
    return needed
  }

  private mutating func append(
    _ word: UnsafeBufferPointer<UInt8>, _ count: UInt64, _ alphabet: BPEAlphabet
  ) {
    let start = units.count
    units.append(Unit(count))
    units.append(Unit(0))
    alphabet.forEachCharacter(of: word) { character, isFirst, isLast in
      if let id = alphabet.id(of: character, isFirst: isFirst, isLast: isLast) {
        units.append(Unit(symbol: id, pair: Self.noPair))
      }
    }
    let length = units.count - start - Self.headerCount
    if length < 2 {
      if length == 1 { singles = saturatingSum(singles, count) }
      for _ in start..<units.count { units.removeLast() }
    } else if length <= Self.segmentLength {
      units[start + 1] = Unit(symbol: UInt32(length), pair: UInt32(length))
    } else {
      cutIntoSegments(start, length, count)
    }
  }

  /// Lays the last word out anew, in segments.
  private mutating func cutIntoSegments(_ word: Int, _ length: Int, _ count: UInt64) {
    let symbols = (0..<length).map { units[word + Self.headerCount + $0].symbol }
    for _ in word..<units.count { units.removeLast() }
    var previous = Self.noPair
    for first in stride(from: 0, to: length, by: Self.segmentLength) {
      let part = symbols[first..<min(first + Self.segmentLength, length)]
      let start = units.count
      units.append(Unit(count))
      units.append(Unit(symbol: UInt32(part.count), pair: UInt32(part.count) | Self.segmentMark))
      for symbol in part { units.append(Unit(symbol: symbol, pair: Self.noPair)) }
      let isLast = first + Self.segmentLength >= length
      units.append(
        Unit(symbol: previous, pair: isLast ? Self.noPair : UInt32(units.count + 1)))
      previous = UInt32(start)
    }
  }

  /// Whether a word is a segment of a longer one.
  @inline(__always)
  func isSegment(_ word: Int) -> Bool { units[word + 1].pair & Self.segmentMark != 0 }

  /// The word or segment laid out behind `word`.
  @inline(__always)
  func following(_ word: Int) -> Int {
    let first = units[word + 1].pair
    return word + Self.headerCount + Int(first & ~Self.segmentMark)
      + (first & Self.segmentMark == 0 ? 0 : 1)
  }

  /// The segments before (`symbol`) and behind (`pair`) a segment, or `noPair`.
  func links(of segment: Int) -> UnsafeMutablePointer<Unit> {
    units.base + following(segment) - 1
  }

  /// Takes the first symbol out of a segment; a segment that was left without any is passed over
  /// from then on.
  func removeFirst(of segment: Int) {
    let header = units.base + segment
    let count = Int(header[1].symbol) - 1
    let symbols = header + Self.headerCount
    symbols.update(from: symbols + 1, count: count)
    header[1].symbol = UInt32(count)
    guard count == 0 else { return }
    let own = links(of: segment).pointee
    if own.symbol != Self.noPair { links(of: Int(own.symbol)).pointee.pair = own.pair }
    if own.pair != Self.noPair { links(of: Int(own.pair)).pointee.symbol = own.symbol }
  }

  /// Counts are sums over 64 bits and stay below 2^63: differences need a sign.
  @inline(__always)
  static func clamped(_ count: UInt64) -> Int64 { Int64(truncatingIfNeeded: min(count, 1 << 62)) }
}
