/// Where sentences go, and if asked for, why.
struct SentenceSink {
  /// The sentences, in bytes from the start of the text.
  var ranges: [Range<Int>] = []
  /// Why each candidate was or was not taken; nil if nobody asks.
  var decisions: [SegmentationDecision]?
  /// Where the unit at hand starts in the text.
  var base = 0
  /// The most bytes of a sentence.
  var maximumLength: Int?

  /// Takes one sentence of the unit, without spaces around it.
  @inline(__always)
  mutating func add(
    _ range: Range<Int>, _ rule: SegmentationRule, at sign: Int, in text: Span<UInt8>
  ) {
    if let maximumLength, range.count > maximumLength {
      cut(range, maximumLength, in: text)
    } else {
      ranges.append(range.lowerBound + base..<range.upperBound + base)
    }
    note(rule, at: sign, end: range.upperBound)
  }

  /// Takes a decision alone.
  @inline(__always)
  mutating func note(_ rule: SegmentationRule, at sign: Int, end: Int) {
    decisions?.append(SegmentationDecision(offset: sign + base, end: end + base, rule: rule))
  }

  /// Cuts a sentence that is too long at spaces, or where there is none between scalars.
  private mutating func cut(_ range: Range<Int>, _ limit: Int, in text: Span<UInt8>) {
    var start = range.lowerBound
    while range.upperBound - start > limit {
      let place = SentenceCut.place(in: text, from: start, limit: limit)
      ranges.append(start + base..<place.end + base)
      note(.maximumLength, at: place.end, end: place.end)
      start = place.next
    }
    if start < range.upperBound { ranges.append(start + base..<range.upperBound + base) }
  }
}

/// Where to cut a sentence that is too long.
enum SentenceCut {
  /// The last space within `limit` bytes from `start`; or the last place between two scalars where
  /// the second is no Bengali sign that hangs on the first. There are more than `limit` bytes.
  static func place(in text: Span<UInt8>, from start: Int, limit: Int) -> (end: Int, next: Int) {
    var index = start + limit
    while index > start {
      let byte = text[index]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        let end = text.skipSpaces(before: index)
        if end > start { return (end, text.skipSpaces(from: index)) }
      }
      index -= 1
    }
    index = start + limit
    while index > start + limit / 2, hangsOn(at: index, in: text) { index -= 1 }
    return (index, index)
  }

  private static func hangsOn(at index: Int, in text: Span<UInt8>) -> Bool {
    if text[index] & 0xC0 == 0x80 { return true }
    switch text.value(at: index) {
    case 0x981...0x983, 0x9BC, 0x9BE...0x9CD, 0x9D7, 0x200C, 0x200D: return true
    default: return text.value(before: index) == 0x9CD
    }
  }
}
