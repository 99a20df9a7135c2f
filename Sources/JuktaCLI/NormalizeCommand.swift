import ArgumentParser
import Jukta

/// `jukta normalize`: one text a line through a normaliser pipeline.
struct NormalizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize",
    abstract: "Normalise text, one text a line.",
    discussion: """
      Examples:
        jukta normalize --preset sahajbert dump.txt.gz
        echo 'য়' | jukta normalize --preset nfc --format jsonl
      jsonl: {"text": the normalised text, "offsets": for each of its scalars, [start, end] in the
      original line}.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  @Option(help: "A pipeline by name: \(Normalizer.presetNames.joined(separator: ", ")).")
  var preset = "bengali"
  @Option(help: "What to write: text or jsonl.")
  var format = Format.text
  @Option(help: "What offsets count: bytes, scalars or utf16.")
  var offsets = OffsetUnit.scalars
  @Argument(help: "Files of text, plain, gzip or zstd; none or - for standard input.")
  var files: [String] = []

  func run() throws {
    let normalizer: Normalizer
    do {
      normalizer = try Normalizer.preset(named: preset)
    } catch {
      throw ValidationError("\(error)")
    }
    var worker = try normalizer.makeWorker()
    var output = Output()
    var text = ByteBuffer(capacity: 1 << 16)
    var alignment = Alignment()
    var json = JSONWriter()
    try Input.forEachLine(files) { line in
      text.removeAll()
      switch format {
      case .text:
        try worker.normalize(line, into: &text)
        try output.write {
          $0.append(text.span)
          $0.append(UInt8(ascii: "\n"))
        }
      case .jsonl:
        try worker.normalize(line, into: &text, alignment: &alignment)
        json.output.removeAll()
        writeRecord(text.span, alignment, original: line, unit: offsets, to: &json)
        try output.write { $0.append(json.output.span) }
      }
    }
    try output.flush()
  }
}

/// Writes one line of `normalize --format jsonl`.
private func writeRecord(
  _ text: Span<UInt8>, _ alignment: Alignment, original: Span<UInt8>, unit: OffsetUnit,
  to json: inout JSONWriter
) {
  let units = OffsetMap(original, unit: unit)
  var cursor = Alignment.Cursor(alignment)
  json.raw("{\"text\":")
  json.string(text)
  json.raw(",\"offsets\":[")
  var start = 0
  while start < text.count {
    var end = start + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    let range = cursor.originalRange(of: start..<end)
    json.raw(start > 0 ? ",[" : "[")
    json.number(units.offset(of: range.lowerBound))
    json.raw(",")
    json.number(units.offset(of: range.upperBound))
    json.raw("]")
    start = end
  }
  json.raw("]}\n")
}
