/// Encoding by looking up: the models WORD and CHAR.
enum SentencePieceLookup {
  /// A word from each ▁ to the next, whole or not at all.
  static func words(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary,
    into output: inout SentencePieceOutput
  ) {
    var start = 0
    var position = 1
    while position <= text.count {
      if position == text.count || isSpace(text, position) {
        append(text, start..<position, vocabulary, &output)
        start = position
      }
      position += 1
    }
  }

  /// The longest user-defined piece, else one character.
  static func characters(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary,
    into output: inout SentencePieceOutput
  ) {
    var position = 0
    while position < text.count {
      var end = position + (UTF8Scalars.decode(text, at: position)?.1 ?? 1)
      if let match = vocabulary.userDefined?.longestMatch(text, at: position) { end = match.end }
      append(text, position..<end, vocabulary, &output)
      position = end
    }
  }

  private static func isSpace(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    position + 2 < text.count && text[position] == 0xE2 && text[position + 1] == 0x96
      && text[position + 2] == 0x81
  }

  private static func append(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ vocabulary: SentencePieceVocabulary, _ output: inout SentencePieceOutput
  ) {
    let stretch = UnsafeBufferPointer(rebasing: text[range])
    if let match = vocabulary.trie.longestMatch(stretch, at: 0), match.end == stretch.count {
      output.append(match.id)
    } else {
      output.appendUnknown(stretch, vocabulary)
    }
  }
}

extension ScalarTrie {
  /// The longest piece that starts at `position` of a UTF-8 text.
  func longestMatch(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (end: Int, id: UInt32)? {
    var found: (end: Int, id: UInt32)?
    var unit = 0
    var position = position
    while position < text.count, let (scalar, length) = UTF8Scalars.decode(text, at: position) {
      let symbol = symbol(of: scalar)
      let next = Int(units[unit].base & ~Self.valueBit) + Int(symbol)
      guard symbol != 0, units[next].check == UInt32(unit) else { break }
      unit = next
      position += length
      if units[unit].base & Self.valueBit != 0 { found = (position, ids[unit]) }
    }
    return found
  }
}
