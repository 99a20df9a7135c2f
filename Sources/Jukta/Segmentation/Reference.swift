/// Rules 7 and 13: a bare reference mark stays with the sentence before it.
enum Reference {
  /// Where the reference ends that follows a candidate: `[১]`, ` (পৃষ্ঠা ১১১)`, `¹`, `[কে?]`, `*`.
  static func end(
    behind candidate: Candidate, in text: Span<UInt8>, _ marks: [Mark], from mark: Int
  ) -> Int? {
    if candidate.strength == .dot, candidate.end == candidate.signs.upperBound {
      return afterDot(candidate.end, in: text)
    }
    if let end = ReferenceSign.end(at: candidate.end, in: text) { return end }
    let start = text.skipSpaces(from: candidate.end)
    guard start < text.count else { return nil }
    let value = text.scalar(at: start).value
    if let end = VerseNumber.end(behind: candidate, at: start, in: text) { return end }
    if value == 0x5B || value == 0x28 {
      if start == candidate.end, value == 0x5B, let close = remark(from: start, in: text) {
        return page(behind: close + 1, in: text)
      }
      guard let close = closing(from: start, in: text) ?? source(from: start, in: text) else {
        return nil
      }
      // `(১) …; (২) …` with a space in front number the items of a list.
      if value == 0x28, start > candidate.end, isListNumber(start, marks, from: mark) { return nil }
      return start == candidate.end ? page(behind: close + 1, in: text) : close + 1
    }
    return footnote(at: candidate.end, behind: candidate, in: text)
  }

  /// `[৩]` right behind a dot, which then is a full stop.
  private static func afterDot(_ index: Int, in text: Span<UInt8>) -> Int? {
    guard index < text.count, text[index] == 0x5B,
      ScalarClass.isDigit(text.value(at: index + 1))
    else { return nil }
    return closing(from: index, in: text).map { $0 + 1 }
  }

  /// `:১১২` behind `[৫]`.
  private static func page(behind index: Int, in text: Span<UInt8>) -> Int {
    guard text.value(at: index) == 0x3A else { return index }
    var end = text.digits(from: index + 1).upperBound
    guard end > index + 1 else { return index }
    let dash = text.value(at: end)
    if ScalarClass.isDash(dash) {
      let second = text.digits(from: end + text.scalar(at: end).length)
      if !second.isEmpty { end = second.upperBound }
    }
    return end
  }

  private static func isListNumber(_ offset: Int, _ marks: [Mark], from mark: Int) -> Bool {
    var next = mark
    while next < marks.count, marks[next].offset <= offset { next += 1 }
    return next < marks.count && marks[next].kind == .close && marks[next].isListNumber
  }

  /// A footnote's number, right behind a closing quote and at the end of the line.
  private static func footnote(
    at index: Int, behind candidate: Candidate, in text: Span<UInt8>
  ) -> Int? {
    guard candidate.closesQuotation else { return nil }
    let digits = text.digits(from: index)
    guard !digits.isEmpty, text.scalarCount(digits) <= 3 else { return nil }
    let after = text.value(at: digits.upperBound)
    return after == 0 || ScalarClass.isSpace(after) ? digits.upperBound : nil
  }

  /// The closing bracket of a short remark that hangs on the sentence: `।[তথ্যসূত্র প্রয়োজন]`, `।[কে?]`.
  private static func remark(from start: Int, in text: Span<UInt8>) -> Int? {
    var index = start + 1
    while index < min(text.count, start + 100) {
      let read = text.scalar(at: index)
      if read.value == 0x5D { return index }
      let isSign = ScalarClass.isSign(read.value) && read.value != 0x3F && read.value != 0x2E
      if isSign || ScalarClass.isOpeningBracket(read.value) { return nil }
      index += read.length
    }
    return nil
  }

  /// The closing bracket of a bare reference that opens at `start`: at most one word for "page" and
  /// digits, or in square brackets one letter.
  private static func closing(from start: Int, in text: Span<UInt8>) -> Int? {
    let isSquare = text[start] == 0x5B
    var index = text.skipSpaces(from: start + 1)
    let word = text.word(from: index)
    var digits = 0
    if !word.isEmpty {
      if isSquare, text.scalarCount(word) == 1 {
        index = word.upperBound
        digits = 1
      } else if Lexicon.builtIn.traits(of: word, in: text).contains(.page) {
        index = word.upperBound
      } else {
        return nil
      }
    }
    while index < text.count {
      let read = text.scalar(at: index)
      if ScalarClass.isClosingBracket(read.value) { return digits > 0 ? index : nil }
      if ScalarClass.isDigit(read.value) {
        digits += 1
      } else {
        let isBetween =
          ScalarClass.isSpace(read.value) || ScalarClass.isDash(read.value)
          || [0x2E, 0x2C, 0x3A, 0x983].contains(read.value)
        guard isBetween else { return nil }
      }
      guard digits <= 12 else { return nil }
      index += read.length
    }
    return nil
  }

  /// The closing bracket of a source: few words, then a colon and figures: `(সূরা ১৭:২৬)`,
  /// `(সেন ২০১১: ৪৫)`, `(বুখারি: ৩৯)`.
  private static func source(from start: Int, in text: Span<UInt8>) -> Int? {
    var index = start + 1
    var words = 0
    var hasColon = false
    var hasFigure = false
    while index < min(text.count, start + 160) {
      let read = text.scalar(at: index)
      if read.value == 0x29 || read.value == 0x5D { return hasColon && hasFigure ? index : nil }
      if ScalarClass.isWord(read.value) {
        guard !hasColon, words < 5 else { return nil }
        words += 1
        index = text.word(from: index).upperBound
        continue
      }
      if ScalarClass.isDigit(read.value) {
        if hasColon { hasFigure = true }
      } else if read.value == 0x3A || read.value == 0x983 {
        guard words > 0 else { return nil }
        hasColon = true
      } else {
        let isBetween =
          ScalarClass.isSpace(read.value) || ScalarClass.isDash(read.value) || read.value == 0x2C
          || read.value == 0x2E
        guard isBetween else { return nil }
      }
      index += read.length
    }
    return nil
  }
}
