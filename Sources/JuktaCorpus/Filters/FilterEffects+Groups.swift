extension FilterEffects {
  /// What one filter would drop, at each value that it could be given.
  public struct Group: Sendable, Equatable {
    /// The filter, by the name of the option that asks for it.
    public let option: String
    /// The metadata that it looks at; nil where it looks at the text.
    public let metadata: String?
    /// The documents that have them. The others pass, but for `keep-categories`.
    public let documentsWithMetadata: Int
    /// Whether it takes lines out of documents.
    public let isAboutLines: Bool
    /// The values: thresholds from the least on, names by the documents they drop.
    public let rows: [Row]
  }

  /// A value of a filter and what it would drop.
  public struct Row: Sendable, Equatable {
    /// As the option takes it.
    public let value: String
    /// What goes.
    public let dropped: Sum
  }

  /// All filters, in the order in which they act.
  public var groups: [Group] {
    [
      Group(
        option: "min-language-prob", metadata: "the probability of the language",
        documentsWithMetadata: withProbability, isAboutLines: false,
        rows: Self.rows(Self.probabilities.map(\.description), unsure)),
      Group(
        option: "drop-warnings", metadata: "quality warnings", documentsWithMetadata: withWarnings,
        isAboutLines: false, rows: Self.rows(warnings)),
      Group(
        option: "min-harmful-pp", metadata: "harmful_pp", documentsWithMetadata: withPerplexity,
        isAboutLines: false, rows: Self.rows(Self.leastPerplexities.map(Self.whole), harmful)),
      Group(
        option: "max-harmful-pp", metadata: "harmful_pp", documentsWithMetadata: withPerplexity,
        isAboutLines: false, rows: Self.rows(Self.greatestPerplexities.map(Self.whole), perplexing)),
      Group(
        option: "drop-categories", metadata: "categories", documentsWithMetadata: withCategories,
        isAboutLines: false, rows: Self.rows(categories)),
      Group(
        option: "keep-categories", metadata: "categories", documentsWithMetadata: withCategories,
        isAboutLines: false,
        rows: Self.rows(categories.mapValues { whole - $0 })),
      Group(
        option: "line-language", metadata: "the languages of lines",
        documentsWithMetadata: withLines.documents, isAboutLines: true,
        rows: Self.rows(lineLanguages.mapValues { withLines - $0 })),
      Group(
        option: "min-line-prob", metadata: "the languages of lines",
        documentsWithMetadata: withLines.documents, isAboutLines: true,
        rows: Self.rows(Self.probabilities.map(\.description), sureLines.map { withLines - $0 })),
      Group(
        option: "min-chars", metadata: nil, documentsWithMetadata: whole.documents,
        isAboutLines: false, rows: Self.rows(Self.lengths.map(\.description), short)),
    ]
  }

  private static func whole(_ number: Double) -> String { Int(number).description }

  private static func rows(_ values: [String], _ sums: [Sum]) -> [Row] {
    zip(values, sums).map(Row.init)
  }

  /// By the documents that go, then by the bytes, then by the name's bytes: the same on every run.
  private static func rows(_ sums: [String: Sum]) -> [Row] {
    sums.map(Row.init).sorted { left, right in
      let (one, other) = (left.dropped, right.dropped)
      if one.documents != other.documents { return one.documents > other.documents }
      if one.bytes != other.bytes { return one.bytes > other.bytes }
      return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
    }
  }
}
