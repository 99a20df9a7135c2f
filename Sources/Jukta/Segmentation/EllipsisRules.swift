/// Rule 3: when dots end a sentence.
struct EllipsisRules {
  let lexicon: Lexicon

  /// Rule 3: whether dots end a sentence: what is before is a predicate, or what follows can hardly
  /// be anything but a new sentence.
  func endsWithDots(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule {
    let before = max(candidate.sentence, text.skipSpaces(before: candidate.signs.lowerBound))
    let pause = text.value(before: before)
    if pause == 0x2C || pause == 0x3A || pause == 0x3B { return .hesitation }
    let next = nextWord(candidate.end, in: text)
    let last = text.word(before: before)
    if isTorn(candidate, next, in: text) { return .hesitation }
    if next.isEmpty {
      let isText = ScalarClass.isDigit(text.value(at: next.lowerBound))
      return isText && !predicateEnds(at: before, candidate, in: text) ? .hesitation : .ellipsisEnd
    }
    if text.equal(last, next) || isConcessive(last, in: text) { return .hesitation }
    let traits = lexicon.traits(of: next, in: text)
    // `ধীর...কিন্তু`: no space, and a conjunction that goes on.
    let isGlued = next.lowerBound == candidate.signs.upperBound
    if isGlued, !traits.isDisjoint(with: [.conjunction, .newClause]) { return .hesitation }
    if traits.contains(.relative) || isRelative(before, candidate, in: text) { return .hesitation }
    if lexicon.traits(of: last, in: text).contains(.laughter) { return .ellipsisEnd }
    if predicateEnds(at: before, candidate, in: text) { return .ellipsisEnd }
    if ScalarClass.isLatin(text.value(before: before)) {
      let first = text.value(at: next.lowerBound)
      return first >= 0x41 && first <= 0x5A ? .ellipsisEnd : .hesitation
    }
    if traits.contains(.conjunction) { return .hesitation }
    return traits.contains(.starter) && wordCount(candidate.sentence..<before, in: text) >= 3
      ? .ellipsisEnd : .hesitation
  }

  /// Whether one word stands alone between these dots and others: `হাসছে... কাঁদছে... আবার হাসছে`;
  /// or the dots only draw out what is to be said: `আমি বলি কি...আগে দেখেন`.
  private func isTorn(
    _ candidate: Candidate, _ next: Range<Int>, in text: Span<UInt8>
  ) -> Bool {
    let sign = text.skipSpaces(from: next.upperBound)
    let isDot = text.value(at: sign) == 0x2E && text.value(at: sign + 1) == 0x2E
    if !next.isEmpty, isDot || text.value(at: sign) == 0x2026 { return true }
    let before = text.skipSpaces(before: candidate.signs.lowerBound)
    let last = text.word(before: before)
    let gap = text.skipSpaces(before: last.lowerBound)
    if gap > candidate.sentence {
      let mark = text.value(before: gap)
      if mark == 0x2026 || (mark == 0x2E && gap > 1 && text[gap - 2] == 0x2E) { return true }
    }
    guard lexicon.equals("কি", last, in: text) else { return false }
    return lexicon.equals("বলি", text.word(before: gap), in: text)
  }

  /// `লোকটা... যাকে চিনতাম... আজ নেই`: what is between these dots and those before is a relative clause.
  private func isRelative(
    _ index: Int, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    var start = index
    while start > candidate.sentence, index - start < 200 {
      guard let read = text.scalar(before: start), !ScalarClass.isSign(read.value) else { break }
      start = read.start
    }
    guard start > candidate.sentence, index - start < 200 else { return false }
    let first = text.word(from: text.skipSpaces(from: start))
    return lexicon.traits(of: first, in: text).contains(.relative)
  }

  /// Whether a predicate ends at `index`, a particle or closing quote behind it or not.
  private func predicateEnds(
    at index: Int, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    let last = text.word(before: index)
    if last.isEmpty { return false }
    if lexicon.isPredicate(last, in: text) { return true }
    guard lexicon.traits(of: last, in: text).contains(.particle) else { return false }
    let verb = text.word(before: text.skipSpaces(before: last.lowerBound))
    return verb.lowerBound >= candidate.sentence && lexicon.isPredicate(verb, in: text)
  }

  /// `… না কেন`, however much …: the main clause is still to come.
  private func isConcessive(_ last: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard text.has(Array("কেন".utf8), at: last.lowerBound), last.count == 9 else { return false }
    let before = text.word(before: text.skipSpaces(before: last.lowerBound))
    return before.count == 6 && text.has(Array("না".utf8), at: before.lowerBound)
  }

  private func nextWord(_ index: Int, in text: Span<UInt8>) -> Range<Int> {
    var start = text.skipSpaces(from: index)
    while start < text.count {
      let read = text.scalar(at: start)
      let isLeading =
        ScalarClass.isQuote(read.value) || ScalarClass.isDash(read.value)
        || ScalarClass.isOpeningBracket(read.value) || ScalarClass.isSpace(read.value)
      guard isLeading else { break }
      start += read.length
    }
    return text.word(from: start)
  }

  private func wordCount(_ range: Range<Int>, in text: Span<UInt8>) -> Int {
    var number = 0
    var index = range.lowerBound
    while index < range.upperBound, number < 16 {
      let word = text.word(from: index)
      if !word.isEmpty { number += 1 }
      index = max(word.upperBound, index)
      if index < range.upperBound { index += text.scalar(at: index).length }
    }
    return number
  }
}
