/// What the metadata of an OSCAR record say; nil for what it does not have.
public struct CorpusRecord: Sendable, Equatable {
  /// The language of the document, as its identifier names it.
  public var language: String?
  /// How sure the identifier is, 0 to 1.
  public var languageProbability: Double?
  /// The perplexity under a model of harmful text (23.01).
  public var harmfulPerplexity: Double?
  /// Annotations (22.01) or quality warnings (23.01).
  public var warnings: [String]?
  /// Categories, from lists of addresses.
  public var categories: [String]?
  /// The languages of the lines, in order; nil inside for a line without one.
  public var lines: [LineLanguage?]?
}

/// The language of a line.
public struct LineLanguage: Sendable, Equatable {
  /// As its identifier names it.
  public let label: String
  /// How sure the identifier is, 0 to 1.
  public let probability: Double
}
