import Jukta
import JuktaCorpus

/// The statistics of a corpus, for reading and for programs.
struct CorpusReport {
  let statistics: CorpusStatistics
  let tally: CorpusTally

  private static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Counts by name, the greatest first, equal ones by name.
  private static func sorted(_ counts: [String: Int]) -> [(name: String, count: Int)] {
    counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  private var sections: [(title: String, counts: [(name: String, count: Int)])] {
    [
      ("layouts, by files", Self.sorted(named(statistics.layouts.mapValues(\.count)))),
      ("characters, by script", Self.sorted(named(statistics.scripts))),
      ("documents, by language", Self.sorted(statistics.languages)),
      ("documents, by probability of the language", probabilities),
      ("documents, by warning", Self.sorted(statistics.warnings)),
      ("documents, by category", Self.sorted(statistics.categories)),
      ("lines, by language", Self.sorted(statistics.lineLanguages)),
      ("dropped documents, by filter", Self.sorted(named(tally.dropped))),
    ]
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

  private var histograms: [(title: String, values: LogHistogram)] {
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
    for (title, counts) in sections where !counts.isEmpty {
      text += "\n\(title)\n"
      let whole = counts.reduce(0) { $0 + $1.count }
      let width = counts.prefix(25).map { grouped($0.count).count }.max() ?? 0
      for (name, count) in counts.prefix(25) {
        let number = grouped(count)
        let padding = String(repeating: " ", count: width - number.count)
        text += "  \(padding)\(number)  \(percent(count, of: whole))  \(name)\n"
      }
      if counts.count > 25 { text += "  … and \(grouped(counts.count - 25)) more\n" }
    }
    return text
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
    let names = [
      "layouts", "scripts", "languages", "language_probabilities", "warnings", "categories",
      "line_languages", "dropped",
    ]
    for (name, section) in zip(names, sections) {
      members.append(.init(name, object(section.counts)))
    }
    return .object(members)
  }
}

extension String {
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "_" : $0 }) }
}
