/// Cutting a text into words, the plain way: each pre-tokenizer over the words that the one before
/// left. It defines what a pre-tokenizer means; `CutProgram` is measured against it.
///
/// A word is a `ScalarText` whose ranges count bytes of the normalised text.
struct PlainSplitting {
  let stages: [PreTokenizer]
  /// The pattern of each stage that has one. A worker's own: an expression is a matcher too.
  private let searches: [PatternSearch?]
  /// Whether the bytes of a last ByteLevel are spelled out. A byte-level model wants them as they
  /// are and spells them itself: spelled, Bengali doubles in size.
  private let spellsBytes: Bool

  /// `preTokenizer.checkPatterns()` has told whether all patterns compile.
  /// - Parameter byICU: whether all patterns are run by ICU.
  init(_ preTokenizer: PreTokenizer, spellsBytes: Bool = false, byICU: Bool = false) {
    self.spellsBytes = spellsBytes
    stages = preTokenizer.flattened
    searches = stages.map { stage in
      switch stage {
      case .split(let pattern, _, _): try? Self.search(pattern, byICU)
      case .byteLevel(_, _, usesRegex: true):
        try? Self.search(.regex(SplitPattern.gpt2.regex), byICU)
      default: nil
      }
    }
  }

  private static func search(
    _ pattern: NormalizationStep.Pattern, _ byICU: Bool
  ) throws(NormalizationError) -> PatternSearch {
    let compiled = try Pattern.compile(pattern)
    return try PatternSearch(byICU ? compiled.byICU : compiled)
  }

  /// Cuts `text`; `isFirst` says that it stands at the start of the input.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func words(of text: ScalarText, isFirst: Bool) throws(NormalizationError) -> [ScalarText] {
    try words(of: text, atStart: isFirst ? 1 : 0)
  }

  /// Cuts `text`, of which the first `atStart` bytes came from the start of the input.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func words(of text: ScalarText, atStart: Int) throws(NormalizationError) -> [ScalarText] {
    var words = text.isEmpty ? [] : [text]
    for (index, (stage, search)) in zip(stages, searches).enumerated() {
      var parts: [ScalarText] = []
      for word in words {
        // What stands at the very start is no matter of the number: a splitter may have dropped text.
        parts += try split(word, by: stage, search, isFirst: Int(word.starts[0]) < atStart)
      }
      words = parts
      if case .byteLevel = stage, spellsBytes || index < stages.count - 1 {
        for place in words.indices { ByteSpelling.apply(to: &words[place]) }
      }
    }
    return words
  }

  private func split(
    _ word: ScalarText, by stage: PreTokenizer, _ search: PatternSearch?, isFirst: Bool
  ) throws(NormalizationError) -> [ScalarText] {
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
    case .split(_, let behavior, let inverts):
      let matches = try search?.matches(in: word.scalars) ?? []
      return Self.split(word, behavior, matches, inverts: inverts)
    case .whitespace: return Self.split(word, byKind: Self.wordKind, dropping: 0)
    case .bert:
      return Self.split(word, .removed, UnicodeProperties.isWhitespace).flatMap {
        Self.split($0, .isolated, UnicodeProperties.isPunctuation)
      }
    case .charDelimiterSplit(let delimiter):
      return Self.split(word, .removed) { $0 == delimiter.value }
    case .unicodeScripts: return Self.splitByScript(word)
    case .fixedLength(let length):
      return stride(from: 0, to: word.count, by: max(length, 1)).map {
        word.slice($0..<min($0 + max(length, 1), word.count))
      }
    case .byteLevel(let addsPrefixSpace, _, _):
      var spaced = word
      if addsPrefixSpace, word.scalars[0] != 0x20 { Prepend.apply([0x20], to: &spaced) }
      guard let search else { return [spaced] }
      let matches = try search.matches(in: spaced.scalars)
      return Self.split(spaced, .isolated, matches, inverts: false)
    case .sequence: return [word]  // Flattened before.
    }
  }

  /// Cuts around matches.
  static func split(
    _ text: ScalarText, _ behavior: PreTokenizer.SplitBehavior, _ matches: [Range<Int>],
    inverts: Bool
  ) -> [ScalarText] {
    var items: [(range: Range<Int>, isMatch: Bool)] = []
    var position = 0
    for match in matches {
      if match.lowerBound > position { items.append((position..<match.lowerBound, inverts)) }
      items.append((match, !inverts))
      position = match.upperBound
    }
    if position < text.count { items.append((position..<text.count, inverts)) }
    return ranges(of: items, behavior).filter { !$0.isEmpty }.map(text.slice)
  }

  private static func ranges(
    of items: [(range: Range<Int>, isMatch: Bool)], _ behavior: PreTokenizer.SplitBehavior
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var previous: Bool?
    func append(_ range: Range<Int>, joining: Bool) {
      if joining, let last = ranges.popLast() {
        ranges.append(
          min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound))
      } else {
        ranges.append(range)
      }
    }
    switch behavior {
    case .removed: return items.filter { !$0.isMatch }.map(\.range)
    case .isolated: return items.map(\.range)
    case .contiguous:
      for item in items {
        append(item.range, joining: item.isMatch == previous)
        previous = item.isMatch
      }
    // A match joins its neighbour only where that is not joined to a match itself.
    case .mergedWithPrevious:
      for item in items {
        append(item.range, joining: item.isMatch && previous != true)
        previous = item.isMatch
      }
    case .mergedWithNext:
      for item in items.reversed() {
        append(item.range, joining: item.isMatch && previous != true)
        previous = item.isMatch
      }
      ranges.reverse()
    }
    return ranges
  }

  /// Cuts at the scalars that `isMatch` accepts.
  static func split(
    _ text: ScalarText, _ behavior: PreTokenizer.SplitBehavior, _ isMatch: (UInt32) -> Bool
  ) -> [ScalarText] {
    var words: [ScalarText] = []
    /// Where the word in the making starts.
    var start = 0
    var previousMatched: Bool?
    for index in 0..<text.count {
      let matches = isMatch(text.scalars[index])
      let starts: Bool =
        switch behavior {
        case .removed, .isolated: matches || previousMatched == true
        case .contiguous: previousMatched != nil && matches != previousMatched
        // A match joins the item before it only if that is not a match itself.
        case .mergedWithPrevious: previousMatched == true
        case .mergedWithNext: matches
        }
      if starts {
        if index > start { words.append(text.slice(start..<index)) }
        start = index
      }
      if matches, behavior == .removed { start = index + 1 }
      previousMatched = matches
    }
    if text.count > start { words.append(text.slice(start..<text.count)) }
    return words
  }
}
