/// Rule 14: the name of one who speaks, with a danda behind it, stays with the speech.
///
/// That a sentence of one word is such a name shows in what comes: it asks, calls, says "you" or "I".
/// Where one speaker of a line has been seen, the others need show nothing.
struct SpeakerRules {
  let lexicon: Lexicon
  /// In bytes: how far a speech is read.
  private static let reach = 240

  /// Whether the candidate's sentence is the name of a speaker.
  func isSpeaker(_ candidate: Candidate, isKnown: Bool, in text: Span<UInt8>) -> Bool {
    guard candidate.first == 0x964, candidate.isSingle, candidate.end == candidate.signs.upperBound
    else { return false }
    let name = text.word(from: candidate.sentence)
    let start = text.skipSpaces(from: candidate.end)
    guard !name.isEmpty, name.upperBound == candidate.signs.lowerBound, start > candidate.end,
      start < text.count, text.scalarCount(name) > 1, !lexicon.isPredicate(name, in: text),
      lexicon.traits(of: name, in: text).isDisjoint(
        with: [.noSpeaker, .starter, .newClause, .person, .demonstrative, .conjunction, .laughter])
    else { return false }
    return isKnown || text[start] == 0x28 || isSpeech(start, in: text)
  }

  private func isSpeech(_ start: Int, in text: Span<UInt8>) -> Bool {
    var index = start
    while index < min(text.count, start + Self.reach) {
      let read = text.scalar(at: index)
      if ScalarClass.isWord(read.value) {
        let word = text.word(from: index)
        if lexicon.traits(of: word, in: text).contains(.person) { return true }
        index = word.upperBound
        continue
      }
      if ScalarClass.isSign(read.value) { return ScalarClass.isQuestionOrExclamation(read.value) }
      index += read.length
    }
    return false
  }
}
