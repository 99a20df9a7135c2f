import ArgumentParser
import JuktaCorpus

/// How to read a corpus and what to keep of it, for all commands that read one.
struct CorpusOptions: ParsableArguments {
  @Option(help: "The layout of all files: lines, paragraphs or jsonl (default: told by each file).")
  var layout: CorpusLayout?
  @Option(
    help: """
      The field of a JSON record, or the column of Parquet, that holds the text; a.b looks inside a \
      (default: content, or text).
      """)
  var field: String?
  @Option(
    help: "The most bytes that a page of Parquet, or the texts in one, may have (default: 1G).")
  var parquetPageLimit: ByteSize?
  @Option(help: "Keep documents whose language is at least this sure, 0 to 1.")
  var minLanguageProb: Double?
  @Option(help: "Drop documents with any of these warnings: tiny,short_sentences,header,noisy …")
  var dropWarnings = ""
  @Option(help: "Keep documents of at least this perplexity under the model of harmful text.")
  var minHarmfulPp: Double?
  @Option(help: "Keep documents of at most this perplexity under the model of harmful text.")
  var maxHarmfulPp: Double?
  @Option(help: "Keep lines of this language only, as bn.")
  var lineLanguage: String?
  @Option(help: "Keep lines whose language is at least this sure, 0 to 1.")
  var minLineProb: Double?
  @Option(help: "Drop documents in any of these categories, separated by commas.")
  var dropCategories = ""
  @Option(help: "Keep only documents in one of these categories, separated by commas.")
  var keepCategories = ""
  @Option(help: "Keep documents of at least so many characters.")
  var minChars: Int?
  @Flag(
    help:
      "Leave broken lines and the rest of broken files out, and say how many, instead of stopping.")
  var skipBad = false

  func validate() throws {
    if let limit = parquetPageLimit, limit.bytes > Int(Int32.max) {
      throw ValidationError("--parquet-page-limit must be below 2G.")
    }
    for (name, value) in [("min-language-prob", minLanguageProb), ("min-line-prob", minLineProb)] {
      if let value, !(0...1).contains(value) {
        throw ValidationError("--\(name) must be between 0 and 1, not \(value).")
      }
    }
    if let minChars, minChars < 0 {
      throw ValidationError("--min-chars must not be negative, as \(minChars) is.")
    }
  }

  /// The options that were given a value of their own.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--layout", layout != nil), ("--field", field != nil),
      ("--parquet-page-limit", parquetPageLimit != nil),
      ("--min-language-prob", minLanguageProb != nil), ("--drop-warnings", !dropWarnings.isEmpty),
      ("--min-harmful-pp", minHarmfulPp != nil), ("--max-harmful-pp", maxHarmfulPp != nil),
      ("--line-language", lineLanguage != nil), ("--min-line-prob", minLineProb != nil),
      ("--drop-categories", !dropCategories.isEmpty),
      ("--keep-categories", !keepCategories.isEmpty), ("--skip-bad", skipBad),
    ]
    return all.filter(\.1).map(\.0)
  }

  var options: Corpus.Options {
    var options = Corpus.Options()
    options.layout = layout
    options.field = field
    if let parquetPageLimit { options.parquetPageLimit = parquetPageLimit.bytes }
    options.skipsBad = skipBad
    options.filters.minimumLanguageProbability = minLanguageProb
    options.filters.droppedWarnings = Self.set(dropWarnings)
    options.filters.minimumHarmfulPerplexity = minHarmfulPp
    options.filters.maximumHarmfulPerplexity = maxHarmfulPp
    options.filters.lineLanguage = lineLanguage
    options.filters.minimumLineProbability = minLineProb
    options.filters.droppedCategories = Self.set(dropCategories)
    options.filters.keptCategories = Self.set(keepCategories)
    options.filters.minimumCharacters = minChars
    return options
  }

  /// Whether nothing was asked for.
  var isDefault: Bool {
    let (options, usual) = (options, Corpus.Options())
    return options.layout == nil && options.field == usual.field && !options.skipsBad
      && options.parquetPageLimit == usual.parquetPageLimit
      && options.filters == usual.filters
  }

  /// Whether nothing was asked for but what says how Parquet is read.
  var isForParquet: Bool {
    var copy = self
    (copy.field, copy.parquetPageLimit) = (nil, nil)
    return copy.isDefault
  }

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(separator: ",").map { $0.trimmingSpaces })
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Tells on standard error which filters had nothing to look at, whether or not anything else is told:
/// whoever asked for them would take the result for filtered.
func warnOfIdleFilters(_ tally: CorpusTally) {
  for filter in tally.idleFilters {
    let name = filter == .noLines ? "line-language and --min-line-prob" : filter.rawValue
    complain(
      "jukta: --\(name) had nothing to look at: none of \(grouped(tally.documents)) documents has "
        + filter.metadata)
  }
}

extension CorpusFilters.Reason {
  /// What the filter looks at.
  fileprivate var metadata: String {
    switch self {
    case .languageProbability: "a probability of its language"
    case .warnings: "quality warnings"
    case .tooHarmful, .tooPerplexing: "a harmful_pp"
    case .droppedCategory, .keptCategory: "categories"
    case .noLines: "languages of its lines"
    case .length: "text"
    }
  }
}

/// Tells on standard error what was left out.
func reportSkipped(_ tally: CorpusTally) {
  let counts = [
    counted(tally.bad, "broken line", "broken lines"),
    counted(tally.badFiles, "broken file", "broken files"),
  ].compactMap { $0 }
  guard !counts.isEmpty else { return }
  complain("jukta: \(counts.joined(separator: " and ")) left out; the first:")
  for error in tally.firstBad { complain("  \(error)") }
}

private func counted(_ count: Int, _ one: String, _ many: String) -> String? {
  count == 0 ? nil : "\(grouped(count)) \(count == 1 ? one : many)"
}
