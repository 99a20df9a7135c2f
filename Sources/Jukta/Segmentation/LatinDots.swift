/// Rule 4: dots behind Latin words in Bengali text.
struct LatinDots {
  let lexicon: Lexicon

  /// What the dot behind `word` is.
  func decide(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> SegmentationRule {
    let after = text.value(at: candidate.signs.upperBound)
    let traits = lexicon.traits(of: word, in: text)
    let isChained = text.value(before: word.lowerBound) == 0x2E
    if lexicon.equals("al", word, in: text) { return afterAl(candidate, in: text) }
    if traits.contains(.finalAbbreviation) || (isChained && word.count <= 3) {
      // A capital behind initials begins a name: `J.K. Rowling`.
      let isInitial = word.count == 1
      let next = text.value(at: text.skipSpaces(from: candidate.end))
      if isInitial, ScalarClass.isLatin(next) { return .abbreviation }
      return startsSentence(candidate, in: text) ? .finalAbbreviation : .abbreviation
    }
    if word.count == 1 || !traits.isDisjoint(with: [.abbreviation, .latinMiddle]) {
      return .abbreviation
    }
    if ScalarClass.isWord(after) { return word.count >= 3 ? .fullStop : .abbreviation }
    return isCutTitle(word, candidate, in: text) ? .abbreviation : .fullStop
  }

  /// `et al.` before a year or the rest of a sentence; a name or a capital begins a new one.
  private func afterAl(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule {
    let next = text.skipSpaces(from: candidate.end)
    let first = text.value(at: next)
    if first >= 0x41 && first <= 0x5A { return .finalAbbreviation }
    let word = text.word(from: next)
    return lexicon.traits(of: word, in: text).contains(.newClause)
      ? .finalAbbreviation : .abbreviation
  }

  /// `J. Beng. Stud., vol. 12`: short words with a capital, one behind the other, each with its dot or
  /// a comma.
  private func isCutTitle(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    guard isCapitalised(word, in: text), word.count <= 7 else { return false }
    if text.value(at: candidate.end) == 0x2C { return true }
    let next = text.word(from: text.skipSpaces(from: candidate.end))
    let sign = text.value(at: next.upperBound)
    if isCapitalised(next, in: text), sign == 0x2E || sign == 0x2C { return true }
    let gap = text.skipSpaces(before: word.lowerBound)
    guard gap > candidate.sentence, text[gap - 1] == 0x2E else { return false }
    let isTitle = isCapitalised(text.word(before: gap - 1), in: text)
    return isTitle && !startsSentence(candidate, in: text)
  }

  private func isCapitalised(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard !word.isEmpty, word.count < 12 else { return false }
    let first = text[word.lowerBound]
    guard first >= 0x41 && first <= 0x5A else { return false }
    return word.count == 1
      || (text[word.lowerBound + 1] >= 0x61 && text[word.lowerBound + 1] <= 0x7A)
  }

  /// Whether what follows `etc.` looks like the beginning of a sentence: a capital, a word that often
  /// begins one, or a plural in -রা, which is a subject.
  private func startsSentence(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    let next = text.skipSpaces(from: candidate.end)
    let word = text.word(from: next)
    let first = text.value(at: next)
    if word.isEmpty { return !ScalarClass.isDigit(first) && !ScalarClass.isOpeningBracket(first) }
    if ScalarClass.isLatin(first) { return first >= 0x41 && first <= 0x5A }
    let traits = lexicon.traits(of: word, in: text)
    if traits.contains(.conjunction) { return false }
    if !traits.isDisjoint(with: [.starter, .newClause]) { return true }
    return word.count > 12 && text.has(Array("রা".utf8), at: word.upperBound - 6)
      || (word.count >= 9 && text.has(Array("গুলো".utf8), at: word.upperBound - 12))
  }
}
