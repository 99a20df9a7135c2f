/// Rule 13: the number of a verse stays with the verse, between dandas, pipes or hyphens.
enum VerseNumber {
  /// The end of `।।১।।`, `॥ ২.১৪ ॥`, `|| ১ ||`, `|১|`, `-২-`, the number of which stands at `start`
  /// behind a candidate.
  static func end(behind candidate: Candidate, at start: Int, in text: Span<UInt8>) -> Int? {
    guard candidate.strength == .strong, start < text.count else { return nil }
    let value = text.scalar(at: start).value
    if ScalarClass.isDash(value) { return hyphened(from: start, in: text) }
    guard ScalarClass.isDigit(value) else { return nil }
    let number = figures(from: start, in: text)
    guard number < text.count else { return nil }
    let sign = text.skipSpaces(from: number)
    guard ScalarClass.isDanda(text.value(at: sign)) else { return nil }
    let run = SignRun(at: sign, in: text)
    let isDouble = !run.isSingle || run.first == 0x965
    if isDouble { return run.range.upperBound }
    // A single pipe on both sides, no space within: `|১|`.
    let opens = start == candidate.signs.upperBound && candidate.isSingle
    return opens && candidate.first == run.first && run.first != 0x964 && sign == number
      ? run.range.upperBound : nil
  }

  private static func hyphened(from start: Int, in text: Span<UInt8>) -> Int? {
    let first = start + text.scalar(at: start).length
    let number = figures(from: first, in: text)
    guard number > first, number < text.count, ScalarClass.isDash(text.scalar(at: number).value)
    else { return nil }
    let end = number + text.scalar(at: number).length
    let after = text.value(at: end)
    return after == 0 || ScalarClass.isSpace(after) ? end : nil
  }

  /// The end of one to three digits, or of two such numbers with a dot or dash between.
  private static func figures(from start: Int, in text: Span<UInt8>) -> Int {
    let digits = text.digits(from: start)
    guard !digits.isEmpty, text.scalarCount(digits) <= 3 else { return start }
    let between = text.value(at: digits.upperBound)
    guard between == 0x2E || between == 0x3A || ScalarClass.isDash(between) else {
      return digits.upperBound
    }
    let second = text.digits(from: digits.upperBound + text.scalar(at: digits.upperBound).length)
    return second.isEmpty || text.scalarCount(second) > 3 ? digits.upperBound : second.upperBound
  }
}
