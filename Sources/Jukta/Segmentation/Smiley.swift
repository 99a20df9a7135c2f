/// Smileys and emoji, which belong to what precedes; and the signs of items, which do not.
enum Smiley {
  private static let faces: [[UInt8]] = [
    ":)", ":-)", ":(", ":-(", ":D", ":-D", ":P", ":-P", ":p", ":-p", ";)", ";-)", ";(", ":'(", ":/",
    ":-/", ":|", ":-|", ":o", ":O", ":*", ":-*", ":3", ":v", "=)", "=D", "=(", "<3", "^_^", "^^",
    "-_-", "xD", "XD", ":))", ":)))", ":((", ":(((", "3:)", "o.O", "O.o", "T_T", "B)", "8)", ":]",
    ":[", ":@", ":$", ">:(", "<3<3",
  ].map { Array($0.utf8) }.sorted { $0.count > $1.count }

  /// Words near which `8)` is a number.
  private static let counting = ["নম্বর", "প্রশ্ন", "ধাপ", "উত্তর", "নিয়ম", "7)", "9)", "৭)", "৯)"]
    .map { Array($0.utf8) }

  /// Where the smileys end that start at `index`, behind spaces or not; nil if there is none.
  static func end(at index: Int, in text: Span<UInt8>) -> Int? {
    let start = text.skipSpaces(from: index)
    guard start < text.count else { return nil }
    let value = text.scalar(at: start).value
    if ScalarClass.isEmoji(value), value != 0x200D {
      let end = emojiEnd(from: start, in: text)
      return ItemSign.isOne(start..<end, in: text) ? nil : end
    }
    guard value < 0x80, !ScalarClass.isDigit(value) || value == 0x33 || value == 0x38 else {
      return nil
    }
    if value == 0x38, isCounting(start, in: text) { return nil }
    return faceEnd(from: start, in: text)
  }

  static func emojiEnd(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let read = text.scalar(at: end)
      guard ScalarClass.isEmoji(read.value) else { break }
      end += read.length
    }
    return end
  }

  /// Whether `8)` numbers an item: the words around count.
  private static func isCounting(_ start: Int, in text: Span<UInt8>) -> Bool {
    for word in counting {
      for index in max(0, start - 90)..<min(text.count, start + 60) where text[index] == word[0] {
        if text.has(word, at: index) { return true }
      }
    }
    return false
  }

  private static func faceEnd(from start: Int, in text: Span<UInt8>) -> Int? {
    for face in faces where text.has(face, at: start) {
      let end = start + face.count
      let after = text.value(at: end)
      let isWhole = after == 0 || !(ScalarClass.isWord(after) || ScalarClass.isDigit(after))
      // `:)বাংলা` is a smiley, `:Data` is none.
      let endsInLetter = ScalarClass.isASCIIAlphanumeric(UInt32(text[end - 1]))
      if isWhole || (!endsInLetter && ScalarClass.isBengali(after)) { return end }
    }
    return nil
  }
}

/// Rule 15: a sign that opens an item: an arrow, a geometric figure, a star, a tick, a hand.
enum ItemSign {
  /// Whether the pictures in `range` open the item that follows them.
  static func isOne(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    let first = text.scalar(at: range.lowerBound)
    guard isBullet(first.value) else {
      return isTick(first.value) && opensUnit(first.value, in: text)
        && hasText(range.upperBound, in: text)
    }
    // ★★★★★ is a judgement of what precedes.
    var index = range.lowerBound + first.length
    while index < range.upperBound {
      let read = text.scalar(at: index)
      guard read.value == 0xFE0F else { return false }
      index += read.length
    }
    return hasText(range.upperBound, in: text)
  }

  private static func hasText(_ index: Int, in text: Span<UInt8>) -> Bool {
    let after = text.value(at: text.skipSpaces(from: index))
    return ScalarClass.isWord(after) || ScalarClass.isDigit(after) || ScalarClass.isQuote(after)
      || ScalarClass.isOpeningBracket(after)
  }

  /// A tick is praise, unless the unit begins with one.
  private static func opensUnit(_ value: UInt32, in text: Span<UInt8>) -> Bool {
    text.value(at: text.skipSpaces(from: 0)) == value
  }

  private static func isTick(_ value: UInt32) -> Bool {
    switch value {
    case 0x2705, 0x274C, 0x274E, 0x2B50, 0x1F4A0, 0x1F31F, 0x1F525, 0x2728, 0x26A1, 0x1F7E2,
      0x1F534, 0x1F535:
      true
    default: false
    }
  }

  /// Pictures that are not emoji by default, hearts, faces, weather, hands and notes left out.
  private static func isBullet(_ value: UInt32) -> Bool {
    switch value {
    case 0x2190...0x21FF, 0x2605, 0x2606, 0x2610...0x2612, 0x261A...0x261C, 0x261E, 0x261F,
      0x2713...0x2718, 0x2719...0x2727, 0x2729...0x274B, 0x274D, 0x274F...0x2752, 0x2756,
      0x2758...0x2762, 0x2766...0x2794, 0x2798...0x27AF, 0x27B1...0x27BE, 0x2B05...0x2B1A,
      0x2B1D...0x2B4F, 0x1F449, 0x1F538, 0x1F539, 0x1F53A, 0x1F53B, 0x1F536, 0x1F537, 0x1F4CC,
      0x1F4CD:
      true
    default: false
    }
  }
}
