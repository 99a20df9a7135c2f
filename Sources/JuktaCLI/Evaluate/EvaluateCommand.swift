import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining
import Synchronization

/// `jukta evaluate`: how tokenizers do on the same lines.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare tokenizers on text, one text a line.",
    discussion: """
      Example:
        jukta evaluate -m bn-32k -m bn-8k heldout.txt --format html -o report.html

      tokens/word: words stand between white space. chars/token: Unicode scalars \
      of the text.

      bits/char: minus log2 of the segmentation's probability over the scalars of \
      the normalised text, the model's probabilities scaled to add up to one; only \
      for models that have them. A character said in bytes costs what an unknown \
      one does.

      aksharas cut: the share of aksharas with a token boundary inside. dangling: \
      the share of pieces that start with a sign that needs a letter before it, or, \
      of byte-level models, inside a character.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Option(
    name: [.customShort("m"), .long],
    help: "A folder, a tokenizer.json or a .model; may be given several times.")
  var model: [String]
  @Option(help: "What to write: text, json or html.")
  var format = Format.text
  @OptionGroup var lines: LineOptions

  func validate() throws {
    if model.isEmpty { throw ValidationError("name a model with -m.") }
  }

  func run() throws {
    var output = try Output.open(lines.output)
    let models = try model.map { InspectionModel(name: $0, tokenizer: try loadTokenizer($0)) }
    let totals = try Self.evaluate(models.map(\.tokenizer), lines.pipeline)
    let reports = zip(models, totals).map { model, total in
      ModelReport(title: model.title, path: model.name, tokenizer: model.tokenizer, figures: total)
    }
    switch format {
    case .text: try output.write(ModelReport.text(reports))
    case .json: try output.write { $0.append(JSONWriter.document(ModelReport.json(reports)).span) }
    case .html: try output.write(EvaluationHTML.page(reports))
    }
    try output.finish()
  }

  /// The figures of each tokenizer over all lines.
  static func evaluate(
    _ tokenizers: [Tokenizer], _ pipeline: LinePipeline
  ) throws -> [TokenizerEvaluation] {
    // A model after the other would read the text again, which standard input does not allow.
    let totals = Mutex([TokenizerEvaluation](repeating: .init(), count: tokenizers.count))
    try pipeline.run(to: try Output.open("/dev/null")) {
      try EvaluationWorker(tokenizers) { figures in
        totals.withLock { totals in
          for (index, part) in figures.enumerated() { totals[index].merge(part) }
        }
      }
    }
    return totals.withLock { $0 }
  }
}

/// Counts lines for all models on one thread, and hands the figures over at its end.
private struct EvaluationWorker: ~Copyable, LineWorker {
  private let evaluators: [EvaluatorBox]
  private let deliver: ([TokenizerEvaluation]) -> Void

  /// Evaluators can't be copied, and arrays hold what can.
  private final class EvaluatorBox {
    var evaluator: TokenizerEvaluator
    init(_ evaluator: consuming TokenizerEvaluator) { self.evaluator = evaluator }
  }

  init(
    _ tokenizers: [Tokenizer], deliver: @escaping ([TokenizerEvaluation]) -> Void
  ) throws {
    evaluators = try tokenizers.map { EvaluatorBox(try TokenizerEvaluator($0)) }
    self.deliver = deliver
  }

  deinit { deliver(evaluators.map { $0.evaluator.evaluation }) }

  func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    for box in evaluators { try box.evaluator.add(line) }
  }
}
