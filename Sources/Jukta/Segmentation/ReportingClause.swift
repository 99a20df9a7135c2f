/// Rule 11: whether the words behind a quotation say that it was said.
///
/// Read from left to right, once: a finite verb of saying (বলল), a noun of saying with a verb that makes
/// one of it (ধমক দিলেন, চিৎকার করে উঠল), a participle of saying with such a verb (গর্জে উঠলেন), or a noun
/// of saying alone with whose it is (মায়ের প্রশ্ন). A negation right behind makes narration of it.
struct ReportingClause {
  let lexicon: Lexicon
  /// What is longer is narration.
  private static let longest = 11

  /// What has been read of a clause.
  private struct State {
    var words = 0
    /// The word that says, as the how-many-eth; 0 for none.
    var says = 0
    var isDenied = false
    var noun = 0
    var participle = 0
    var link = 0
    /// Any other predicate.
    var predicate = 0
    var lastIsGenitive = false
    var lastIsBareNoun = false
  }

  /// Whether the words from `start` to the next sign or quotation report the one before them.
  func reports(from start: Int, in text: Span<UInt8>) -> Bool {
    var state = State()
    var index = start
    while index < text.count, state.words <= Self.longest {
      let read = text.scalar(at: index)
      if ScalarClass.isWord(read.value) {
        let word = text.word(from: index)
        take(word, &state, in: text)
        index = word.upperBound
        continue
      }
      if ScalarClass.isSign(read.value) { break }
      if read.value == 0x2C || read.value == 0x3A || read.value == 0x983 {
        if state.says > 0 { return !state.isDenied && reportsBeforeComma(state, index, in: text) }
        if read.value == 0x3A { return false }
      }
      if ScalarClass.isQuote(read.value), state.says == 0 { return false }
      if ScalarClass.isQuote(read.value) { return state.says < state.words }
      index += read.length
    }
    guard !state.isDenied else { return false }
    if state.says > 0 { return state.words <= Self.longest }
    return isVerbless(state)
  }

  /// Whether the clause from `start` on ends with a negation: `কথা বলল না কেউ`, `উত্তর নেই`.
  func isDenied(from start: Int, in text: Span<UInt8>) -> Bool {
    var index = start
    var words = 0
    while index < text.count, words <= Self.longest {
      let read = text.scalar(at: index)
      if ScalarClass.isWord(read.value) {
        let word = text.word(from: index)
        words += 1
        if lexicon.traits(of: word, in: text).contains(.negation) {
          let next = text.value(at: text.skipSpaces(from: word.upperBound))
          if words <= 4, !ScalarClass.isWord(next) { return true }
        }
        index = word.upperBound
        continue
      }
      if ScalarClass.isSign(read.value) || read.value == 0x2C { return false }
      index += read.length
    }
    return false
  }

  /// `…-র`: whose.
  func isGenitive(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    word.count >= 9 && text.has([0xE0, 0xA6, 0xB0], at: word.upperBound - 3)
  }

  private func take(_ word: Range<Int>, _ state: inout State, in text: Span<UInt8>) {
    state.words += 1
    let number = state.words
    let traits = lexicon.traits(of: word, in: text)
    let verb = lexicon.verb(word, in: text)
    let stem = verb?.stem ?? []
    state.lastIsGenitive = isGenitive(word, in: text)
    state.lastIsBareNoun = traits.contains(.sayingNoun)
    if traits.contains(.negation) {
      if state.says == number - 1 || state.noun > 0 || state.predicate == number - 1 {
        state.isDenied = state.isDenied || number > 1
      }
      return
    }
    let isLight = traits.contains(.lightVerb) || stem.contains(.lightStem)
    if traits.contains(.sayingVerb) || stem.contains(.sayingStem) {
      state.says = number
      state.isDenied = verb?.isNegated ?? false
    } else if isLight, makesSaying(state, number) {
      state.says = number
      state.isDenied = verb?.isNegated ?? false
    } else if number == 1, stem.contains(.soundingStem), !lexicon.equals("হাসি", word, in: text) {
      state.says = number
    } else if traits.contains(.lightParticiple), state.noun == number - 1, state.noun > 0 {
      state.link = number
      if number <= 3 { state.says = state.says > 0 ? state.says : number }
    } else if verb != nil || !traits.isDisjoint(with: [.predicate, .lightVerb]) {
      state.predicate = number
      if verb?.isNegated == true, state.noun > 0 || state.says > 0 { state.isDenied = true }
    }
    if traits.contains(.sayingNoun) { state.noun = number }
    if traits.contains(.sayingParticiple) { state.participle = number }
  }

  /// Whether a light verb as word `number` makes a verb of saying of what is right before it.
  private func makesSaying(_ state: State, _ number: Int) -> Bool {
    if state.noun > 0, state.noun == number - 1 { return true }
    if state.link > 0, state.link == number - 1 { return true }
    return state.participle > 0 && state.participle == number - 1
  }

  /// `সায় দিলেন কাকা, ‘তবে …’` reports what is before it, the verb standing first; `রহিম বলল, “` what
  /// comes; `তিনি আরও বলেন, …` too.
  private func reportsBeforeComma(_ state: State, _ comma: Int, in text: Span<UInt8>) -> Bool {
    state.says < state.words
      || ScalarClass.isDash(text.value(at: text.skipSpaces(from: comma + 1)))
  }

  /// `রতনের জবাব`, `দাবি মন্ত্রীর`, `সোজা জবাব রতনের`.
  private func isVerbless(_ state: State) -> Bool {
    guard state.noun > 0, state.predicate == 0, state.words <= 6, state.words > 1 else {
      return false
    }
    return state.lastIsBareNoun || (state.lastIsGenitive && state.words - state.noun <= 3)
  }
}
