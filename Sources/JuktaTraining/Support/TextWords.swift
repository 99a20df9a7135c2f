/// Counts the words of a text: what stands between white space, as `TokenizerEvaluation` does. Every
/// figure "a word" is told by these, whatever a pre-tokenizer makes of the text.
enum TextWords {
  private enum Kind {
    static let space: UInt8 = 1
    /// Begins a scalar that may be white space.
    static let lead: UInt8 = 2
  }

  /// The kinds of bytes; 0 for what belongs to a word.
  private static let kinds: [UInt8] = {
    var kinds = [UInt8](repeating: 0, count: 256)
    for byte in [0x20] + Array(0x09...0x0D) { kinds[byte] = Kind.space }
    for byte in [0xC2, 0xE1, 0xE2, 0xE3] { kinds[byte] = Kind.lead }
    return kinds
  }()

  /// - Parameter text: UTF-8.
  static func count(_ text: Span<UInt8>) -> UInt64 {
    let kinds = kinds.span
    var words: UInt64 = 0
    var wasSpace: UInt8 = Kind.space
    var place = 0
    while place < text.count {
      let kind = kinds[Int(text[place])]
      if kind == Kind.lead, let length = spaceLength(text, at: place) {
        wasSpace = Kind.space
        place += length
        continue
      }
      let isSpace = kind & Kind.space
      words &+= UInt64(wasSpace & ~isSpace)
      wasSpace = isSpace
      place += 1
    }
    return words
  }

  /// The length of the white space of more than one byte that begins here; nil where none does.
  private static func spaceLength(_ text: Span<UInt8>, at place: Int) -> Int? {
    let left = text.count - place
    if text[place] == 0xC2 {
      return left >= 2 && (text[place + 1] == 0x85 || text[place + 1] == 0xA0) ? 2 : nil
    }
    guard left >= 3 else { return nil }
    let scalar =
      UInt32(text[place] & 0xF) << 12 | UInt32(text[place + 1] & 0x3F) << 6
      | UInt32(text[place + 2] & 0x3F)
    switch scalar {
    case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
    default: return nil
    }
  }
}

extension WordCounts {
  /// About how many words of a text these are, where only they are known: those that begin with a
  /// space or its marker, or all where none does.
  borrowing func estimatedTextWords() -> UInt64 {
    var marked: UInt64 = 0
    forEachUnordered { word, count in
      guard let first = word.first else { return }
      if first == 0x20 || word.starts(with: [0xE2, 0x96, 0x81]) {
        marked = saturatingSum(marked, count)
      }
    }
    return marked == 0 ? totalCount : marked
  }
}
