public import Jukta

/// The texts of a source that are to be counted: not too long, and drawn where that is asked for.
public struct ChosenTexts: Sendable {
  private let limited: LimitedDocuments?
  private let sampled: SampledDocuments?
  /// Where they come from.
  public let source: any DocumentSource

  /// - Parameters:
  ///   - longest: The most bytes that a text may have; nil for any number.
  ///   - sample: How many are drawn, and by which seed; nil for all.
  public init(
    of source: any DocumentSource, longest: Int?, sample: TrainingJob.Sample?
  ) {
    limited = longest.map { LimitedDocuments(source, longest: $0) }
    let short: any DocumentSource = limited ?? source
    sampled = sample.map { SampledDocuments(short, limit: $0.count, seed: $0.seed) }
    self.source = sampled ?? short
  }

  /// Texts that were too long.
  public var leftOut: LimitedDocuments.Tally { limited?.leftOut ?? .init() }

  /// How many texts were drawn from; nil where all are counted.
  public var drawnFrom: Int? { sampled?.seen }
}
