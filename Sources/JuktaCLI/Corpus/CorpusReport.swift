import Jukta
import JuktaCorpus

/// The statistics of a corpus, for reading and for programs.
struct CorpusReport {
  let statistics: CorpusStatistics
  let tally: CorpusTally
  let filters: FilterTable

  private static let rows = 25
  static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Counts by name, the greatest first, equal ones by name.
  private static func sorted(_ counts: [String: Int]) -> [(name: String, count: Int)] {
    counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  /// Counts with what they are shares of; nil for their sum.
  struct Section {
    let title: String
    let name: String
    let counts: [(name: String, count: Int)]
    var whole: Int?
  }

  var sections: [Section] {
    let kept = statistics.documents
    return [
      Section(
        title: "characters, by script", name: "scripts",
        counts: Self.sorted(named(statistics.scripts))),
      Section(
        title: "documents, by language", name: "languages",
        counts: Self.sorted(statistics.languages), whole: kept),
      Section(
        title: "documents, by probability of the language", name: "language_probabilities",
        counts: probabilities, whole: kept),
      Section(
        title: "documents, by warning", name: "warnings", counts: Self.sorted(statistics.warnings),
        whole: kept),
      Section(
        title: "documents, by category", name: "categories",
        counts: Self.sorted(statistics.categories), whole: kept),
      Section(
        title: "lines, by language", name: "line_languages",
        counts: Self.sorted(statistics.lineLanguages)),
      Section(
        title: "dropped documents, by filter", name: "dropped",
        counts: Self.sorted(named(tally.dropped)), whole: tally.documents),
    ]
  }

  /// Files and their layouts, by name.
  var files: [(file: String, layout: CorpusLayout)] {
    statistics.layouts.flatMap { layout, files in files.map { ($0, layout) } }
      .sorted { ($0.file, $0.layout.rawValue) < ($1.file, $1.layout.rawValue) }
  }

  private func named<Key: RawRepresentable<String>>(_ counts: [Key: Int]) -> [String: Int] {
    [String: Int](uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  private var probabilities: [(name: String, count: Int)] {
    guard statistics.languageProbabilities.contains(where: { $0 > 0 }) else { return [] }
    return statistics.languageProbabilities.enumerated().map { index, count in
      ("\(fixed(Double(index) / 10, 1)) to \(fixed(Double(index + 1) / 10, 1))", count)
    }
  }

  var histograms: [(title: String, values: LogHistogram)] {
    [
      ("bytes a document", statistics.documentBytes),
      ("harmful_pp", statistics.harmfulPerplexity),
    ]
  }

  /// A few tables.
  var text: String {
    var text = """
      documents   \(grouped(statistics.documents)) kept of \(grouped(tally.documents))
      lines       \(grouped(statistics.lines)), left out by line filters \(grouped(tally.droppedLines))
      words       \(grouped(statistics.words))
      characters  \(grouped(statistics.scalars))
      bytes       \(grouped(statistics.bytes))
      broken      \(grouped(tally.bad)) lines, \(grouped(tally.badFiles)) files

      """
    for (title, values) in histograms where values.count > 0 {
      let parts = Self.quantiles.map { share in
        "\(Int(share * 100)) %: \(fixed(values.quantile(share) ?? 0, 0))"
      }
      text += "\n\(title)\n  \(parts.joined(separator: "   "))\n"
    }
    text += "\nfiles, with their layout\n"
    for (file, layout) in files.prefix(Self.rows) {
      let padding = String(repeating: " ", count: 10 - layout.rawValue.count)
      text += "  \(layout.rawValue)\(padding)  \(file)\n"
    }
    if files.count > Self.rows { text += "  … and \(grouped(files.count - Self.rows)) more\n" }
    for section in sections where !section.counts.isEmpty {
      let counts = section.counts
      text += "\n\(section.title)\n"
      let whole = section.whole ?? counts.reduce(0) { $0 + $1.count }
      let width = counts.prefix(Self.rows).map { grouped($0.count).count }.max() ?? 0
      for (name, count) in counts.prefix(Self.rows) {
        let number = grouped(count)
        let padding = String(repeating: " ", count: width - number.count)
        text += "  \(padding)\(number)  \(percent(count, of: whole))  \(name)\n"
      }
      if counts.count > Self.rows { text += "  … and \(grouped(counts.count - Self.rows)) more\n" }
    }
    return text + filters.text
  }

  /// The same, whole.
  var json: JSONValue {
    func object(_ counts: [(name: String, count: Int)]) -> JSONValue {
      .object(counts.map { .init($0.name, .integer($0.count)) })
    }
    var members: [JSONValue.Member] = [
      .init("documents", .integer(tally.documents)), .init("kept", .integer(statistics.documents)),
      .init("lines", .integer(statistics.lines)),
      .init("dropped_lines", .integer(tally.droppedLines)),
      .init("words", .integer(statistics.words)),
      .init("characters", .integer(statistics.scalars)),
      .init("bytes", .integer(statistics.bytes)), .init("bad_lines", .integer(tally.bad)),
      .init("bad_files", .integer(tally.badFiles)),
    ]
    for (title, values) in histograms where values.count > 0 {
      members.append(
        .init(
          title.replacingSpaces,
          .object(
            Self.quantiles.map { share in
              .init("p\(Int(share * 100))", .number(values.quantile(share) ?? 0))
            })))
    }
    members.append(
      .init("files", .object(files.map { .init($0.file, .string($0.layout.rawValue)) })))
    for section in sections { members.append(.init(section.name, object(section.counts))) }
    members.append(.init("filters", filters.json))
    return .object(members)
  }
}

extension String {
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "_" : $0 }) }
}
