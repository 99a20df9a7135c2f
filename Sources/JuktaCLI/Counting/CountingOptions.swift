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
      A normaliser by name: \(FrontEndRecipe.presetNames.joined(separator: ", ")) (default: \
      \(FrontEndRecipe.bengali.name)).
      """)
  var preset: String?
  @OptionGroup var spaces: SpaceOptions
  @Option(
    name: [.long, .customLong("num-threads")],
    help: "Workers (default: one a core). The result does not depend on it.")
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
  @Option(
    help: """
      Leave out lines of more bytes than this, and tell how many (default: none are left out; spm_train \
      leaves out what is over 4192).
      """)
  var maxSentenceLength: Int?
  @Option(help: "Train on this many lines at most, drawn by --seed (default: all).")
  var inputSentenceSize: Int?
  @Option(help: "What --input-sentence-size draws by. Nothing else is drawn at random.")
  var seed: UInt64 = 0
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    if let memory, memory.bytes < 16 << 20 {
      throw ValidationError("--memory must be 16M or more.")
    }
    guard workers >= 1 else { throw ValidationError("--threads must be 1 or more.") }
    if let maxSentenceLength, maxSentenceLength < 10 {
      throw ValidationError("--max-sentence-length must be 10 or more.")
    }
    if let inputSentenceSize, inputSentenceSize < 1 {
      throw ValidationError("--input-sentence-size must be 1 or more.")
    }
    if let preset { try Self.check(preset) }
    try spaces.check(preset: preset)
  }

  /// The options that were given and say how text is read.
  var given: [String] {
    [
      ("--weighted", weighted), ("--max-sentence-length", maxSentenceLength != nil),
      ("--input-sentence-size", inputSentenceSize != nil),
    ].filter(\.1).map(\.0)
  }

  private static func check(_ preset: String) throws {
    guard FrontEndRecipe.presetNames.contains(preset) else {
      throw ValidationError(
        "no preset is named '\(preset)': choose one of \(FrontEndRecipe.presetNames.joined(separator: ", "))."
      )
    }
  }

  /// The texts, and how far reading them is.
  func input(_ corpus: CorpusOptions) -> CountingInput {
    CountingInput(self, corpus)
  }

  /// The lines to be drawn, where not all are wanted.
  var sample: TrainingJob.Sample? { inputSentenceSize.map { .lines($0, seed: seed) } }

  var counter: WordCounter {
    WordCounter(threads: workers, memory: memory?.bytes, temporaryFolder: temporaryFolder())
  }
}

/// Files of counts, to be added; none stands for standard input.
func countMerge(_ files: [String], _ line: ProgressLine) -> CountMerge {
  let open = countFileOpener(line)
  return CountMerge(files: countFiles(files), temporaryFolder: temporaryFolder()) { path in
    let file = try open(path)
    return try CountFileReader(name: file.name) { try file.read(into: &$0) }
  }
}

/// Files by name; none stands for standard input.
func countFiles(_ files: [String]) -> [String] { files.isEmpty ? ["-"] : files }

/// Opens files of counts, compressed or not, and shows how much of them has been read.
func countFileOpener(_ line: ProgressLine) -> (String) throws -> any ByteChunks {
  let progress = MergeProgress(line)
  return { WatchedFile(try DecompressedFile($0), progress) }
}

/// A file that tells how much of it is read.
private final class WatchedFile: ByteChunks {
  private let file: DecompressedFile
  private let progress: MergeProgress
  var name: String { file.name }

  init(_ file: DecompressedFile, _ progress: MergeProgress) {
    (self.file, self.progress) = (file, progress)
  }

  func read(into bytes: inout [UInt8]) throws -> Bool {
    let before = file.bytesRead
    defer { progress.add(file.bytesRead - before) }
    return try file.read(into: &bytes)
  }
}

/// Where what memory has no room for goes.
func temporaryFolder() -> String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

/// Texts to be counted.
struct CountingInput: Sendable {
  private enum Lines { case corpus(Corpus), weighted(WeightedLines) }
  private let lines: Lines

  init(_ options: CountingOptions, _ corpus: CorpusOptions) {
    lines =
      options.weighted
      ? .weighted(WeightedLines(options.files, callers: options.workers))
      : .corpus(Corpus(options.files, options: corpus.options, callers: options.workers))
  }

  /// Where the texts come from.
  var source: any DocumentSource {
    switch lines {
    case .corpus(let corpus): corpus
    case .weighted(let lines): lines
    }
  }

  var bytesRead: Int {
    switch lines {
    case .corpus(let corpus): corpus.bytesRead
    case .weighted(let lines): lines.bytesRead
    }
  }

  var size: Int? {
    switch lines {
    case .corpus(let corpus): corpus.size
    case .weighted(let lines): lines.size
    }
  }

  /// Tells which filters had nothing to look at, and, if it may, which broken lines were left out.
  func report(isQuiet: Bool) {
    guard case .corpus(let corpus) = lines else { return }
    warnOfIdleFilters(corpus.tally)
    if !isQuiet { reportSkipped(corpus.tally) }
  }

  /// Tells which texts were not taken.
  static func report(_ left: LimitedDocuments.Tally, _ drawnFrom: Int?, longest: Int?) {
    if let longest, left.documents > 0 {
      complain(
        "jukta: \(grouped(left.documents)) lines longer than \(grouped(longest)) bytes left out, "
          + "\(megabytes(left.bytes)) MB in all (--max-sentence-length)")
    }
    if let drawnFrom { complain("jukta: drawn from \(grouped(drawnFrom)) lines") }
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
