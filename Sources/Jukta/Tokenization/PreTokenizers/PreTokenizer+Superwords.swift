extension PreTokenizer {
  /// The same cuts, but for those between words that a single space parts: what a model with superwords
  /// reads. Nil where this cannot be said: of the pre-tokenizers that training makes, for GPT-2's and
  /// GPT-4's patterns.
  ///
  /// Digits and punctuation stand apart as before, so that nothing is joined across the end of a sentence.
  public var joiningWords: PreTokenizer? {
    switch self {
    case .metaspace(let replacement, let scheme, true):
      return .metaspace(replacement: replacement, prependScheme: scheme, split: false)
    case .split(.regex(SplitPattern.bengali.regex), let behavior, let inverts):
      return .split(
        .regex(SplitPattern.bengaliJoiningWords), behavior, inverts: inverts)
    case .sequence(let parts):
      guard let index = parts.firstIndex(where: { $0.joiningWords != nil }),
        let joined = parts[index].joiningWords
      else { return nil }
      var changed = parts
      changed[index] = joined
      return .sequence(changed)
    default: return nil
    }
  }
}

extension SplitPattern {
  /// The pattern `bengali`, with words joined that a single space parts.
  static let bengaliJoiningWords: String = {
    let letters = #"[\p{L}\p{M}\x{200C}\x{200D}]+"#
    let word = #"|[^\r\n\p{L}\p{M}\p{N}\x{200C}\x{200D}]?"# + letters
    let parts = SplitPattern.bengali.regex.utf8
    let place = parts.firstRange(of: word.utf8)
    guard let place else { return SplitPattern.bengali.regex }
    var pattern = SplitPattern.bengali.regex
    pattern.insert(contentsOf: "(?: " + letters + ")*", at: place.upperBound)
    return pattern
  }()
}

extension TextFrontEnd {
  /// The same, with words joined that a single space parts; nil where the pre-tokenizer cannot say that.
  public var joiningWords: TextFrontEnd? {
    guard normalizer.sentencePiece == nil, let joined = preTokenizer.joiningWords else {
      return nil
    }
    return TextFrontEnd(normalizer: normalizer, preTokenizer: joined, spellsBytes: spellsBytes)
  }
}
