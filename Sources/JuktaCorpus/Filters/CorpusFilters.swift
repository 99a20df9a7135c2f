/// Which records of an OSCAR dump to keep, by what their metadata say.
///
/// A record without a field that a filter asks for passes that filter: OSCAR 2019 and 21.09 have no
/// metadata, and 22.01 has no `harmful_pp`. `keptCategories` alone asks for a field to be there.
public struct CorpusFilters: Sendable, Equatable {
  /// The least probability of the document's language, 0 to 1.
  public var minimumLanguageProbability: Double?
  /// Annotations (22.01) or quality warnings (23.01), any of which drops a record: `tiny`,
  /// `short_sentences`, `header`, `footer`, `noisy` …
  public var droppedWarnings: Set<String> = []
  /// The least perplexity under a model of harmful text; records below are likely harmful.
  public var minimumHarmfulPerplexity: Double?
  /// The greatest such perplexity; records above are often no natural text.
  public var maximumHarmfulPerplexity: Double?
  /// The language that a line must be identified as, or it is left out of its record.
  public var lineLanguage: String?
  /// The least probability of a line's language; lines without one are left out.
  public var minimumLineProbability: Double?
  /// Categories, any of which drops a record.
  public var droppedCategories: Set<String> = []
  /// Categories, one of which a record must have.
  public var keptCategories: Set<String> = []
  /// The least length in Unicode scalars of what the other filters leave.
  public var minimumCharacters: Int?

  /// Creates filters that keep everything.
  public init() {}

  /// A reason to drop a record or a line, under the name of the option that asks for it.
  public enum Reason: String, Sendable, CaseIterable, Comparable {
    /// The document's language is not sure enough.
    case languageProbability = "min-language-prob"
    /// A warning that drops.
    case warnings = "drop-warnings"
    /// Likely harmful.
    case tooHarmful = "min-harmful-pp"
    /// Unlike natural text.
    case tooPerplexing = "max-harmful-pp"
    /// A category that drops.
    case droppedCategory = "drop-categories"
    /// None of the categories to keep.
    case keptCategory = "keep-categories"
    /// No line was left.
    case noLines = "no-lines-left"
    /// Too short.
    case length = "min-chars"

    /// By name.
    public static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
  }

  /// Why a record is dropped; nil where it stays.
  func reason(toDrop record: borrowing CorpusRecord) -> Reason? {
    if let minimum = minimumLanguageProbability, let found = record.languageProbability,
      found < minimum
    {
      return .languageProbability
    }
    if !droppedWarnings.isEmpty, record.warnings?.contains(where: droppedWarnings.contains) == true
    {
      return .warnings
    }
    if let found = record.harmfulPerplexity {
      if let minimum = minimumHarmfulPerplexity, found < minimum { return .tooHarmful }
      if let maximum = maximumHarmfulPerplexity, found > maximum { return .tooPerplexing }
    }
    if let categories = record.categories {
      if categories.contains(where: droppedCategories.contains) { return .droppedCategory }
      if !keptCategories.isEmpty, !categories.contains(where: keptCategories.contains) {
        return .keptCategory
      }
    } else if !keptCategories.isEmpty {
      return .keptCategory
    }
    return nil
  }

  /// Calls `body` with each filter that asks for what a record does not have.
  func forEachIdle(on record: borrowing CorpusRecord, _ body: (Reason) -> Void) {
    if minimumLanguageProbability != nil, record.languageProbability == nil {
      body(.languageProbability)
    }
    if !droppedWarnings.isEmpty, record.warnings == nil { body(.warnings) }
    if record.harmfulPerplexity == nil {
      if minimumHarmfulPerplexity != nil { body(.tooHarmful) }
      if maximumHarmfulPerplexity != nil { body(.tooPerplexing) }
    }
    if record.categories == nil {
      if !droppedCategories.isEmpty { body(.droppedCategory) }
      if !keptCategories.isEmpty { body(.keptCategory) }
    }
    if looksAtLines, record.lines == nil { body(.noLines) }
  }

  /// Whether a filter asks for metadata.
  var looksAtMetadata: Bool {
    var onlyText = CorpusFilters()
    onlyText.minimumCharacters = minimumCharacters
    return self != onlyText
  }

  /// Whether a text is long enough.
  func keepsLength(of text: ArraySlice<UInt8>) -> Bool {
    guard let minimumCharacters else { return true }
    return Self.characters(text, atMost: minimumCharacters) >= minimumCharacters
  }

  /// The Unicode scalars of UTF-8, counted up to a limit.
  static func characters(_ text: ArraySlice<UInt8>, atMost limit: Int) -> Int {
    // A scalar has four bytes at most: long texts need no count.
    guard text.count / 4 < limit else { return limit }
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return min(count, limit)
  }

  /// Calls `body` with each line, blank ones too.
  static func forEachLine(of text: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var start = text.startIndex
    while let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
      body(text[start..<end])
      start = end + 1
    }
    body(text[start...])
  }

  /// Whether lines are looked at one by one.
  var looksAtLines: Bool { lineLanguage != nil || minimumLineProbability != nil }

  /// Whether a line stays.
  func keeps(_ line: LineLanguage?) -> Bool {
    guard let line else { return false }
    if let lineLanguage, line.label != lineLanguage { return false }
    if let minimum = minimumLineProbability, line.probability < minimum { return false }
    return true
  }
}
