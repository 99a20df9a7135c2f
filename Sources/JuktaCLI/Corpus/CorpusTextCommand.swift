import ArgumentParser
import Jukta
import JuktaCorpus

/// `jukta corpus text`: the text of a dump after filters.
struct CorpusTextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text",
    abstract: "Print the text of a dump, after filters.",
    discussion: """
      Examples:
        jukta corpus text bn_1.jsonl.zst --drop-warnings tiny,noisy > bn.txt
        jukta corpus text bn_1.jsonl.gz --format jsonl --line-language bn

      text: a document a line stays that; paragraphs and JSON records come out as \
      lines with a blank line between documents, which is OSCAR 21.09's layout. \
      jsonl: {"text": …} a line.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  @Option(help: "What to write: text or jsonl.")
  var format = Format.text
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @Flag(name: [.short, .long], help: "No progress and no report.")
  var quiet = false
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions
  @Argument(help: "Files; none or - for standard input.")
  var files: [String] = []

  func run() throws {
    var output = try Output.open(output)
    let corpus = Corpus(files, options: corpus.options)
    let display = ProgressLine(isQuiet: quiet, total: corpus.size)
    var batch = CorpusBatch()
    var json = JSONWriter()
    var isInParagraph = false
    while try corpus.next(into: &batch) {
      for document in batch.documents {
        if format == .jsonl {
          json.output.removeAll()
          json.raw("{\"text\":")
          json.string(batch.bytes.span.extracting(document.range))
          json.raw("}\n")
          try output.write { $0.append(json.output.span) }
          continue
        }
        if batch.layout != .lines, isInParagraph, !document.isContinuation {
          try output.write("\n")
        }
        isInParagraph = true
        try output.write(batch.bytes.span.extracting(document.range))
        try output.write("\n")
      }
      display.show(corpus.bytesRead, what: "read")
    }
    display.clear()
    try output.finish()
    if !quiet { reportSkipped(corpus.tally) }
  }
}
