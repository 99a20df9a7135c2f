/// Signs that hang on a sentence without a space: superscript figures, asterisks and daggers, markup.
enum ReferenceSign {
  /// Where the signs at `index` end; nil if there are none.
  static func end(at index: Int, in text: Span<UInt8>) -> Int? {
    guard index < text.count else { return nil }
    let value = text.scalar(at: index).value
    if ScalarClass.isSuperscript(value) { return superscripts(from: index, in: text) }
    if value == 0x3C { return tag(from: index, in: text) }
    switch value {
    case 0x2A, 0x5F, 0x7E, 0x2020, 0x2021, 0xA7: return asterisks(from: index, in: text)
    default: return nil
    }
  }

  /// `¹`, `²,³`, `⁴⁻⁶`.
  private static func superscripts(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    var index = start
    while index < text.count {
      let read = text.scalar(at: index)
      index += read.length
      if ScalarClass.isSuperscript(read.value) {
        end = index
        continue
      }
      let isBetween = read.value == 0x2C || ScalarClass.isDash(read.value) || read.value == 0x207B
      guard isBetween else { break }
    }
    return end
  }

  /// `*`, `†`, `**`, `__`, with nothing but a space behind.
  private static func asterisks(from start: Int, in text: Span<UInt8>) -> Int? {
    var end = start
    while end < text.count, end - start < 9 {
      switch text.scalar(at: end).value {
      case 0x2A, 0x5F, 0x7E, 0x2020, 0x2021, 0xA7: end += text.scalar(at: end).length
      default:
        let after = text.value(at: end)
        let ends = ScalarClass.isSpace(after) || ScalarClass.isSign(after)
        return end > start && ends ? end : nil
      }
    }
    return end > start ? end : nil
  }

  /// `<sup>১</sup>`, `<br/>`, `</b>`: what ends an element, or a line.
  private static func tag(from start: Int, in text: Span<UInt8>) -> Int? {
    if text.has(Array("<sup".utf8), at: start) || text.has(Array("<ref".utf8), at: start) {
      guard let open = closing(from: start, in: text) else { return nil }
      if text[open - 1] == 0x2F { return open + 1 }
      var index = open
      while index < min(text.count, start + 200), text[index] != 0x3C { index += 1 }
      guard index + 1 < text.count, text[index] == 0x3C, text[index + 1] == 0x2F else { return nil }
      return closing(from: index, in: text).map { $0 + 1 }
    }
    let isEnd =
      text.has(Array("<br".utf8), at: start) || text.has(Array("<BR".utf8), at: start)
      || text.has(Array("</".utf8), at: start)
    guard isEnd else { return nil }
    return closing(from: start, in: text).map { $0 + 1 }
  }

  private static func closing(from start: Int, in text: Span<UInt8>) -> Int? {
    var index = start
    while index < min(text.count, start + 40) {
      if text[index] == 0x3E { return index }
      index += 1
    }
    return nil
  }
}
