import ArgumentParser
import Jukta
import JuktaTraining

/// What all trainers take: where the text is, where the result goes, and how words are cut.
struct TrainingOptions: ParsableArguments {
  @Argument(help: "Files of text; none or - for standard input.")
  var files: [String] = []
  @Option(name: [.short, .customLong("output")], help: "The folder to write.")
  var output: String
  @Option(help: "A normaliser by name: \(Normalizer.presetNames.joined(separator: ", ")).")
  var preset = "bengali"
  @Option(help: "Workers (default: one a core). The result does not depend on it.")
  var threads: Int?
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    guard workers >= 1 else { throw ValidationError("--threads must be 1 or more.") }
    guard Normalizer.presetNames.contains(preset) else {
      throw ValidationError(
        "no preset is named '\(preset)': choose one of \(Normalizer.presetNames.joined(separator: ", "))."
      )
    }
  }

  /// The folder of each size: `output` itself where there is one size only.
  func folders(_ sizes: VocabularySizes) -> [String] {
    sizes.sizes.map { sizes.sizes.count == 1 ? output : "\(output)/\($0)" }
  }

  /// Counts the words of a source, showing how far it is.
  func count(
    _ source: CorpusSource, _ frontEnd: TextFrontEnd, _ line: ProgressLine
  ) throws -> CountedCorpus {
    let corpus = try WordCounter(threads: workers).count(
      source, makeSplitter: { try frontEnd.makeWordSplitter() },
      progress: { _ in
        line.show(source.corpus.bytesRead, what: "counting")
        return .proceed
      })
    line.clear()
    return corpus
  }
}
