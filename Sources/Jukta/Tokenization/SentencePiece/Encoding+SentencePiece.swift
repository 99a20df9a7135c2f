extension Encoding {
  /// The pieces of one text, with their texts and their ranges in the original.
  init(
    _ output: borrowing SentencePieceOutput, of normalized: borrowing ByteBuffer,
    _ runs: inout AlignmentRuns, _ vocabulary: SentencePieceVocabulary, showsUnknownPiece: Bool
  ) {
    self.init()
    let count = output.ids.count
    ids.append(contentsOf: output.ids.ids(from: 0))
    typeIDs = [UInt32](repeating: 0, count: count)
    specialTokensMask = typeIDs
    output.appendRanges(&runs, vocabulary, to: &ranges)
    var lengths: [UInt32] = []
    lengths.reserveCapacity(count)
    output.forEachLength(vocabulary) { lengths.append($1) }
    tokens.reserveCapacity(count)
    wordIDs.reserveCapacity(count)
    let text = normalized.span
    let pieces = vocabulary.pieces.strings
    var place = 0
    var word = 0
    let unknown = vocabulary.byteIDs.isEmpty && !showsUnknownPiece ? vocabulary.unknownID : nil
    for (index, id) in ids.enumerated() {
      let length = lengths[index]
      let end = place + Int(length & ~SentencePieceOutput.inside)
      if place > 0, end - place >= 3, text[place] == 0xE2, text[place + 1] == 0x96,
        text[place + 2] == 0x81
      {
        word += 1
      }
      wordIDs.append(word)
      if id == unknown {
        tokens.append(
          text.extracting(place..<end).withUnsafeBufferPointer {
            String(decoding: $0, as: UTF8.self)
          })
      } else {
        tokens.append(pieces[Int(id)])
      }
      if length & SentencePieceOutput.inside == 0 { place = end }
    }
  }

  /// Turns the order of the pieces around.
  mutating func reversePieces() {
    ids.reverse()
    tokens.reverse()
    ranges.reverse()
    wordIDs.reverse()
    specialTokensMask.reverse()
  }

  /// Puts a control piece in.
  mutating func insertControl(_ id: UInt32, _ token: String, _ place: Int, at index: Int) {
    ids.insert(id, at: index)
    typeIDs.insert(0, at: index)
    tokens.insert(token, at: index)
    ranges.insert(place..<place, at: index)
    wordIDs.insert(nil, at: index)
    specialTokensMask.insert(1, at: index)
  }
}

extension SentencePieceOutput {
  /// Appends the range of the original that each id came from.
  ///
  /// A piece ends where the next one begins: where a piece boundary falls into what one character
  /// became, the last piece of it owns the whole character, as in the reference. Of the bytes of one
  /// character the last owns it.
  borrowing func appendRanges(
    _ runs: inout AlignmentRuns, _ vocabulary: SentencePieceVocabulary,
    to ranges: inout [Range<Int>]
  ) {
    guard ids.count > 0 else { return }
    runs.withCursor { cursor in
      ranges.append(addingCapacity: ids.count) { span in
        // A copy of its own, for the registers.
        var cursor = cursor
        var place: UInt32 = 0
        var start = cursor.originalStart(of: 0)
        forEachLength(vocabulary) { _, length in
          // Of the bytes of one character the last alone moves on.
          place &+= length & Self.inside == 0 ? length : 0
          let end = max(start, cursor.originalStart(of: place))
          span.append(Range(uncheckedBounds: (start, end)))
          start = end
        }
      }
    }
  }
}
