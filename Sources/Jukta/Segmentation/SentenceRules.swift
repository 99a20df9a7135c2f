/// The rules for runs of signs, each with the policy's number.
struct SentenceRules {
  let lexicon: Lexicon

  /// Rule 1: a comma or semicolon behind the tail goes on with the sentence.
  func goesOnWithComma(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    let next = text.value(at: candidate.end)
    return next == 0x2C || next == 0x3B
  }

  /// Rule 4: `?`, `!` and pipes between the letters of an address or of a formula.
  func isInsideAddress(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    let first = text.value(at: candidate.signs.lowerBound)
    guard first == 0x3F || first == 0x21 || first == 0x7C else { return false }
    let before = text.value(before: candidate.signs.lowerBound)
    let after = text.value(at: candidate.signs.upperBound)
    return ScalarClass.isASCIIAlphanumeric(after)
      && (ScalarClass.isASCIIAlphanumeric(before) || before == 0x2F)
  }

  /// Rule 4: dandas in dates and verse numbers, `৯।৪।২০১২`, `১।৮৪।৮`.
  func isInsideNumber(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, candidate.end == candidate.signs.upperBound else { return false }
    let before = text.digits(before: candidate.signs.lowerBound)
    let after = text.digits(from: candidate.end)
    guard !before.isEmpty, !after.isEmpty, text.scalarCount(before) <= 3 else { return false }
    return isDanda(text.value(before: before.lowerBound))
      && !text.digits(before: before.lowerBound - 3).isEmpty
      || isDanda(text.value(at: after.upperBound))
        && !text.digits(from: after.upperBound + 3).isEmpty
  }

  private func isDanda(_ value: UInt32) -> Bool { value == 0x964 || value == 0x9F7 }

  /// In bytes: how far behind the start of a sentence the sign of an item number may stand.
  static let longestItem = 48

  /// Rule 6: the number of a list item at the beginning of a sentence: `১।`, `ক.`, `(খ)`, `এক.`.
  func isItemNumber(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, candidate.first != 0x3F, candidate.first != 0x21,
      candidate.signs.lowerBound - candidate.sentence <= Self.longestItem
    else { return false }
    let signs = text.skipSpaces(before: candidate.signs.lowerBound)
    guard candidate.signs.lowerBound - signs <= 1 else { return false }
    var start = candidate.sentence
    while start < signs {
      let read = text.scalar(at: start)
      if ScalarClass.isWord(read.value) || ScalarClass.isDigit(read.value) { break }
      start += read.length
    }
    guard start < signs, signs - start <= 24 else { return false }
    let digits = text.digits(before: signs)
    if digits.lowerBound == start { return text.scalarCount(digits) <= 3 }
    let word = text.word(before: signs)
    guard word.lowerBound == start else { return false }
    let traits = lexicon.traits(of: word, in: text)
    if text.scalarCount(word) == 1 {
      return candidate.first != 0x2E || !traits.contains(.abbreviation)
    }
    return candidate.first == 0x2E && traits.contains(.numberWord)
  }

  /// Rule 8: a name with an exclamation mark.
  func isNameWithSign(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, candidate.first == 0x21 else { return false }
    let word = text.word(before: candidate.signs.lowerBound)
    return lexicon.traits(of: word, in: text).contains(.exclaimedName)
  }

  /// Rule 3: whether dots end a sentence: what is before is a predicate, or what follows can hardly
  /// be anything but a new sentence.
  func endsWithDots(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule {
    let before = max(candidate.sentence, text.skipSpaces(before: candidate.signs.lowerBound))
    let pause = text.value(before: before)
    if pause == 0x2C || pause == 0x3A || pause == 0x3B { return .hesitation }
    let next = nextWord(candidate.end, in: text)
    let last = text.word(before: before)
    if next.isEmpty {
      let isText = ScalarClass.isDigit(text.value(at: next.lowerBound))
      return isText && !predicateEnds(at: before, candidate, in: text) ? .hesitation : .ellipsisEnd
    }
    if equal(last, next, in: text) || isConcessive(last, in: text) { return .hesitation }
    if predicateEnds(at: before, candidate, in: text) { return .ellipsisEnd }
    if ScalarClass.isLatin(text.value(before: before)) {
      let first = text.value(at: next.lowerBound)
      return first >= 0x41 && first <= 0x5A ? .ellipsisEnd : .hesitation
    }
    let starts = lexicon.traits(of: next, in: text).contains(.starter)
    return starts && wordCount(candidate.sentence..<before, in: text) >= 3
      ? .ellipsisEnd : .hesitation
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

  private func equal(_ one: Range<Int>, _ other: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard one.count == other.count, !one.isEmpty else { return false }
    for step in 0..<one.count
    where text[one.lowerBound + step] != text[other.lowerBound + step] {
      return false
    }
    return true
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
