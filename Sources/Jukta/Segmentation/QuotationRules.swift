/// Rules 2, 11 and 12: what follows a quotation that ends with a sign of its own.
struct QuotationRules {
  /// What becomes of the sentence behind a quotation.
  enum Answer {
    case goesOn(SegmentationRule)
    case ends
    /// Nothing speaks for either; the signs decide.
    case unknown
  }

  /// What stands before a quotation.
  enum Setting {
    /// Nothing of its sentence.
    case first
    /// A clause that announces it: `সে বলল, `, or a verb of saying alone.
    case announced
    /// The same without a comma: `সে বলে `.
    case announcedLoosely
    /// Words of a sentence whose object or name it is.
    case object
  }

  let lexicon: Lexicon
  private let clauses: ReportingClause

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    clauses = ReportingClause(lexicon: lexicon)
  }

  /// Whether the sentence goes on behind the quotation that `candidate` closes.
  func decide(_ candidate: Candidate, in text: Span<UInt8>) -> Answer {
    if isChained(from: candidate.end, in: text) { return .goesOn(.quotedName) }
    let setting = setting(of: candidate, in: text)
    if candidate.hasYear {
      return setting == .announced ? .ends : .goesOn(.quotedName)
    }
    guard candidate.closesQuotation else { return .unknown }
    var start = text.skipSpaces(from: candidate.end)
    let dash = start
    while start < text.count, ScalarClass.isDash(text.value(at: start)) {
      start = text.skipSpaces(from: start + text.scalar(at: start).length)
    }
    if start > dash, dash == candidate.end { return .goesOn(.quotedName) }
    if text.value(at: start) == 0x28 { return behindNote(start, setting, in: text) }
    let first = text.word(from: start)
    guard !first.isEmpty else { return setting == .announced ? .ends : .unknown }
    if goesOnAnyway(first, in: text) || isDone(first, in: text) { return .goesOn(.quotedName) }
    switch setting {
    case .announced: return afterAnnounced(first, in: text)
    case .announcedLoosely: return afterLoose(first, candidate, in: text)
    case .object:
      if isObject(first, candidate, in: text) { return .goesOn(.quotedName) }
      return afterPlain(first, candidate, in: text)
    case .first: return afterPlain(first, candidate, in: text)
    }
  }

  /// `কে যাবে?—এই নিয়ে তর্ক চলছে`: no quotation, but a dash right behind the sign, and a word that
  /// takes up what was asked. Behind the heading of a numbered section the dash alone is enough.
  func isTakenUpByDash(_ candidate: Candidate, in text: Span<UInt8>) -> Bool {
    let dash = text.value(at: candidate.end)
    guard ScalarClass.isDash(dash) else { return false }
    let length = text.scalar(at: candidate.end).length
    if candidate.first == 0x964, dash != 0x2D,
      ScalarClass.isDigit(text.value(at: candidate.sentence))
    {
      return true
    }
    let first = text.word(from: candidate.end + length)
    guard !first.isEmpty else { return false }
    if lexicon.traits(of: first, in: text).contains(.demonstrative) {
      return isTakenUp(from: first.upperBound, in: text) || candidate.first != 0x964
    }
    return clauses.reports(from: first.lowerBound, in: text)
  }

  /// Whether the quotation that is open since `start` and closes at `end` is a name, so that signs in
  /// it end nothing: `‘কে? কেন?’ বইটি`.
  func isName(_ start: Int, closedAt end: Int, sentence: Int, in text: Span<UInt8>) -> Bool {
    guard setting(of: start, sentence: sentence, in: text) != .announced else { return false }
    let behind = text.skipSpaces(from: end)
    let first = text.word(from: behind)
    guard !first.isEmpty, behind > end || !ScalarClass.isWord(text.value(at: end)) else {
      return false
    }
    if lexicon.traits(of: first, in: text).contains(.naming) { return true }
    guard isWork(first, in: text) else { return false }
    // `“দাঁড়াও! কোথায় যাও?” চিৎকার করে বলল সে`: two sentences, and who said them.
    return lexicon.equals("রব", first, in: text)
      || !clauses.reports(from: first.lowerBound, in: text)
  }

  // MARK: - What stands before

  private func setting(of candidate: Candidate, in text: Span<UInt8>) -> Setting {
    guard let start = candidate.quoteStart else { return .first }
    return setting(of: start, sentence: candidate.sentence, in: text)
  }

  private func setting(of start: Int, sentence: Int, in text: Span<UInt8>) -> Setting {
    let gap = text.skipSpaces(before: start)
    let last = text.value(before: gap)
    let isMark = last == 0x2C || last == 0x3A || last == 0x983 || ScalarClass.isDash(last)
    guard isMark else {
      let word = text.word(before: gap)
      guard !word.isEmpty else { return .first }
      if says(word, in: text) { return .announcedLoosely }
      guard start > sentence, gap > sentence else { return .first }
      return .object
    }
    guard let mark = text.scalar(before: gap) else { return .first }
    // In a list of names a quote, bracket or figure stands before the comma.
    return ScalarClass.isWord(text.value(before: last == 0x983 ? gap : mark.start))
      ? .announced : .first
  }

  private func says(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    if lexicon.traits(of: word, in: text).contains(.sayingVerb) { return true }
    return lexicon.verb(word, in: text)?.stem.contains(.sayingStem) ?? false
  }

  // MARK: - What follows

  /// Particles and postpositions, and words that make a name of what is before them.
  private func goesOnAnyway(_ first: Range<Int>, in text: Span<UInt8>) -> Bool {
    let traits = lexicon.traits(of: first, in: text)
    guard !traits.isDisjoint(with: [.goesOn, .naming]) else { return false }
    let second = text.word(from: text.skipSpaces(from: first.upperBound))
    // `থেকে থেকে`, now and then; `শুনে` is a sentence of its own where somebody else hears.
    let isDoubled = text.equal(first, second) && !lexicon.equals("শুনে", first, in: text)
    guard !isDoubled else { return false }
    // `দিয়ে গেল`: the verb itself.
    guard
      lexicon.equals("দিয়ে", first, in: text) || lexicon.equals("দিয়ে", first, in: text)
        || lexicon.equals("নিয়ে", first, in: text) || lexicon.equals("নিয়ে", first, in: text)
    else { return true }
    return !lexicon.isPredicate(second, in: text)
  }

  /// `‘যাই যাই!’ করছ কেন`: a form of করা takes the quotation for its object.
  private func isDone(_ first: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard text.has(Array("কর".utf8), at: first.lowerBound) else { return false }
    return lexicon.isPredicate(first, in: text) || lexicon.equals("করে", first, in: text)
      || lexicon.equals("করতে", first, in: text)
  }

  /// `তিনি বললেন, ‘…।’ …`: its clause has been, so what follows is new.
  private func afterAnnounced(_ first: Range<Int>, in text: Span<UInt8>) -> Answer {
    let traits = lexicon.traits(of: first, in: text)
    if traits.contains(.demonstrative), isTakenUp(from: first.upperBound, in: text),
      lexicon.equals("বলে", word(2, from: first, in: text), in: text)
    {
      return .goesOn(.quotedName)
    }
    let isListed =
      traits.contains(.conjunction)
      && ScalarClass.isQuote(text.value(at: text.skipSpaces(from: first.upperBound)))
    return isListed ? .goesOn(.quotedName) : .ends
  }

  /// `সে কখনো বলে ‘হ্যাঁ!’ আর কখনো ‘না!’ বলে`, `লোকে বলে ‘ধন্য!’ এবং হাততালি দেয়`.
  private func afterLoose(
    _ first: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Answer {
    let traits = lexicon.traits(of: first, in: text)
    let isExclamation = ScalarClass.isQuestionOrExclamation(candidate.first)
    if traits.contains(.conjunction) {
      if isQuoteNear(first.upperBound, in: text) { return .goesOn(.quotedName) }
      let joins = lexicon.equals("এবং", first, in: text) || lexicon.equals("ও", first, in: text)
      return joins && isExclamation ? .goesOn(.quotedName) : .ends
    }
    let opposes = isExclamation && lexicon.equals("অথচ", first, in: text)
    return opposes ? .goesOn(.quotedName) : .ends
  }

  /// `তাঁর নতুন ছবি ‘ওরে বাবা!’ মুক্তি পেয়েছে`, `মুখে তার ‘না!’ কিন্তু মনে মনে খুশি`.
  private func isObject(
    _ first: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Bool {
    guard let start = candidate.quoteStart, ScalarClass.isQuestionOrExclamation(candidate.first)
    else { return false }
    let before = text.word(before: text.skipSpaces(before: start))
    guard !lexicon.isPredicate(before, in: text) else { return false }
    let traits = lexicon.traits(of: first, in: text)
    return traits.isDisjoint(with: [.newClause]) || lexicon.equals("কিন্তু", first, in: text)
      || lexicon.equals("অথচ", first, in: text) || lexicon.equals("আর", first, in: text)
  }

  /// A quotation that nothing announces: a clause may report it, or a word take it up.
  private func afterPlain(
    _ first: Range<Int>, _ candidate: Candidate, in text: Span<UInt8>
  ) -> Answer {
    let traits = lexicon.traits(of: first, in: text)
    if traits.contains(.conjunction) {
      let next = text.skipSpaces(from: first.upperBound)
      if isQuoteNear(next, in: text) { return .goesOn(.quotedName) }
      let joins = lexicon.equals("এবং", first, in: text) || lexicon.equals("ও", first, in: text)
      if joins, candidate.first != 0x964 { return .goesOn(.quotedName) }
    }
    if traits.contains(.newClause), !lexicon.equals("হঠাৎ", first, in: text) { return .unknown }
    if clauses.reports(from: first.lowerBound, in: text) { return .goesOn(.reportingClause) }
    if traits.contains(.demonstrative) {
      return isTakenUp(from: first.upperBound, in: text) ? .goesOn(.quotedName) : .unknown
    }
    if isWork(first, in: text), !isFinished(first, in: text),
      !clauses.isDenied(from: first.lowerBound, in: text)
    {
      return .goesOn(.quotedName)
    }
    return isOwned(first, in: text) ? .goesOn(.quotedName) : .unknown
  }

  private func isWork(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    lexicon.isNoun(.work, word, in: text)
  }

  /// `কথা শেষ হতেই`, `গান শুরু হলো`: narration.
  private func isFinished(_ noun: Range<Int>, in text: Span<UInt8>) -> Bool {
    // With an article it is this very song.
    guard lexicon.traits(of: noun, in: text).contains(.work) else { return false }
    let next = word(1, from: noun, in: text)
    return lexicon.equals("শেষ", next, in: text) || lexicon.equals("শুরু", next, in: text)
  }

  /// `তাঁর বিখ্যাত ভাষণ।`, `কবিগুরুর এই পঙ্‌ক্তি সবাই জানে`: somebody's words, and nothing else is said
  /// before them.
  private func isOwned(_ first: Range<Int>, in text: Span<UInt8>) -> Bool {
    let isOne = lexicon.equals("একটি", first, in: text) || lexicon.equals("একটা", first, in: text)
    guard isOne || clauses.isGenitive(first, in: text) else { return false }
    var word = first
    for step in 0..<4 {
      let next = text.word(from: text.skipSpaces(from: word.upperBound))
      guard !next.isEmpty else { return false }
      if isWork(next, in: text) {
        let isDemonstrated = step > 0 && lexicon.traits(of: word, in: text).contains(.demonstrative)
        let ends = ScalarClass.isSign(text.value(at: text.skipSpaces(from: next.upperBound)))
        return isDemonstrated || ends
      }
      // Another case in between makes it a place or another's.
      let last = text.value(before: next.upperBound)
      guard !lexicon.isPredicate(next, in: text), last != 0x9C7, last != 0x9B0 else { return false }
      word = next
    }
    return false
  }

  /// `এই প্রশ্নের উত্তর`, `এই কথা বলে`: the quotation is taken up; `এই কথা শুনে` is narration.
  func isTakenUp(from index: Int, in text: Span<UInt8>) -> Bool {
    let noun = text.word(from: text.skipSpaces(from: index))
    guard isWork(noun, in: text) || lexicon.isNoun(.sayingNoun, noun, in: text) else {
      return lexicon.equals("নিয়ে", noun, in: text) || lexicon.equals("নিয়ে", noun, in: text)
    }
    let verb = text.word(from: text.skipSpaces(from: noun.upperBound))
    return !lexicon.equals("শুনে", verb, in: text) && !lexicon.equals("শুনেই", verb, in: text)
  }

  /// `‘হে নূতন!’ (গান, ১৩৪৮) তিনি`, `‘কে?’ (অনুবাদ) বইটি`: a note behind a name.
  private func behindNote(_ start: Int, _ setting: Setting, in text: Span<UInt8>) -> Answer {
    guard setting != .announced else { return .ends }
    var index = start + 1
    while index < min(text.count, start + 120), text[index] != 0x29 {
      guard !ScalarClass.isSign(text.scalar(at: index).value) || text[index] == 0x2E else {
        return .unknown
      }
      index += text.scalar(at: index).length
    }
    guard index < text.count, text[index] == 0x29 else { return .unknown }
    if text.scalarCount(text.digits(before: index)) == 4 { return .goesOn(.quotedName) }
    let first = text.word(from: text.skipSpaces(from: index + 1))
    return isWork(first, in: text) ? .goesOn(.quotedName) : .unknown
  }

  /// `“যাব” — “কোথায়?” — “জানি না”`: quotations that a dash between spaces joins.
  private func isChained(from index: Int, in text: Span<UInt8>) -> Bool {
    let dash = text.skipSpaces(from: index)
    guard dash > index, ScalarClass.isDash(text.value(at: dash)) else { return false }
    let behind = dash + text.scalar(at: dash).length
    let quote = text.skipSpaces(from: behind)
    return quote > behind && ScalarClass.isQuote(text.value(at: quote))
  }

  /// Whether another quotation opens at `index`, or one or two words behind.
  private func isQuoteNear(_ index: Int, in text: Span<UInt8>) -> Bool {
    var index = text.skipSpaces(from: index)
    for _ in 0..<3 {
      if ScalarClass.isQuote(text.value(at: index)) { return true }
      let word = text.word(from: index)
      guard !word.isEmpty else { return false }
      index = text.skipSpaces(from: word.upperBound)
    }
    return false
  }

  /// The word `count` words behind `word`.
  private func word(_ count: Int, from word: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var word = word
    for _ in 0..<count { word = text.word(from: text.skipSpaces(from: word.upperBound)) }
    return word
  }
}
