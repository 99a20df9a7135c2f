import ArgumentParser
import Jukta
import JuktaCorpus

/// `jukta segment`: text into sentences.
struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Cut Bengali text into sentences.",
    discussion: """
      Examples:
        jukta segment bn.txt.gz > sentences.txt
        jukta segment --format jsonl --field content bn_1.jsonl.zst -o out.jsonl
        jukta segment --pretrain bn_meta_part_1.jsonl.zst -o pretrain.txt
        echo 'ড. রহমান এসেছেন। তিনি বসলেন।' | jukta segment --explain

      lines: text in, one sentence a line out; with --field, JSON records in.

      jsonl: {"id":…,"text":…} in, {"id":…,"sentences":[…],"ranges":[[b,e]…]} out \
      in the place of the text; all other fields stay as they are, byte for byte.

      --pretrain: documents of any layout in, one sentence a line out, and a blank \
      line between documents.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case lines, jsonl }

  @Option(help: "What to write: lines or jsonl.")
  var format = Format.lines
  @Option(
    help: "The field of a JSON record that holds the text; a.b looks inside a (default: text).")
  var field: String?
  @Option(help: "What ranges count: bytes, scalars or utf16.")
  var offsets = OffsetUnit.bytes
  @Flag(help: "Say for each place where a sentence may end which rule decided.")
  var explain = false
  @Flag(help: "Write what pre-training reads: blocks of sentences, a blank line between documents.")
  var pretrain = false
  @Flag(help: "Keep a quotation of several sentences whole.")
  var keepQuotations = false
  @Flag(help: "Lines are wrapped: only a blank line ends a unit.")
  var wrapped = false
  @Option(help: "A file of further abbreviations, one a line, with or without their dot.")
  var abbreviations: String?
  @Option(help: "Cut sentences of more bytes at a space.")
  var maxLength: Int?
  @OptionGroup var lines: LineOptions

  func validate() throws {
    if let maxLength, maxLength < 64 {
      throw ValidationError("--max-length must be at least 64, not \(maxLength).")
    }
    if wrapped, explain, format == .lines, field == nil {
      throw ValidationError("--explain tells of one line at a time: leave --wrapped out.")
    }
    if pretrain, format == .jsonl || explain {
      throw ValidationError(
        "--pretrain writes lines of text: leave --format jsonl and --explain out.")
    }
  }

  func run() throws {
    let segmenter = SentenceSegmenter(try options())
    let output = try Output.open(lines.output)
    if pretrain {
      try PretrainPipeline(
        segmenter: segmenter, field: field ?? "content", threads: lines.threads ?? defaultThreads(),
        isQuiet: lines.quiet
      ).run(lines.files, to: output)
      return
    }
    let isRecord = format == .jsonl || field != nil
    if wrapped, !isRecord {
      try WrappedText(segmenter: segmenter).run(lines.files, to: output)
      return
    }
    let path = (field ?? "text").split(separator: ".").map { Array($0.utf8) }
    try lines.pipeline.run(to: output) {
      SegmentWorker(
        segmenter, path: isRecord ? path : nil, format: format, explains: explain, unit: offsets)
    }
  }

  private func options() throws -> SegmentationOptions {
    var options = SegmentationOptions()
    options.keepsQuotations = keepQuotations
    options.isWrapped = wrapped
    options.maximumLength = maxLength
    guard let abbreviations else { return options }
    let input = LineInput([abbreviations])
    var isEnd = false
    while !isEnd {
      try input.withNextBlock { block in
        isEnd = block == nil
        block?.forEachLine { line, _ in
          let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
          let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          if !word.isEmpty, !word.hasPrefix("#") { options.abbreviations.append(word) }
        }
      }
    }
    return options
  }
}
