/// Rule 7: a bare reference mark stays with the sentence before it.
enum Reference {
  /// Where the reference ends that follows a candidate: `[১]`, ` (পৃষ্ঠা ১১১)`, `”২০`.
  static func end(
    behind candidate: Candidate, in text: Span<UInt8>, _ marks: [Mark], from mark: Int
  ) -> Int? {
    guard candidate.strength != .dot || candidate.end > candidate.signs.upperBound else {
      return nil
    }
    let start = text.skipSpaces(from: candidate.end)
    guard start < text.count else { return nil }
    let value = text.scalar(at: start).value
    if ScalarClass.isDigit(value), let end = verseNumber(from: start, in: text) { return end }
    if value == 0x5B || value == 0x28 {
      if start == candidate.end, value == 0x5B, let close = remark(from: start, in: text) {
        return close + 1
      }
      guard let close = closing(from: start, in: text) else { return nil }
      // `(১) …; (২) …` with a space in front number the items of a list.
      if value == 0x28, start > candidate.end, isListNumber(close, marks, from: mark) { return nil }
      return close + 1
    }
    return footnote(at: candidate.end, behind: candidate, in: text)
  }

  /// The end of a verse's number between double dandas: `।।১।।`, `॥ ১২ ॥`.
  private static func verseNumber(from start: Int, in text: Span<UInt8>) -> Int? {
    let digits = text.digits(from: start)
    guard text.scalarCount(digits) <= 3 else { return nil }
    let sign = text.skipSpaces(from: digits.upperBound)
    guard text.value(at: sign) == 0x964 || text.value(at: sign) == 0x965 else { return nil }
    let run = SignRun(at: sign, in: text)
    return run.range.count >= 6 || run.first == 0x965 ? run.range.upperBound : nil
  }

  private static func isListNumber(_ offset: Int, _ marks: [Mark], from mark: Int) -> Bool {
    var next = mark
    while next < marks.count, marks[next].offset < offset { next += 1 }
    return next < marks.count && marks[next].offset == offset && marks[next].isListNumber
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

  /// The closing bracket of a short remark that hangs on the sentence: `।[তথ্যসূত্র প্রয়োজন]`.
  private static func remark(from start: Int, in text: Span<UInt8>) -> Int? {
    var index = start + 1
    while index < min(text.count, start + 100) {
      let read = text.scalar(at: index)
      if read.value == 0x5D { return index }
      if ScalarClass.isSign(read.value) || ScalarClass.isOpeningBracket(read.value) { return nil }
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
}
