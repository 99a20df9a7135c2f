import ArgumentParser
import Jukta
import JuktaTraining

/// `jukta merge`: the counts of parts in, the counts of the whole out.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add up files of counts.",
    discussion: """
      Example:
        jukta merge part-*.counts -o all.counts
      The result is, byte for byte, what jukta count would have written of all the text at once. Files
      may be compressed. Memory does not grow with them: a word of each is held.
      """)

  @Argument(help: "Files that jukta count or jukta merge wrote; none or - for standard input.")
  var files: [String] = []
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  func run() throws {
    let line = ProgressLine(isQuiet: quiet, total: nil)
    var output = try Output.open(output)
    var encoder: CountFileEncoder?
    var summary = try countMerge(files, line).forEachWord(
      begin: { header in
        encoder = CountFileEncoder(header)
        try output.write { encoder?.begin(&$0) }
      },
      { word, count in
        try output.write { encoder?.append(word.span, count, to: &$0) }
      })
    try output.write { buffer in
      if let whole = encoder?.end(summary, to: &buffer) { summary = whole }
    }
    try output.finish()
    line.clear()
    if !quiet { report(summary, to: self.output) }
  }
}
