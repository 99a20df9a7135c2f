/// What a corpus holds: sums over its documents, the same in whatever order they come.
public struct CorpusStatistics: Sendable, Equatable {
  /// Documents.
  public private(set) var documents = 0
  /// Lines that are not blank.
  public private(set) var lines = 0
  /// Words: stretches without white space (ASCII's).
  public private(set) var words = 0
  /// Bytes of UTF-8.
  public private(set) var bytes = 0
  /// Unicode scalars by script.
  public private(set) var scripts: [Script: Int] = [:]
  /// Files by layout.
  public private(set) var layouts: [CorpusLayout: Set<String>] = [:]
  /// Documents by language.
  public private(set) var languages: [String: Int] = [:]
  /// Documents by the probability of their language, in tenths: 0 ..< 0.1 first; 1 is in the last.
  public private(set) var languageProbabilities = [Int](repeating: 0, count: 10)
  /// Documents by warning; one may have several.
  public private(set) var warnings: [String: Int] = [:]
  /// Documents by category; one may have several.
  public private(set) var categories: [String: Int] = [:]
  /// Lines by language, `none` for those without one.
  public private(set) var lineLanguages: [String: Int] = [:]
  /// The perplexities under the model of harmful text.
  public private(set) var harmfulPerplexity = LogHistogram()
  /// The lengths of documents in bytes.
  public private(set) var documentBytes = LogHistogram()

  /// Creates sums over nothing.
  public init() {}

  /// Unicode scalars in all.
  public var scalars: Int { scripts.values.reduce(0, +) }

  /// Adds the documents of a batch.
  public mutating func add(_ batch: borrowing CorpusBatch) {
    layouts[batch.layout, default: []].insert(batch.file)
    for document in batch.documents {
      if !document.isContinuation { documents += 1 }
      bytes += document.range.count
      documentBytes.add(Double(document.range.count))
      addText(batch.bytes, document.range)
      add(document.record)
    }
  }

  private mutating func add(_ record: CorpusRecord) {
    if let language = record.language { languages[language, default: 0] += 1 }
    if let probability = record.languageProbability {
      languageProbabilities[Int(min(9, max(0, probability * 10)))] += 1
    }
    for warning in Set(record.warnings ?? []) { warnings[warning, default: 0] += 1 }
    for category in Set(record.categories ?? []) { categories[category, default: 0] += 1 }
    for line in record.lines ?? [] { lineLanguages[line?.label ?? "none", default: 0] += 1 }
    if let perplexity = record.harmfulPerplexity { harmfulPerplexity.add(perplexity) }
  }

  private mutating func addText(_ bytes: [UInt8], _ range: Range<Int>) {
    var counts = [Int](repeating: 0, count: Script.allCases.count)
    var isInWord = false
    var hasText = false
    var position = range.lowerBound
    while position < range.upperBound {
      let lead = bytes[position]
      let (scalar, length) = Self.scalar(bytes, position, lead)
      counts[Script.index(of: scalar)] += 1
      let isSpace = lead == 0x20 || (lead >= 0x09 && lead <= 0x0D)
      if !isSpace {
        if !isInWord { words += 1 }
        hasText = true
      }
      isInWord = !isSpace
      if lead == 0x0A {
        if hasText { lines += 1 }
        hasText = false
      }
      position += length
    }
    if hasText { lines += 1 }
    for (script, count) in zip(Script.allCases, counts) where count > 0 {
      scripts[script, default: 0] += count
    }
  }

  /// The scalar at a place of UTF-8 that reading has checked.
  private static func scalar(_ bytes: [UInt8], _ position: Int, _ lead: UInt8) -> (UInt32, Int) {
    func bits(_ offset: Int) -> UInt32 { UInt32(bytes[position + offset] & 0x3F) }
    switch lead {
    case ..<0x80: return (UInt32(lead), 1)
    case ..<0xE0: return (UInt32(lead & 0x1F) << 6 | bits(1), 2)
    case ..<0xF0: return (UInt32(lead & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
    default:
      return (UInt32(lead & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
    }
  }

  /// Adds the sums over other documents.
  public mutating func add(_ other: CorpusStatistics) {
    documents += other.documents
    lines += other.lines
    words += other.words
    bytes += other.bytes
    scripts.merge(other.scripts, uniquingKeysWith: +)
    layouts.merge(other.layouts) { $0.union($1) }
    languages.merge(other.languages, uniquingKeysWith: +)
    for index in languageProbabilities.indices {
      languageProbabilities[index] += other.languageProbabilities[index]
    }
    warnings.merge(other.warnings, uniquingKeysWith: +)
    categories.merge(other.categories, uniquingKeysWith: +)
    lineLanguages.merge(other.lineLanguages, uniquingKeysWith: +)
    harmfulPerplexity.add(other.harmfulPerplexity)
    documentBytes.add(other.documentBytes)
  }
}

extension CorpusStatistics {
  /// Rough groups of scalars, enough to see what a dump of Bengali is made of.
  public enum Script: String, Sendable, CaseIterable {
    /// The Bengali block, U+0980–09FF, and the dandas U+0964–0965.
    case bengali
    /// Latin letters, those with accents too.
    case latin
    /// The Devanagari block without the dandas.
    case devanagari
    /// Arabic, with its supplements.
    case arabic
    /// ASCII digits.
    case digits
    /// ASCII white space.
    case space
    /// Punctuation and symbols of ASCII, Latin-1 and U+2010–206F.
    case punctuation
    /// ZWJ and ZWNJ.
    case joiners
    /// All else.
    case other

    static func index(of scalar: UInt32) -> Int {
      let script: Script =
        switch scalar {
        case 0x980...0x9FF, 0x964, 0x965: .bengali
        case 0x30...0x39: .digits
        case 0x20, 0x09...0x0D: .space
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: .latin
        case 0x200C, 0x200D: .joiners
        case 0x21...0x7E, 0xA1...0xBF, 0x2010...0x206F: .punctuation
        case 0x900...0x97F: .devanagari
        case 0x600...0x77F: .arabic
        default: .other
        }
      return Self.order[script] ?? 0
    }

    private static let order: [Script: Int] = [Script: Int](
      uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
  }
}
