internal import CJuktaSupport

/// Where a text may be cut before it is merged, so that short parts can be looked up: between two
/// characters that no merge ever brings together.
///
/// *Claim.* Let J be the pairs (last character of *a*, first of *b*) over all merges (*a*, *b*). Where *x*
/// stands before *y*, (*x*, *y*) is not in J, and *x* or *y* has a token of its own, merging both sides
/// apart gives what merging the whole gives.
///
/// *Proof.* A part is a character's token or the product of a merge of two parts that stood side by
/// side; so every pair of neighbours inside a part is in J, and no part ever reaches across the cut. No
/// merge takes a part from either side: its pair would be in J. So merges on one side never change the
/// pairs of the other, and as the lowest rank goes first, of two the leftmost, each side's merges come in
/// the order in which they would come alone. What is unknown is joined, or put off, only up to the next
/// character that has a token: one such on either side keeps the two apart.
///
/// Models where that does not hold have no cuts: with dropout (chance looks at the whole), where a
/// word that is a token is taken whole, with prefixes or suffixes (a character's token depends on its
/// place), where a character without token vanishes (its neighbours meet), where merges join the tokens
/// of bytes, and byte-level ones, whose words are short.
///
/// Soundness: `slots` has a power of two of entries, at least half of them empty, so probing ends; a
/// block of stops is read only with `padding` readable bytes behind the text.
final class BPECuts: Sendable {
  /// Bytes that must be readable behind a text.
  static let padding = 128
  private static let empty = UInt64.max

  /// Pairs of J, the left scalar in the upper half; open addressing.
  private let slots: [UInt64]
  private let mask: Int
  private let symbols: BPESymbols

  /// nil for a model that must see its words whole.
  init?(
    _ pieces: Pieces, _ merges: [BPEMerge], _ symbols: BPESymbols, _ options: BPEOptions,
    byteIDs: [UInt32?]
  ) {
    guard !options.isByteLevel, !options.ignoresMerges, (options.dropout ?? 0) == 0,
      !symbols.hasForms,
      options.unknownToken != nil || options.byteFallback && byteIDs.allSatisfy({ $0 != nil })
    else { return nil }
    let bytes = Set(byteIDs.compactMap { $0 })
    var size = 16
    while size < merges.count * 2 { size *= 2 }
    var slots = [UInt64](repeating: Self.empty, count: size)
    for merge in merges {
      guard !bytes.contains(merge.left), !bytes.contains(merge.right),
        let left = Self.last(of: pieces.utf8(of: Int(merge.left))),
        let right = Self.first(of: pieces.utf8(of: Int(merge.right)))
      else { return nil }
      let pair = Self.pair(left, right)
      var slot = Self.place(of: pair) & (size - 1)
      while slots[slot] != pair, slots[slot] != Self.empty { slot = (slot + 1) & (size - 1) }
      slots[slot] = pair
    }
    self.slots = slots
    mask = size - 1
    self.symbols = symbols
  }

  private static func pair(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  @inline(__always)
  private static func place(of pair: UInt64) -> Int {
    let product = pair.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  private static func first(of bytes: ArraySlice<UInt8>) -> UInt32? {
    bytes.withUnsafeBufferPointer { UTF8Scalars.decode($0, at: 0)?.0 }
  }

  private static func last(of bytes: ArraySlice<UInt8>) -> UInt32? {
    bytes.withUnsafeBufferPointer { bytes in
      guard var place = bytes.indices.last else { return nil }
      while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
      return UTF8Scalars.decode(bytes, at: place)?.0
    }
  }

  /// Whether a text may be cut between two scalars.
  @inline(__always)
  func parts(_ left: UInt32, _ right: UInt32) -> Bool {
    let pair = Self.pair(left, right)
    let joins = slots.withUnsafeBufferPointer { slots in
      var slot = Self.place(of: pair) & mask
      while slots[slot] != pair {
        if slots[slot] == Self.empty { return false }
        slot = (slot + 1) & mask
      }
      return true
    }
    return !joins && (isKnown(left) || isKnown(right))
  }

  @inline(__always)
  private func isKnown(_ scalar: UInt32) -> Bool {
    scalar < 0x10000
      ? symbols.scalars[0][Int(scalar)] != BPESymbols.none
      : symbols.rareID(scalar, form: 0) != BPESymbols.none
  }

  /// Appends the ends of the parts of `range`, a word of UTF-8, to `ends`: cut where words may end (at
  /// marks, digits, signs), and what is longer than `limit` then, everywhere.
  func cut(
    _ text: UnsafePointer<UInt8>, _ range: Range<Int>, limit: Int, into ends: inout IDBuffer
  ) {
    let word = UnsafeBufferPointer(start: text, count: range.upperBound)
    var start = range.lowerBound
    var block = range.lowerBound
    // The last boundary that was looked at: the one behind a stop is the one before the next.
    var seen = range.lowerBound
    while block < range.upperBound {
      var stops = jukta_word_stops(text + block)
      while stops != 0 {
        let place = block + stops.trailingZeroBitCount
        stops &= stops &- 1
        guard place < range.upperBound, let (scalar, length) = UTF8Scalars.decode(word, at: place)
        else { break }
        if place > seen {
          seen = place
          if parts(Self.scalar(before: place, in: word), scalar) {
            append(place, from: start, word, limit, &ends)
            start = place
          }
        }
        let next = place + length
        guard next < range.upperBound, let (after, _) = UTF8Scalars.decode(word, at: next) else {
          continue
        }
        seen = next
        if parts(scalar, after) {
          append(next, from: start, word, limit, &ends)
          start = next
        }
      }
      block += 64
    }
    append(range.upperBound, from: start, word, limit, &ends)
  }

  @inline(__always)
  private func append(
    _ end: Int, from start: Int, _ word: UnsafeBufferPointer<UInt8>, _ limit: Int,
    _ ends: inout IDBuffer
  ) {
    if end - start > limit { cutEverywhere(start..<end, word, &ends) }
    ends.append(UInt32(truncatingIfNeeded: end))
  }

  /// All cuts inside of `range`.
  @inline(never)
  private func cutEverywhere(
    _ range: Range<Int>, _ word: UnsafeBufferPointer<UInt8>, _ ends: inout IDBuffer
  ) {
    guard var (scalar, length) = UTF8Scalars.decode(word, at: range.lowerBound) else { return }
    var place = range.lowerBound + length
    while place < range.upperBound, let next = UTF8Scalars.decode(word, at: place) {
      if parts(scalar, next.0) { ends.append(UInt32(truncatingIfNeeded: place)) }
      (scalar, length) = next
      place += length
    }
  }

  @inline(__always)
  private static func scalar(before place: Int, in word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var start = place - 1
    while start > 0, word[start] & 0xC0 == 0x80 { start -= 1 }
    return UTF8Scalars.decode(word, at: start)?.0 ?? 0xFFFD
  }
}
