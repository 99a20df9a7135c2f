/// Writing words: copied, with markers for spaces, or spelled out.
///
/// Soundness: as for running; `scratch.starts` leads from a symbol, or the end, to its byte in the text.
extension CutProgram {
  func write(
    _ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch, into words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    words.bytes.reserve(text.count + 16)
    if spellsBytes {
      spell(text, scratch, into: &words, &alignment)
    } else if marker == nil {
      copy(text, scratch, into: &words, &alignment)
    } else {
      mark(text, scratch, into: &words, &alignment)
    }
  }

  /// Words that are stretches of the text; those that follow each other are copied at once.
  private func copy(
    _ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch, into words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    let starts = scratch.starts
    var place = 0
    let count = scratch.ranges.count
    while place < count {
      let first = scratch.ranges[place]
      if addsPrefixSpace, first.start == 0, starts[1] == 0 {
        alignment?.appendBlock(normalized: words.bytes.count, original: 0..<Int(starts[2]))
        words.bytes.append(0x20)
      }
      let from = Int(starts[Int(first.start)])
      var end = first.end
      let shift = words.bytes.count - from
      words.ends.append(UInt32(truncatingIfNeeded: Int(starts[Int(end)]) + shift))
      place += 1
      while place < count, scratch.ranges[place].start == end {
        end = scratch.ranges[place].end
        words.ends.append(UInt32(truncatingIfNeeded: Int(starts[Int(end)]) + shift))
        place += 1
      }
      append(text, from..<Int(starts[Int(end)]), into: &words, &alignment)
    }
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    guard !range.isEmpty else { return }
    if alignment != nil {
      alignment?.appendCopy(normalized: words.bytes.count, original: range.lowerBound)
    }
    words.bytes.append(UnsafeBufferPointer(rebasing: text[range]))
  }

  /// Words with markers: in front, and for each space.
  private func mark(
    _ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch, into words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    guard let marker else { return }
    let starts = scratch.starts
    for place in 0..<scratch.ranges.count {
      let range = scratch.ranges[place]
      var start = Int(range.start)
      let end = Int(range.end)
      if range.isMarked {
        put(marker.bytes, Int(starts[start])..<Int(starts[start + 1]), &words, &alignment)
      }
      for position in start..<end where scratch.symbols[position] == marker.space {
        append(text, Int(starts[start])..<Int(starts[position]), into: &words, &alignment)
        put(marker.bytes, Int(starts[position])..<Int(starts[position + 1]), &words, &alignment)
        start = position + 1
      }
      append(text, Int(starts[start])..<Int(starts[end]), into: &words, &alignment)
      words.ends.append(UInt32(truncatingIfNeeded: words.bytes.count))
    }
  }

  @inline(__always)
  private func put(
    _ bytes: [UInt8], _ original: Range<Int>, _ words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    if alignment != nil {
      alignment?.appendBlock(normalized: words.bytes.count, original: original)
    }
    for byte in bytes { words.bytes.append(byte) }
  }

  /// Words in `ByteAlphabet`, a character a byte, each with the range of its scalar.
  private func spell(
    _ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch, into words: inout WordBuffer,
    _ alignment: inout Alignment?
  ) {
    let starts = scratch.starts
    let spellings = ByteAlphabet.spellings
    for place in 0..<scratch.ranges.count {
      let range = scratch.ranges[place]
      for symbol in Int(range.start)..<Int(range.end) {
        let start = Int(starts[symbol])
        let end = Int(starts[symbol + 1])
        // The space in front has no bytes of its own, but the range of the first character.
        guard end > start else {
          alignment?.appendBlock(
            normalized: words.bytes.count, original: 0..<Int(starts[symbol + 2]))
          UTF8Scalars.append(ByteAlphabet.scalars[0x20].value, to: &words.bytes)
          continue
        }
        if alignment != nil {
          alignment?.appendBlock(normalized: words.bytes.count, original: start..<end)
        }
        words.bytes.appendUninitialized(atMost: 8) { output in
          var count = 0
          for position in start..<end {
            let spelling = spellings[Int(text[position])]
            output[count] = UInt8(truncatingIfNeeded: spelling)
            output[count &+ 1] = UInt8(truncatingIfNeeded: spelling >> 8)
            count &+= spelling < 0x100 ? 1 : 2
          }
          return count
        }
      }
      words.ends.append(UInt32(truncatingIfNeeded: words.bytes.count))
    }
  }
}
