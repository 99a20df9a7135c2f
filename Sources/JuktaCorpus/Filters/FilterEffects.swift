/// What each filter would drop of a corpus if it were the only one: sums over all documents, those
/// too that the filters in force drop, the same in whatever order documents come.
///
/// What a filter is given comes from the corpus where it is a name (each warning, each category,
/// each language of a line), and from a fixed ladder where it is a number.
public struct FilterEffects: Sendable, Equatable {
  /// Documents and text.
  public struct Sum: Sendable, Equatable {
    /// Documents.
    public var documents = 0
    /// Bytes of their text, line ends between lines included.
    public var bytes = 0
    /// Lines; told of line filters only.
    public var lines = 0

    static func + (left: Sum, right: Sum) -> Sum {
      Sum(
        documents: left.documents + right.documents, bytes: left.bytes + right.bytes,
        lines: left.lines + right.lines)
    }

    static func - (left: Sum, right: Sum) -> Sum {
      Sum(
        documents: left.documents - right.documents, bytes: left.bytes - right.bytes,
        lines: left.lines - right.lines)
    }
  }

  /// The numbers that thresholds are tried at.
  static let probabilities = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
  static let leastPerplexities: [Double] = [5, 10, 20, 50, 100, 200, 500, 1000, 2000]
  static let greatestPerplexities: [Double] = [500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
  static let lengths = [20, 50, 100, 200, 500, 1000, 2000]

  /// All there is.
  public private(set) var whole = Sum()
  private(set) var withProbability = 0
  private(set) var withPerplexity = 0
  private(set) var withWarnings = 0
  private(set) var withCategories = 0
  /// Documents that say the languages of their lines; its lines are what line filters look at.
  private(set) var withLines = Sum()

  // What is dropped, by the number of the threshold or by the name.
  private(set) var unsure = [Sum](repeating: Sum(), count: probabilities.count)
  private(set) var harmful = [Sum](repeating: Sum(), count: leastPerplexities.count)
  private(set) var perplexing = [Sum](repeating: Sum(), count: greatestPerplexities.count)
  private(set) var short = [Sum](repeating: Sum(), count: lengths.count)
  private(set) var warnings: [String: Sum] = [:]
  private(set) var categories: [String: Sum] = [:]
  // What is kept of documents that say the languages of their lines.
  private(set) var sureLines = [Sum](repeating: Sum(), count: probabilities.count)
  private(set) var lineLanguages: [String: Sum] = [:]

  /// Creates sums over nothing.
  public init() {}

  /// Adds a document.
  /// - Parameters:
  ///   - isContinuation: whether it goes on with the one before: only its bytes are new.
  mutating func add(
    _ record: borrowing CorpusRecord, _ text: ArraySlice<UInt8>, isContinuation: Bool = false
  ) {
    let one = Sum(documents: isContinuation ? 0 : 1, bytes: text.count)
    whole = whole + one
    guard !isContinuation else { return }
    let length = CorpusFilters.characters(text, atMost: Self.lengths.last ?? 0)
    Self.add(one, to: &short, where: Self.lengths.map { length < $0 })
    if let found = record.languageProbability {
      withProbability += 1
      Self.add(one, to: &unsure, where: Self.probabilities.map { found < $0 })
    }
    if let found = record.harmfulPerplexity {
      withPerplexity += 1
      Self.add(one, to: &harmful, where: Self.leastPerplexities.map { found < $0 })
      Self.add(one, to: &perplexing, where: Self.greatestPerplexities.map { found > $0 })
    }
    if let found = record.warnings {
      withWarnings += 1
      for name in Set(found) {
        warnings[name, default: Sum()] = warnings[name, default: Sum()] + one
      }
    }
    if let found = record.categories {
      withCategories += 1
      for name in Set(found) {
        categories[name, default: Sum()] = categories[name, default: Sum()] + one
      }
    }
    if let found = record.lines { addLines(found, text) }
  }

  private static func add(_ one: Sum, to sums: inout [Sum], where isDropped: [Bool]) {
    for (index, drops) in isDropped.enumerated() where drops { sums[index] = sums[index] + one }
  }

  private mutating func addLines(_ languages: [LineLanguage?], _ text: ArraySlice<UInt8>) {
    var byLanguage: [(label: String, kept: KeptLines)] = []
    var byProbability = [KeptLines](repeating: KeptLines(), count: Self.probabilities.count)
    var index = 0
    CorpusFilters.forEachLine(of: text) { line in
      if let language = index < languages.count ? languages[index] : nil {
        if let known = byLanguage.firstIndex(where: { $0.label == language.label }) {
          byLanguage[known].kept.add(line.count)
        } else {
          byLanguage.append((language.label, KeptLines()))
          byLanguage[byLanguage.count - 1].kept.add(line.count)
        }
        for (place, least) in Self.probabilities.enumerated() where language.probability >= least {
          byProbability[place].add(line.count)
        }
      }
      index += 1
    }
    withLines = withLines + Sum(documents: 1, bytes: text.count, lines: index)
    for (label, kept) in byLanguage {
      lineLanguages[label, default: Sum()] = lineLanguages[label, default: Sum()] + kept.sum
    }
    for (place, kept) in byProbability.enumerated() {
      sureLines[place] = sureLines[place] + kept.sum
    }
  }

  /// Lines that stay of one document, joined as filters join them.
  private struct KeptLines {
    var lines = 0
    var bytes = 0

    mutating func add(_ count: Int) {
      bytes += bytes > 0 ? count + 1 : count
      lines += 1
    }

    var sum: Sum { Sum(documents: bytes > 0 ? 1 : 0, bytes: bytes, lines: lines) }
  }

  /// Adds the sums over other documents.
  public mutating func add(_ other: FilterEffects) {
    whole = whole + other.whole
    withProbability += other.withProbability
    withPerplexity += other.withPerplexity
    withWarnings += other.withWarnings
    withCategories += other.withCategories
    withLines = withLines + other.withLines
    unsure = zip(unsure, other.unsure).map(+)
    harmful = zip(harmful, other.harmful).map(+)
    perplexing = zip(perplexing, other.perplexing).map(+)
    short = zip(short, other.short).map(+)
    sureLines = zip(sureLines, other.sureLines).map(+)
    warnings.merge(other.warnings, uniquingKeysWith: +)
    categories.merge(other.categories, uniquingKeysWith: +)
    lineLanguages.merge(other.lineLanguages, uniquingKeysWith: +)
  }
}
