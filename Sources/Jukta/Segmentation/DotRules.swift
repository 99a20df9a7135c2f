/// Rule 4: when a single dot is no full stop.
struct DotRules {
  let lexicon: Lexicon
  /// Whether the unit has a danda: then a dot behind a number is hardly a full stop.
  var hasDanda = false

  /// What a single dot at `candidate` is; `.fullStop` where nothing speaks against it.
  func decide(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule {
    let dot = candidate.signs.lowerBound
    let behind = candidate.signs.upperBound
    let before = text.value(before: dot)
    let after = text.value(at: behind)
    if dot == candidate.sentence { return .openingEllipsis }
    if ScalarClass.isSpace(before), ScalarClass.isDigit(after),
      ScalarClass.isDigit(text.value(before: text.skipSpaces(before: dot)))
    {
      return .number
    }
    if ScalarClass.isDigit(before) { return afterNumber(candidate, after, in: text) }
    if ScalarClass.isASCIIAlphanumeric(before), isAddressPart(after) { return .address }
    let word = text.word(before: dot)
    if word.isEmpty { return isAddressPart(after) ? .address : .fullStop }
    if ScalarClass.isLatin(before) { return afterLatin(word, candidate, in: text) }
    return afterBengali(word, candidate, in: text)
  }

  private func isAddressPart(_ value: UInt32) -> Bool {
    ScalarClass.isASCIIAlphanumeric(value) || value == 0x2F || value == 0x5F
  }

  /// `৩.১৪` is one number, `৩. চাল` and `৩.চাল` number an item; a year before a full stop ends a
  /// sentence where the text has no dandas.
  private func afterNumber(
    _ candidate: Candidate, _ after: UInt32, in text: Span<UInt8>
  ) -> SegmentationRule {
    if ScalarClass.isDigit(after) { return .number }
    let next = text.skipSpaces(from: candidate.signs.upperBound)
    // A decimal torn by a space: `৩ .৫`, `৩. ৫`.
    if next > candidate.signs.upperBound, !hasDanda, !ScalarClass.isDigit(text.value(at: next)) {
      return .fullStop
    }
    return isAddressPart(after) ? .address : .number
  }

  private func afterLatin(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> SegmentationRule {
    let after = text.value(at: candidate.signs.upperBound)
    let traits = lexicon.traits(of: word, in: text)
    let isChained = text.value(before: word.lowerBound) == 0x2E
    if traits.contains(.finalAbbreviation) || (isChained && word.count == 1) {
      // A capital behind initials begins a name: `J.K. Rowling`.
      let isInitial = word.count == 1 && !traits.contains(.finalAbbreviation)
      let next = text.value(at: text.skipSpaces(from: candidate.end))
      if isInitial, ScalarClass.isLatin(next) { return .abbreviation }
      return startsSentence(candidate, in: text) ? .finalAbbreviation : .abbreviation
    }
    if word.count == 1 || traits.contains(.abbreviation) { return .abbreviation }
    if ScalarClass.isWord(after) { return word.count >= 3 ? .fullStop : .abbreviation }
    return .fullStop
  }

  private func afterBengali(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> SegmentationRule {
    let traits = lexicon.traits(of: word, in: text)
    let length = text.scalarCount(word)
    let isChained = isChained(word, candidate, in: text)
    if traits.contains(.ordinaryWord) {
      let isInitial =
        isChained || text.skipSpaces(before: word.lowerBound) <= candidate.sentence
        || ScalarClass.isDigit(text.value(before: text.skipSpaces(before: word.lowerBound)))
      return isInitial ? .abbreviation : .fullStop
    }
    // One syllable is too short for a last word, unless it is a negation, a verb, a particle.
    if syllables(word, in: text) == 1, traits.isDisjoint(with: [.predicate, .particle]) {
      return .abbreviation
    }
    if length == 1 || !traits.isDisjoint(with: [.abbreviation, .letterName]) {
      return .abbreviation
    }
    if word.lowerBound <= candidate.sentence, traits.contains(.numberWord) { return .listNumber }
    // No space behind the dot: an unknown abbreviation of many parts, unless both words are long.
    let after = text.word(from: candidate.signs.upperBound)
    if !after.isEmpty {
      if isChained { return .abbreviation }
      return length >= 3 && text.scalarCount(after) >= 2 ? .fullStop : .abbreviation
    }
    return ScalarClass.isDash(text.value(at: candidate.signs.upperBound))
      ? .abbreviation : .fullStop
  }

  /// Letters that carry a vowel of their own: aksharas, roughly.
  private func syllables(_ word: Range<Int>, in text: Span<UInt8>) -> Int {
    var number = 0
    var index = word.lowerBound
    var isJoined = false
    while index < word.upperBound {
      let read = text.scalar(at: index)
      switch read.value {
      case 0x985...0x9B9, 0x9CE, 0x9DC...0x9DF: if !isJoined { number += 1 }
      default: break
      }
      isJoined = read.value == 0x9CD || (isJoined && (read.value == 0x200C || read.value == 0x200D))
      index += read.length
    }
    return number
  }

  /// Whether a neighbour of `word` is a part of an initialism too: `এ.কে.এম.`, `এ. কে. এম.`.
  private func isChained(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    func isPart(_ part: Range<Int>) -> Bool {
      guard !part.isEmpty else { return false }
      let traits = lexicon.traits(of: part, in: text)
      return !traits.isDisjoint(with: [.letterName, .abbreviation]) || text.scalarCount(part) == 1
    }
    let gap = text.skipSpaces(before: word.lowerBound)
    if gap > candidate.sentence, text[gap - 1] == 0x2E, isPart(text.word(before: gap - 1)) {
      return true
    }
    let next = text.word(from: text.skipSpaces(from: candidate.signs.upperBound))
    return isPart(next) && text.value(at: next.upperBound) == 0x2E
  }

  /// Whether what follows `etc.` looks like the beginning of a sentence: a capital, a word that often
  /// begins one, or a plural in -রা, which is a subject.
  private func startsSentence(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    let next = text.skipSpaces(from: candidate.end)
    let word = text.word(from: next)
    if word.isEmpty { return !ScalarClass.isDigit(text.value(at: next)) }
    let first = text.value(at: next)
    if ScalarClass.isLatin(first) { return first >= 0x41 && first <= 0x5A }
    let traits = lexicon.traits(of: word, in: text)
    if traits.contains(.conjunction) { return false }
    if !traits.isDisjoint(with: [.starter, .newClause]) { return true }
    return word.count > 12 && text.has(Array("রা".utf8), at: word.upperBound - 6)
      || (word.count >= 9 && text.has(Array("গুলো".utf8), at: word.upperBound - 12))
  }
}
