/// Rule 15: emoji between two full clauses, with no other sign, end the first.
struct PictureRules {
  let lexicon: Lexicon
  private static let reach = 300

  /// Whether the pictures in `range`, in the sentence from `sentence` on, end it.
  func ends(_ range: Range<Int>, sentence: Int, in text: Span<UInt8>) -> Bool {
    let gap = text.skipSpaces(before: range.lowerBound)
    let before = text.word(before: gap)
    let start = text.skipSpaces(from: range.upperBound)
    let first = text.word(from: start)
    guard !before.isEmpty || ScalarClass.isDigit(text.value(before: gap)), gap > sentence,
      before.lowerBound >= sentence, !first.isEmpty
    else { return false }
    let traits = lexicon.traits(of: first, in: text)
    guard traits.isDisjoint(with: [.goesOn, .naming]) else { return false }
    let next = clause(start..<min(text.count, start + Self.reach), in: text)
    let isEnd = isClauseEnd(before, sentence, in: text)
    if traits.contains(.conjunction) {
      // `আর কিনব না`, not any more, begins a sentence; `আর আমি কাঁদছি` goes on.
      return isEnd && next.isNegated
    }
    let isStart = !traits.isDisjoint(with: [.starter, .newClause, .person])
    let last = clause(max(sentence, range.lowerBound - Self.reach)..<range.lowerBound, in: text)
    if last.words < 2 { return isEnd && isStart }
    if last.hasPredicate { return isStart || next.words > 1 }
    if isStart, next.hasPredicate { return true }
    // A nominal clause: its last word is no attribute or object of what follows.
    return next.words > 1 && !hasCase(before, in: text) && !isVerbal(first, in: text)
  }

  /// Whether a word is a finite verb or an infinitive, which takes what is before it for its object.
  private func isVerbal(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    lexicon.isKnownPredicate(word, in: text)
      || text.has(Array("তে".utf8), at: word.upperBound - 6)
  }

  /// Whether a word has an ending of the genitive, objective or locative.
  private func hasCase(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    switch text.value(before: word.upperBound) {
    case 0x9B0, 0x9C7, 0x9DF, 0x9BC: true
    default: false
    }
  }

  private func isClauseEnd(
    _ word: Range<Int>, _ sentence: Int, in text: Span<UInt8>
  ) -> Bool {
    if lexicon.isPredicate(word, in: text) { return true }
    guard lexicon.traits(of: word, in: text).contains(.particle) else { return false }
    let verb = text.word(before: text.skipSpaces(before: word.lowerBound))
    return verb.lowerBound >= sentence && lexicon.isPredicate(verb, in: text)
  }

  /// What is said in `range` up to the first sign or picture.
  private func clause(
    _ range: Range<Int>, in text: Span<UInt8>
  ) -> (words: Int, hasPredicate: Bool, isNegated: Bool) {
    var result = (words: 0, hasPredicate: false, isNegated: false)
    var index = range.lowerBound
    while index < range.upperBound {
      let read = text.scalar(at: index)
      if ScalarClass.isWord(read.value) {
        let word = text.word(from: index)
        result.words += 1
        result.isNegated = lexicon.traits(of: word, in: text).contains(.negation)
        result.hasPredicate =
          result.hasPredicate || result.isNegated || lexicon.isPredicate(word, in: text)
        index = word.upperBound
        continue
      }
      if ScalarClass.isSign(read.value) || ScalarClass.isEmoji(read.value) { break }
      index += read.length
    }
    return result
  }
}
