/// How a normalised text is cut into the words that a model sees, under tokenizer.json's names.
public indirect enum PreTokenizer: Sendable, Equatable {
  /// When Metaspace puts its marker in front.
  public enum PrependScheme: String, Sendable, Equatable {
    /// In front of every stretch of text.
    case always
    /// Only at the very start of the input.
    case first
    /// Not at all.
    case never
  }

  /// What becomes of the places where a splitter matches.
  public enum SplitBehavior: String, Sendable, Equatable {
    /// They are dropped.
    case removed = "Removed"
    /// Each is a word of its own.
    case isolated = "Isolated"
    /// Each ends the word before it.
    case mergedWithPrevious = "MergedWithPrevious"
    /// Each begins the word after it.
    case mergedWithNext = "MergedWithNext"
    /// Neighbouring ones are one word.
    case contiguous = "Contiguous"
  }

  /// Spaces become `replacement`; with `split`, each begins a new word.
  case metaspace(
    replacement: Unicode.Scalar = "\u{2581}", prependScheme: PrependScheme = .always,
    split: Bool = true)
  /// Numbers (Nd, Nl, No) stand apart, one by one or in runs.
  case digits(individual: Bool)
  /// Punctuation stands apart.
  case punctuation(SplitBehavior = .isolated)
  /// A pattern stands apart, or whatever `behavior` says; with `inverts`, what lies between its
  /// matches does.
  case split(NormalizationStep.Pattern, SplitBehavior, inverts: Bool = false)
  /// Text becomes bytes, each spelled by its character in `ByteAlphabet`. With `addsPrefixSpace`, a
  /// space is put before text that does not begin with one; with `usesRegex`, GPT-2's pattern cuts
  /// first. `trimsOffsets` has no effect here.
  case byteLevel(addsPrefixSpace: Bool = true, trimsOffsets: Bool = true, usesRegex: Bool = true)
  /// White space parts words and goes.
  case whitespaceSplit
  /// Runs of word characters and runs of others are words; white space parts them and goes.
  case whitespace
  /// White space goes, and punctuation stands apart.
  case bert
  /// One character parts words and goes.
  case charDelimiterSplit(Unicode.Scalar)
  /// A word ends where the script changes. Spaces belong to what stands before them, **and go at the
  /// start of a text**; a danda (Common) and a joiner (Inherited) are words of their own.
  case unicodeScripts
  /// Every so many characters are a word.
  case fixedLength(Int)
  /// Several, one after another.
  case sequence([PreTokenizer])

  /// The recipe of sahajBERT, also of the `bengali` preset.
  public static let bengali: PreTokenizer = .sequence([
    .metaspace(), .digits(individual: true), .punctuation(),
  ])

  /// Whether the last step makes bytes of words.
  public var isByteLevel: Bool {
    if case .byteLevel? = flattened.last { true } else { false }
  }

  /// - Throws: `NormalizationError.badPattern` where a pattern does not compile.
  func checkPatterns() throws(NormalizationError) {
    for stage in flattened {
      if case .split(let pattern, _, _) = stage { _ = try PatternSearch(pattern) }
    }
  }

  var flattened: [PreTokenizer] {
    if case .sequence(let parts) = self { parts.flatMap(\.flattened) } else { [self] }
  }
}
