import ArgumentParser

/// What all commands share that work on one text a line.
struct LineOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @Option(help: "Workers (default: one a core). The output does not depend on it.")
  var threads: Int?
  @Flag(name: [.short, .long], help: "No progress.")
  var quiet = false
  @Argument(help: "Files of text, plain, gzip or zstd; none or - for standard input.")
  var files: [String] = []

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be between 1 and 1024, not \(threads).")
    }
  }

  var pipeline: LinePipeline {
    LinePipeline(paths: files, threads: threads ?? defaultThreads(), isQuiet: quiet)
  }
}
