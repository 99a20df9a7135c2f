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

  /// Rule 16: dandas in dates and verse numbers, `৯।৪।২০১২`, `১।৮৪।৮`; in prices and times,
  /// `৫২।৫০ টাকা`, `৭।১৫-তে`, `সূরা ২।২৫৫`.
  func isInsideNumber(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, candidate.end == candidate.signs.upperBound else { return false }
    let before = text.digits(before: candidate.signs.lowerBound)
    let after = text.digits(from: candidate.end)
    guard !before.isEmpty, !after.isEmpty else { return false }
    if text.scalarCount(before) <= 3, isDate(before, after, in: text) { return true }
    guard candidate.first == 0x964 || candidate.first == 0x9F7 || candidate.first == 0x7C else {
      return false
    }
    return isMeasure(before, after, in: text)
  }

  private func isDate(_ before: Range<Int>, _ after: Range<Int>, in text: Span<UInt8>) -> Bool {
    isDanda(text.value(before: before.lowerBound))
      && !text.digits(before: before.lowerBound - 3).isEmpty
      || isDanda(text.value(at: after.upperBound))
        && !text.digits(from: after.upperBound + 3).isEmpty
  }

  /// Whether a unit or a case ending follows the number, or what it measures is before it.
  private func isMeasure(_ before: Range<Int>, _ after: Range<Int>, in text: Span<UInt8>) -> Bool {
    if ScalarClass.isDash(text.value(at: after.upperBound)) { return true }
    let unit = text.word(from: text.skipSpaces(from: after.upperBound))
    // Minutes and paise have two figures.
    if lexicon.traits(of: unit, in: text).contains(.measure) { return text.scalarCount(after) > 1 }
    guard text.scalarCount(before) <= 3, text.scalarCount(after) <= 3 else { return false }
    let noun = text.word(before: text.skipSpaces(before: before.lowerBound))
    return lexicon.traits(of: noun, in: text).contains(.measured)
      && unit.lowerBound > after.upperBound
      && !lexicon.equals("জন", unit, in: text)
  }

  /// Whether the last of the signs is a pipe.
  func endsWithPipe(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    text[candidate.signs.upperBound - 1] == 0x7C
  }

  /// `iv`, `XII`.
  func isRoman(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    lexicon.traits(of: range, in: text).contains(.numberWord)
  }

  private func isDanda(_ value: UInt32) -> Bool { value == 0x964 || value == 0x9F7 }

  /// In bytes: how far behind the start of a sentence the sign of an item number may stand.
  static let longestItem = 48

  /// Rule 6: the number of a list item at the beginning of a sentence: `১।`, `ক.`, `(খ)`, `এক.`.
  func isItemNumber(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, !ScalarClass.isQuestionOrExclamation(candidate.first),
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
    guard text.skipSpaces(from: candidate.end) < text.count else { return false }
    if Numbering.isNumber(start..<signs, in: text) {
      return !isYear(start..<signs, candidate, in: text)
    }
    if ScalarClass.isDigit(text.value(before: signs)), isLabelled(start..<signs, in: text) {
      return true
    }
    let word = text.word(before: signs)
    guard word.lowerBound == start else { return false }
    let traits = lexicon.traits(of: word, in: text)
    if traits.contains(.answer), candidate.first == 0x964 { return true }
    if text.scalarCount(word) == 1 {
      return candidate.first != 0x2E || !traits.contains(.abbreviation)
    }
    return candidate.first == 0x2E && traits.contains(.numberWord)
  }

  /// `২০২০। সেই বছর …`: four digits, and a word that begins a sentence.
  private func isYear(
    _ range: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    guard text.scalarCount(range) == 4, text.digits(from: range.lowerBound) == range else {
      return false
    }
    let next = text.word(from: text.skipSpaces(from: candidate.end))
    return !lexicon.traits(of: next, in: text).isDisjoint(
      with: [.starter, .newClause, .demonstrative, .person])
  }

  /// `ধাপ ১`, `প্রশ্ন ২`: what is numbered, and its number.
  private func isLabelled(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    let label = text.word(from: range.lowerBound)
    guard lexicon.traits(of: label, in: text).contains(.label) else { return false }
    let number = text.skipSpaces(from: label.upperBound)
    guard number > label.upperBound else { return false }
    return number < range.upperBound && Numbering.isNumber(number..<range.upperBound, in: text)
  }

  /// Rule 8: a name with an exclamation mark.
  func isNameWithSign(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    guard candidate.isSingle, candidate.first == 0x21 else { return false }
    let word = text.word(before: candidate.signs.lowerBound)
    return lexicon.traits(of: word, in: text).contains(.exclaimedName)
  }
}
