internal import Jukta

/// How a tokenizer does on lines.
public struct LineFigures: Sendable {
  /// The figures that `TokenizerEvaluator` counts.
  public let evaluation: TokenizerEvaluation
  /// Whether training has not seen the lines.
  public let isHeldOut: Bool
  /// Some of the lines, in a fixed order.
  let samples: [String]

  init(_ tokenizer: Tokenizer, _ lines: [[UInt8]], isHeldOut: Bool) throws {
    var evaluator = try TokenizerEvaluator(tokenizer)
    for line in lines { try evaluator.add(line.span) }
    evaluation = evaluator.evaluation
    self.isHeldOut = isHeldOut
    // A line that a reader takes in at a glance.
    let short = lines.filter { (40...360).contains($0.count) }
    samples = (short.isEmpty ? lines : short).prefix(12).map { String(decoding: $0, as: UTF8.self) }
  }

  /// For the recipe.
  var json: JSONValue {
    .object([
      .init("lines", .integer(evaluation.texts)), .init("words", .integer(evaluation.words)),
      .init("tokens_per_word", .number(evaluation.fertility)),
      .init("unknown_tokens", .integer(evaluation.unknownTokens)),
      .init("aksharas_cut", .number(evaluation.cutRate)),
    ])
  }
}
