import ArgumentParser
import Jukta
import JuktaTraining

/// What all trainers take: where the text is, where the result goes, and how words are cut.
struct TrainingOptions: ParsableArguments {
  @OptionGroup var counting: CountingOptions
  @Option(name: [.short, .customLong("output")], help: "The folder to write.")
  var output: String
  @Flag(
    help: """
      FILES are counts, from jukta count or jukta merge; their preset is taken. The result is the one \
      that the text itself gives.
      """)
  var counts = false
  @Flag(
    help: """
      Write spiece.model even where it cannot say all that the preset does; report.html and recipe.json \
      tell what is lost.
      """)
  var lossySpiece = false
  @Option(
    help: """
      Lines that are not trained on, by which report.html measures; may be given several times (default: \
      lines of the training text).
      """)
  var heldOut: [String] = []

  var workers: Int { counting.workers }
  var quiet: Bool { counting.quiet }

  /// Options that say how text is read, or what of it, make no sense where it has been counted.
  func check(_ corpus: CorpusOptions) throws {
    guard output != "-" else {
      throw ValidationError("a training writes a folder, not standard output: name it with -o.")
    }
    guard counts else { return }
    let given = corpus.given + counting.given
    if let first = given.first {
      throw ValidationError(
        "\(first) says how text is read, and with --counts none is: give it to jukta count.")
    }
  }

  /// The folder of each size: `output` itself where there is one size only.
  func folders(_ sizes: [Int]) -> [String] {
    sizes.count < 2 ? [output] : sizes.map { "\(output)/\($0)" }
  }
}
