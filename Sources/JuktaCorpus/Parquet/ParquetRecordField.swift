/// A column that metadata come from, under any of the names that corpora give it.
final class ParquetRecordField {
  /// What a column says of a row.
  enum Role: CaseIterable {
    case language, probability, harmfulPerplexity, warnings, categories, lineLabels,
      lineProbabilities

    /// The names, the most telling first: OSCAR's as its site and as the hub give it, then FineWeb's
    /// and HPLT's.
    var names: [String] {
      let inside: [String]
      var outside: [String] = []
      switch self {
      case .language:
        inside = ["identification.label"]
        outside = ["language", "lang"]
      case .probability:
        inside = ["identification.prob"]
        outside = ["language_score", "prob"]
      case .harmfulPerplexity: inside = ["harmful_pp"]
      case .warnings: inside = ["quality_warnings", "annotation", "annotations"]
      case .categories: inside = ["categories"]
      case .lineLabels: inside = ["sentence_identifications.label", "line_identifications.label"]
      case .lineProbabilities:
        inside = ["sentence_identifications.prob", "line_identifications.prob"]
      }
      return inside.flatMap { ["metadata.\($0)", "meta.\($0)"] } + outside
    }

    func fits(_ leaf: ParquetLeaf) -> Bool {
      switch self {
      case .language, .warnings, .categories, .lineLabels:
        return leaf.physical == .bytes && !leaf.isForeign
      case .probability, .harmfulPerplexity, .lineProbabilities:
        return [.float, .double, .int32, .int64].contains(leaf.physical)
      }
    }
  }

  /// The languages of lines, which lie in two columns.
  struct Lines {
    var labels: [String?]?
    var probabilities: [Double?] = []

    var languages: [LineLanguage?]? {
      labels?.enumerated().map { index, label in
        label.map {
          let known = index < probabilities.count ? probabilities[index] : nil
          return LineLanguage(label: $0, probability: known ?? 0)
        }
      }
    }
  }

  let role: Role
  let column: ParquetColumn
  /// Whether the column stands at the first slot of the next row already.
  private var isAhead = false

  private init(_ role: Role, _ column: ParquetColumn) {
    self.role = role
    self.column = column
  }

  /// The fields that a file has.
  static func all(
    in file: ParquetFile, _ leaves: [ParquetLeaf], limit: Int
  ) -> [ParquetRecordField] {
    Role.allCases.compactMap { role in
      for name in role.names {
        if let leaf = leaves.first(where: { $0.name == name && role.fits($0) }) {
          return ParquetRecordField(role, ParquetColumn(file, leaf, limit: limit))
        }
      }
      return nil
    }
  }

  func begin(_ chunk: ParquetFooter.Chunk) throws(ParquetFault) {
    isAhead = false
    try column.begin(chunk)
  }

  /// Reads what the column says of the next row.
  func read(into record: inout CorpusRecord, _ lines: inout Lines) throws(ParquetFault) {
    var texts: [String?] = []
    var numbers: [Double?] = []
    let isThere = try forEachItem { column in
      if column.leaf.physical == .bytes {
        texts.append(column.isPresent ? String(decoding: column.text, as: UTF8.self) : nil)
      } else {
        numbers.append(column.isPresent ? column.number : nil)
      }
    }
    guard isThere else { return }
    switch role {
    case .language: record.language = texts.first ?? nil
    case .probability: record.languageProbability = numbers.first ?? nil
    case .harmfulPerplexity: record.harmfulPerplexity = numbers.first ?? nil
    case .warnings: record.warnings = texts.compactMap { $0 }
    case .categories: record.categories = texts.compactMap { $0 }
    case .lineLabels: lines.labels = texts
    case .lineProbabilities: lines.probabilities = numbers
    }
  }

  /// Calls `body` with the column at each item of the row.
  /// - Returns: whether the row has a value or a list at all, be it empty.
  private func forEachItem(_ body: (ParquetColumn) -> Void) throws(ParquetFault) -> Bool {
    if !isAhead {
      guard try column.advance() else { throw .broken("fewer values than rows") }
    }
    isAhead = false
    guard column.repetition == 0 else { throw .broken("a row that begins inside a list") }
    let leaf = column.leaf
    let isThere =
      leaf.maxRepetition == 0 ? column.isPresent : column.definition >= leaf.itemDefinition - 1
    while true {
      if column.definition >= leaf.itemDefinition { body(column) }
      guard leaf.maxRepetition > 0, try column.advance() else { return isThere }
      if column.repetition == 0 {
        isAhead = true
        return isThere
      }
    }
  }
}
