internal import CJuktaSupport

/// The scan over a `WordTable`: one pass that writes marked words end to end.
///
/// Soundness: the text is UTF-8 that the normaliser wrote, so a lead byte says how many bytes
/// follow it, all below `text.count`; `classes` holds one entry for each of 0x10000 scalars. A block
/// of stops is asked for only where the 66 bytes that it reads are there.
extension WordTable {
  private static let marker: StaticString = "\u{2581}"

  /// Appends the words of `text` to `words`; with `alignment`, the way from their bytes back to it.
  func split(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, into words: inout WordBuffer,
    alignment: inout Alignment?
  ) {
    guard let start = text.baseAddress, !text.isEmpty else { return }
    words.bytes.reserve(text.count + text.count / 2 + 16)
    var run = 0
    var position = 0
    let prepends = prependScheme == .always || (prependScheme == .first && isFirst)
    let beginsMarked =
      text[0] == 0x20 || (text.count > 2 && text[0] == 0xE2 && text[1] == 0x96 && text[2] == 0x81)
    if prepends, !beginsMarked {
      let first = Self.length(of: text[0])
      mark(0..<first, into: &words, alignment: &alignment)
    }
    var stops = WordStops()
    classes.withUnsafeBufferPointer { classes in
      while position < text.count {
        if hasStops {
          stops.move(&position, start, text.count)
          if position == text.count { break }
        }
        let lead = text[position]
        let length = Self.length(of: lead)
        let kind = classOf(start + position, length, classes)
        if kind == Class.letter {
          position &+= length
          continue
        }
        copy(text, run..<position, into: &words, alignment: &alignment)
        let next = position + length
        endWord(&words)
        switch kind {
        case Class.space: mark(position..<next, into: &words, alignment: &alignment)
        case Class.isolated:
          copy(text, position..<next, into: &words, alignment: &alignment)
          endWord(&words)
        default: copy(text, position..<next, into: &words, alignment: &alignment)
        }
        position = next
        run = next
      }
    }
    copy(text, run..<text.count, into: &words, alignment: &alignment)
    endWord(&words)
  }

  @inline(__always)
  private static func length(of lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  @inline(__always)
  private func classOf(
    _ bytes: UnsafePointer<UInt8>, _ length: Int, _ classes: UnsafeBufferPointer<UInt8>
  ) -> UInt8 {
    let lead = Int(bytes[0])
    switch length {
    case 1: return classes[lead]
    case 3:
      return classes[(lead & 0x0F) << 12 | Int(bytes[1] & 0x3F) << 6 | Int(bytes[2] & 0x3F)]
    case 2: return classes[(lead & 0x1F) << 6 | Int(bytes[1] & 0x3F)]
    default:
      let high = UInt32(lead & 0x07) << 18 | UInt32(bytes[1] & 0x3F) << 12
      return classOfRare(high | UInt32(bytes[2] & 0x3F) << 6 | UInt32(bytes[3] & 0x3F))
    }
  }

  @inline(__always)
  private func copy(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into words: inout WordBuffer,
    alignment: inout Alignment?
  ) {
    guard !range.isEmpty else { return }
    if alignment != nil {
      alignment?.appendCopy(normalized: words.bytes.count, original: range.lowerBound)
    }
    words.bytes.append(UnsafeBufferPointer(rebasing: text[range]))
  }

  @inline(__always)
  private func mark(
    _ range: Range<Int>, into words: inout WordBuffer, alignment: inout Alignment?
  ) {
    if alignment != nil {
      alignment?.appendBlock(normalized: words.bytes.count, original: range)
    }
    words.bytes.append(
      UnsafeBufferPointer(start: Self.marker.utf8Start, count: Self.marker.utf8CodeUnitCount))
  }

  @inline(__always)
  private func endWord(_ words: inout WordBuffer) {
    let end = UInt32(truncatingIfNeeded: words.bytes.count)
    if end > words.ends.last ?? 0 { words.ends.append(end) }
  }
}

/// The places where a word may end, found 64 bytes at a time.
private struct WordStops {
  /// The block of the stops held: as bits, those before the place asked for last taken out.
  private var block = -64
  private var stops: UInt64 = 0

  /// Moves `position`, where a scalar starts, to the next stop, or as far as blocks reach.
  @inline(__always)
  mutating func move(_ position: inout Int, _ text: UnsafePointer<UInt8>, _ count: Int) {
    while true {
      if position >= block + 64 {
        guard position + 66 <= count else { return }
        block = position
        stops = jukta_word_stops(text + position)
      }
      let left = stops & (~0 << UInt64(truncatingIfNeeded: position - block))
      if left != 0 {
        position = block + left.trailingZeroBitCount
        return
      }
      // A scalar may begin in this block and end in the next one.
      position = block + 64
      while position < count, text[position] & 0xC0 == 0x80 { position += 1 }
    }
  }
}
