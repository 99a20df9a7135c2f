/// Rule 4: when a single dot is no full stop.
struct DotRules {
  let lexicon: Lexicon
  private let latin: LatinDots
  /// Whether the unit has a danda: then a dot behind a number is hardly a full stop.
  var hasDanda = false

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    latin = LatinDots(lexicon: lexicon)
  }

  /// What a single dot at `candidate` is; `.fullStop` where nothing speaks against it.
  func decide(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule {
    let dot = candidate.signs.lowerBound
    let behind = candidate.signs.upperBound
    let before = text.value(before: dot)
    let after = text.value(at: behind)
    if dot == candidate.sentence { return .openingEllipsis }
    if opensDecimal(dot, before, after, in: text) { return .number }
    if ScalarClass.isDigit(before) { return afterNumber(candidate, after, in: text) }
    if ScalarClass.isASCIIAlphanumeric(before), isAddressPart(after) { return .address }
    if isInsideAddress(dot, behind, in: text) { return .address }
    // A reference hangs on what ends here: `কম.[৩]`.
    if after == 0x5B, candidate.end > behind { return .fullStop }
    let word = text.word(before: dot)
    if word.isEmpty { return isAddressPart(after) ? .address : .fullStop }
    // The rest of a word hangs on its abbreviation: `সে.-এ`, `বি.এ.-তে`.
    if ScalarClass.isDash(after),
      ScalarClass.isBengali(text.value(at: behind + text.scalar(at: behind).length))
    {
      return .abbreviation
    }
    if ScalarClass.isLatin(before) { return latin.decide(word, candidate, in: text) }
    return afterBengali(word, candidate, in: text)
  }

  private func isAddressPart(_ value: UInt32) -> Bool {
    ScalarClass.isASCIIAlphanumeric(value) || value == 0x2F || value == 0x5F
  }

  /// `.৫`, `r = .৮৩`; or a decimal torn by a space, `৩ .৫`.
  private func opensDecimal(
    _ dot: Int, _ before: UInt32, _ after: UInt32, in text: Span<UInt8>
  ) -> Bool {
    guard ScalarClass.isDigit(after) else { return false }
    return ScalarClass.isSpace(before) || ScalarClass.isOpeningBracket(before)
      || ScalarClass.isDash(before) || (before >= 0x3C && before <= 0x3E) || before == 0x2212
      || before == 0x2B
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

  /// Inside an address or the name of a file in Bengali letters: `ছবি.জেপিজি`, `www.ডাক.বাংলা`,
  /// `হিসাব.py`. The ending may be a word (`কম`, `বাংলা`); then the text must have dandas for its stops.
  private func isInsideAddress(_ dot: Int, _ behind: Int, in text: Span<UInt8>) -> Bool {
    let next = text.word(from: behind)
    guard !next.isEmpty, ScalarClass.isWord(text.value(before: dot)) else { return false }
    let start = token(before: dot, in: text)
    if text.has(Array("www.".utf8), at: start) || text.has(Array("http".utf8), at: start) {
      return true
    }
    let first = text.value(at: behind)
    if ScalarClass.isLatin(first), ScalarClass.isBengali(text.value(before: dot)) {
      return next.count <= 5 && first >= 0x61 && first <= 0x7A
    }
    if lexicon.isNoun(.addressEnding, next, in: text) { return true }
    guard hasDanda, lexicon.isNoun(.ambiguousEnding, next, in: text) else { return false }
    return !lexicon.isPredicate(text.word(before: dot), in: text)
  }

  /// Where the run of letters, digits and dots begins that ends before `index`; not far.
  private func token(before index: Int, in text: Span<UInt8>) -> Int {
    var start = index
    while let read = text.scalar(before: start), index - start < 200,
      ScalarClass.isWord(read.value) || ScalarClass.isDigit(read.value) || read.value == 0x2E
        || read.value == 0x2F || read.value == 0x3A || read.value == 0x2D
    {
      start = read.start
    }
    return start
  }

  private func afterBengali(
    _ word: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> SegmentationRule {
    let traits = lexicon.traits(of: word, in: text)
    let length = text.scalarCount(word)
    let isChained = isChained(word, candidate, in: text)
    if isChained, traits.contains(.degreePart) || (hasDanda && length <= 3) { return .abbreviation }
    if traits.contains(.ordinaryWord) { return afterLetter(word, isChained, candidate, in: text) }
    // `রাত ১০টা.`: an article on a figure is no abbreviation where the line has no dandas.
    if !hasDanda, !isChained, ScalarClass.isDigit(text.value(before: word.lowerBound)) {
      return .fullStop
    }
    // One syllable is too short for a last word, unless it is a negation, a verb, a particle.
    if BengaliSyllables.count(word, in: text) == 1,
      traits.isDisjoint(with: [.predicate, .particle])
    {
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

  /// `সে.`, `কে.`, `আর.`: a unit behind a number, an initial before a name, or a word that ends a
  /// sentence.
  private func afterLetter(
    _ word: Range<Int>, _ isChained: Bool, _ candidate: Candidate, in text: Span<UInt8>
  ) -> SegmentationRule {
    let gap = text.skipSpaces(before: word.lowerBound)
    if isChained || gap <= candidate.sentence { return .abbreviation }
    let last = text.value(before: gap)
    if ScalarClass.isDigit(last) || last == 0xB0 || last == 0x2103 { return .abbreviation }
    let before = text.word(before: gap)
    if lexicon.equals("ডিগ্রি", before, in: text) || lexicon.equals("ডিগ্রী", before, in: text) {
      return .abbreviation
    }
    guard !before.isEmpty, !lexicon.isPredicate(before, in: text),
      lexicon.traits(of: before, in: text).isDisjoint(with: [.starter, .person, .demonstrative])
    else { return .fullStop }
    let start = text.skipSpaces(from: candidate.signs.upperBound)
    let next = text.word(from: start)
    let after = lexicon.traits(of: next, in: text)
    // What comes is a name: no pronoun, no verb, and no word that opens a sentence.
    guard !next.isEmpty, start > candidate.signs.upperBound,
      !lexicon.isKnownPredicate(next, in: text),
      after.isDisjoint(with: [.starter, .newClause, .person, .demonstrative])
    else { return .fullStop }
    return .abbreviation
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
}

/// Syllables, roughly.
enum BengaliSyllables {
  /// The letters of `word` that carry a vowel of their own.
  static func count(_ word: Range<Int>, in text: Span<UInt8>) -> Int {
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
}
