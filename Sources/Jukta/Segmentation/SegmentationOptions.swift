/// How to segment, where not by the default policy.
public struct SegmentationOptions: Sendable, Equatable {
  /// Whether a quotation of several sentences stays whole.
  public var keepsQuotations = false
  /// Whether lines are wrapped: a line end is a space, and only a blank line ends a unit.
  public var isWrapped = false
  /// Abbreviations beyond the built-in ones, without their dot.
  public var abbreviations: [String] = []
  /// The most bytes a sentence may have; longer ones are cut at a space. At least 64.
  public var maximumLength: Int?

  /// The default policy.
  public init() {}
}
