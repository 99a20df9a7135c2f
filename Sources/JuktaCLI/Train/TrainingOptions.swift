import ArgumentParser
import Jukta
import JuktaTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  @Option(help: "What counting may take, as 512M or 4G; the rarest words go if it is too little.")
  var memory: ByteSize?
  @Option(help: "Accepted for scripts: training draws nothing at random.")
  var seed: UInt64?
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    if let memory, memory.bytes < 16 << 20 {
      throw ValidationError("--memory must be 16M or more.")
    }
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
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let counter = WordCounter(threads: workers, memory: memory?.bytes, temporaryFolder: temporary)
    let corpus = try counter.count(
      source, makeSplitter: { try frontEnd.makeWordSplitter() },
      progress: { _ in
        line.show(source.corpus.bytesRead, what: "counting")
        return .proceed
      })
    line.clear()
    if corpus.droppedWords > 0, !quiet {
      complain(
        "jukta: --memory left no room for \(grouped(corpus.droppedWords)) rare words, "
          + "\(grouped(corpus.droppedOccurrences)) occurrences in all")
    }
    return corpus
  }
}
