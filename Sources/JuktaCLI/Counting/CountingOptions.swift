import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What all commands take that count words: where the text is, and how much room there is.
struct CountingOptions: ParsableArguments {
  @Argument(help: "Files of text; none or - for standard input.")
  var files: [String] = []
  @Option(
    help: """
      A normaliser by name: \(Normalizer.presetNames.joined(separator: ", ")) (default: \
      \(defaultPreset)).
      """)
  var preset: String?
  @Option(help: "Workers (default: one a core). The result does not depend on it.")
  var threads: Int?
  @Option(
    help: "What counting may take, as 512M or 4G; more goes to disk, in TMPDIR.")
  var memory: ByteSize?
  @Flag(
    help: """
      Each line is a text, a TAB, and how often it counts, as with --input_format tsv of \
      SentencePiece.
      """)
  var weighted = false
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  static let defaultPreset = "bengali"

  var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    if let memory, memory.bytes < 16 << 20 {
      throw ValidationError("--memory must be 16M or more.")
    }
    guard workers >= 1 else { throw ValidationError("--threads must be 1 or more.") }
    if let preset { try Self.check(preset) }
  }

  private static func check(_ preset: String) throws {
    guard Normalizer.presetNames.contains(preset) else {
      throw ValidationError(
        "no preset is named '\(preset)': choose one of \(Normalizer.presetNames.joined(separator: ", "))."
      )
    }
  }

  /// The texts, and how far reading them is.
  func input(_ corpus: CorpusOptions) -> CountingInput {
    if weighted { return .weighted(WeightedLines(files, callers: workers)) }
    return .corpus(CorpusSource(Corpus(files, options: corpus.options, callers: workers)))
  }

  var counter: WordCounter {
    WordCounter(threads: workers, memory: memory?.bytes, temporaryFolder: temporaryFolder())
  }
}

/// Files of counts, to be added; none stands for standard input.
func countMerge(_ files: [String], _ line: ProgressLine) -> CountMerge {
  let progress = MergeProgress(line)
  return CountMerge(
    files: files.isEmpty ? ["-"] : files, temporaryFolder: temporaryFolder()
  ) { path in
    let file = try DecompressedFile(path)
    return try CountFileReader(name: file.name) { bytes in
      let before = file.bytesRead
      defer { progress.add(file.bytesRead - before) }
      return try file.read(into: &bytes)
    }
  }
}

/// Where what memory has no room for goes.
func temporaryFolder() -> String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

/// Texts to be counted.
enum CountingInput {
  case corpus(CorpusSource)
  case weighted(WeightedLines)

  var source: any DocumentSource {
    switch self {
    case .corpus(let source): source
    case .weighted(let source): source
    }
  }

  var bytesRead: Int {
    switch self {
    case .corpus(let source): source.corpus.bytesRead
    case .weighted(let source): source.input.bytesRead
    }
  }

  var size: Int? {
    switch self {
    case .corpus(let source): source.corpus.size
    case .weighted(let source): source.input.size
    }
  }

  /// Tells what was left out.
  func report() {
    if case .corpus(let source) = self { reportSkipped(source.corpus.tally) }
  }
}

/// How many bytes of all files of counts have been read, on one thread.
private final class MergeProgress {
  private let line: ProgressLine
  private var bytes = 0

  init(_ line: ProgressLine) { self.line = line }

  func add(_ count: Int) {
    bytes += count
    line.show(bytes, what: "reading counts")
  }
}
