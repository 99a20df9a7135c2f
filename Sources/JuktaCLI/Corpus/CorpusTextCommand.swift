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

      text: a document a line stays that; paragraphs, JSON records and rows of \
      Parquet come out as lines with a blank line between documents, which is OSCAR \
      21.09's layout: blank lines inside them are left out. jsonl: {"text": …} a \
      line, as it is.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  @Option(help: "What to write: text or jsonl.")
  var format = Format.text
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @Option(
    help: """
      Keep what is done of many files in this folder, a part for each, so that the same command goes on \
      after an interruption.
      """)
  var resume: String?
  @Flag(name: [.short, .long], help: "No progress and no report.")
  var quiet = false
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions
  @Argument(help: "Files; none or - for standard input.")
  var files: [String] = []

  /// Writes a document as a paragraph: a blank line inside it would end it for whoever reads this.
  private static func writeParagraph(
    _ document: CorpusBatch.Document, of batch: borrowing CorpusBatch,
    _ isInParagraph: inout Bool, to output: inout Output
  ) throws {
    var needsGap = isInParagraph && !document.isContinuation
    try batch.forEachLine(of: document) { line in
      guard !line.isBlank else { return }
      if needsGap { try output.write("\n") }
      needsGap = false
      isInParagraph = true
      try output.write(line)
      try output.write("\n")
    }
  }

  func validate() throws {
    if resume != nil, files.isEmpty { throw ValidationError("--resume needs files by name.") }
  }

  func run() throws {
    var output = try Output.open(output)
    if let resume {
      try writeParts(in: resume, to: &output)
    } else {
      try write(files, isInParagraph: false, to: &output)
    }
    try output.finish()
  }

  /// A part for each file, then all of them. A part begins with the blank line that parts it from what
  /// may stand before it; the first needs none.
  private func writeParts(in path: String, to output: inout Output) throws {
    let folder = try ResumeFolder(path, command: "corpus text", inputs: files)
    for (number, file) in files.enumerated() where !folder.has(number, "text") {
      var part = try Output.open(folder.part(number, "text"))
      try write([file], isInParagraph: true, to: &part)
      try part.finish()
    }
    var isFirst = true
    for number in files.indices {
      try forEachChunk(of: folder.part(number, "text")) { chunk in
        let hasGap = isFirst && chunk[0] == UInt8(ascii: "\n")
        isFirst = false
        try output.write(chunk.extracting((hasGap ? 1 : 0)..<chunk.count))
      }
    }
  }

  /// Writes the documents of files.
  private func write(
    _ files: [String], isInParagraph: Bool, to output: inout Output
  ) throws {
    let corpus = Corpus(files, options: corpus.options)
    let display = ProgressLine(isQuiet: quiet, total: corpus.size)
    var batch = CorpusBatch()
    var json = JSONWriter()
    var isInParagraph = isInParagraph
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
        if batch.layout == .lines {
          isInParagraph = true
          try output.write(batch.bytes.span.extracting(document.range))
          try output.write("\n")
        } else {
          try Self.writeParagraph(document, of: batch, &isInParagraph, to: &output)
        }
      }
      display.show(corpus.bytesRead, what: "read")
    }
    display.clear()
    warnOfIdleFilters(corpus.tally)
    if !quiet { reportSkipped(corpus.tally) }
  }
}

extension Span<UInt8> {
  /// Whether there is nothing but white space.
  fileprivate var isBlank: Bool {
    for index in indices where self[index] != 0x20 && self[index] != 0x09 && self[index] != 0x0D {
      return false
    }
    return true
  }
}
