/// Rule 2: what follows a quotation that ends with a sign of its own.
struct QuotationRules {
  let lexicon: Lexicon
  /// A reporting clause is short; what is longer is narration.
  private static let longestClause = 10

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// `.reportingClause` or `.quotedName` where the sentence goes on; nil where a new one starts.
  func decide(_ candidate: Candidate, in text: Span<UInt8>) -> SegmentationRule? {
    var start = text.skipSpaces(from: candidate.end)
    if isChained(from: candidate.end, in: text) { return .quotedName }
    while start < text.count, ScalarClass.isDash(text.value(at: start)) {
      start = text.skipSpaces(from: start + text.scalar(at: start).length)
    }
    let first = text.word(from: start)
    guard !first.isEmpty else { return nil }
    let traits = lexicon.traits(of: first, in: text)
    if traits.contains(.goesOn) { return .quotedName }
    if traits.contains(.conjunction),
      ScalarClass.isQuote(text.value(at: text.skipSpaces(from: first.upperBound)))
    {
      return .quotedName
    }
    if traits.contains(.sayingVerb) {
      return clause(from: start, in: text).opensQuotation ? nil : .reportingClause
    }
    if traits.contains(.newClause) { return nil }
    if traits.contains(.demonstrative) {
      return takesUp(from: first.upperBound, in: text) ? .quotedName : nil
    }
    let clause = clause(from: start, in: text)
    return clause.saysSomething && !clause.opensQuotation ? .reportingClause : nil
  }

  /// `“যাব” — “কোথায়?” — “জানি না”`: quotations that a dash between spaces joins.
  private func isChained(from index: Int, in text: Span<UInt8>) -> Bool {
    let dash = text.skipSpaces(from: index)
    guard dash > index, ScalarClass.isDash(text.value(at: dash)) else { return false }
    let behind = dash + text.scalar(at: dash).length
    let quote = text.skipSpaces(from: behind)
    return quote > behind && ScalarClass.isQuote(text.value(at: quote))
  }

  /// `এই প্রশ্নের উত্তর`, `এই কথা বলে`: the quotation is taken up; `এই কথা শুনে` is narration.
  private func takesUp(from index: Int, in text: Span<UInt8>) -> Bool {
    let noun = text.word(from: text.skipSpaces(from: index))
    guard lexicon.traits(of: noun, in: text).contains(.goesOn) else { return false }
    let verb = text.word(from: text.skipSpaces(from: noun.upperBound))
    let isHearing = text.has(Array("শুন".utf8), at: verb.lowerBound)
    return !isHearing
  }

  /// The clause that starts at `index`.
  private func clause(
    from index: Int, in text: Span<UInt8>
  ) -> (saysSomething: Bool, opensQuotation: Bool) {
    var index = index
    var words = 0
    var says = false
    var noun = 0
    var last: UInt32 = 0
    while index < text.count, words <= Self.longestClause {
      let read = text.scalar(at: index)
      if ScalarClass.isWord(read.value) {
        let word = text.word(from: index)
        words += 1
        let traits = lexicon.traits(of: word, in: text)
        if traits.contains(.sayingVerb) {
          says = true
          let after = text.value(at: text.skipSpaces(from: word.upperBound))
          // `তিনি আরো বলেন, …` brings the next speech in.
          if after == 0x2C || after == 0x3A { return (says, true) }
        }
        if traits.contains(.sayingNoun) { noun = words }
        index = word.upperBound
        last = text.value(before: index)
        continue
      }
      if ScalarClass.isSign(read.value) { break }
      let isQuote =
        ScalarClass.isDoubleQuote(read.value)
        || (ScalarClass.isSingleQuote(read.value) && !ScalarClass.isWord(last))
      if isQuote {
        let opens = last == 0x2C || last == 0x3A || last == 0x983 || ScalarClass.isDash(last)
        return (says, opens)
      }
      if !ScalarClass.isSpace(read.value) { last = read.value }
      index += read.length
    }
    guard words <= Self.longestClause else { return (false, false) }
    return (says || noun > 0, false)
  }
}
