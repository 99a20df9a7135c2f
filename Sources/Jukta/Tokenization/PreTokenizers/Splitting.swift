/// Cutting a text into words, the plain way: each pre-tokenizer over the words that the one before
/// left. The fused scan (`WordScan`) is measured against it.
///
/// A word is a `ScalarText` whose ranges count bytes of the normalised text.
struct PlainSplitting {
  let stages: [PreTokenizer]

  init(_ preTokenizer: PreTokenizer) { stages = preTokenizer.flattened }

  /// Cuts `text`; `isFirst` says that it stands at the start of the input.
  func words(of text: ScalarText, isFirst: Bool) -> [ScalarText] {
    var words = text.isEmpty ? [] : [text]
    for stage in stages {
      // What stands at the very start is no matter of the number: a splitter may have dropped text.
      words = words.flatMap { split($0, by: stage, isFirst: isFirst && $0.starts[0] == 0) }
    }
    return words
  }

  private func split(_ word: ScalarText, by stage: PreTokenizer, isFirst: Bool) -> [ScalarText] {
    switch stage {
    case .metaspace(let replacement, let scheme, let splits):
      var marked = word
      marked.map { $0 == 0x20 ? replacement.value : $0 }
      if scheme == .always || (scheme == .first && isFirst), marked.scalars[0] != replacement.value
      {
        Prepend.apply([replacement.value], to: &marked)
      }
      guard splits else { return [marked] }
      return Self.split(marked, .mergedWithNext) { $0 == replacement.value }
    case .digits(let individual):
      return Self.split(
        word, individual ? .isolated : .contiguous, UnicodeProperties.isNumeric)
    case .punctuation(let behavior):
      return Self.split(word, behavior, UnicodeProperties.isPunctuation)
    case .whitespaceSplit:
      return Self.split(word, .removed, UnicodeProperties.isWhitespace)
    case .sequence(let parts):
      return PlainSplitting(.sequence(parts)).words(of: word, isFirst: isFirst)
    }
  }

  /// Cuts at the scalars that `isMatch` accepts.
  static func split(
    _ text: ScalarText, _ behavior: PreTokenizer.SplitBehavior, _ isMatch: (UInt32) -> Bool
  ) -> [ScalarText] {
    var words: [ScalarText] = []
    var word = ScalarText()
    var previousMatched: Bool?
    for index in 0..<text.count {
      let matches = isMatch(text.scalars[index])
      let starts: Bool =
        switch behavior {
        case .removed, .isolated: matches || previousMatched == true
        case .contiguous: previousMatched != nil && matches != previousMatched
        case .mergedWithPrevious: previousMatched == true && !matches || false
        case .mergedWithNext: matches
        }
      // A match joins the item before it only if that is not a match itself.
      let startsAfterMatch = behavior == .mergedWithPrevious && matches && previousMatched == true
      if starts || startsAfterMatch, !word.isEmpty {
        words.append(word)
        word = ScalarText()
      }
      if !(matches && behavior == .removed) {
        word.append(text.scalars[index], like: index, of: text)
      }
      previousMatched = matches
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
