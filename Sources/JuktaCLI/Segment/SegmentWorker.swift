import Jukta

/// Segments lines or records on one thread.
struct SegmentWorker: ~Copyable, LineWorker {
  private var worker: SentenceWorker
  /// Where the text is in a record; nil where a line is text.
  private let path: [[UInt8]]?
  private let format: SegmentCommand.Format
  private let explains: Bool
  private let unit: OffsetUnit
  /// Whether a sentence may hold line ends.
  private let isWrapped: Bool
  private var text = ByteBuffer(capacity: 1 << 16)

  init(
    _ segmenter: SentenceSegmenter, path: [[UInt8]]?, format: SegmentCommand.Format,
    explains: Bool, unit: OffsetUnit
  ) {
    worker = segmenter.makeWorker()
    isWrapped = segmenter.options.isWrapped
    self.path = path
    self.format = format
    self.explains = explains
    self.unit = unit
  }

  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    try InvalidText.check(line)
    guard let path else {
      write(Self.withoutReturn(line), into: &output)
      return
    }
    guard let record = try RecordScan.find(path, in: line) else { return }
    text.removeAll()
    try RecordScan.decode(record.value, of: line, into: &text)
    if format == .lines {
      Self.write(&worker, text, explains, isWrapped, into: &output)
    } else {
      let found = Self.found(&worker, text, explains)
      Self.splice(record, line, text.span, found.ranges, found.decisions, unit, into: &output)
    }
  }

  /// A row of Parquet: its text is all there is.
  mutating func process(document: Span<UInt8>, into output: inout ByteBuffer) throws {
    guard format == .jsonl else { return write(document, into: &output) }
    let ranges = worker.ranges(in: document)
    let decisions = explains ? worker.decisions(in: document) : nil
    output.append(UInt8(ascii: "{"))
    Self.writeFields(document, ranges, decisions, unit, into: &output)
    output.append(UInt8(ascii: "}"))
    output.append(UInt8(ascii: "\n"))
  }

  private static func write(
    _ worker: inout SentenceWorker, _ text: borrowing ByteBuffer, _ explains: Bool,
    _ isWrapped: Bool, into output: inout ByteBuffer
  ) {
    write(&worker, text.span, explains, isWrapped, into: &output)
  }

  private static func found(
    _ worker: inout SentenceWorker, _ text: borrowing ByteBuffer, _ explains: Bool
  ) -> (ranges: [Range<Int>], decisions: [SegmentationDecision]?) {
    let ranges = worker.ranges(in: text.span)
    return (ranges, explains ? worker.decisions(in: text.span) : nil)
  }

  private mutating func write(_ text: Span<UInt8>, into output: inout ByteBuffer) {
    Self.write(&worker, text, explains, isWrapped, into: &output)
  }

  @_lifetime(copy line)
  private static func withoutReturn(_ line: Span<UInt8>) -> Span<UInt8> {
    line.count > 0 && line[line.count - 1] == 0x0D ? line.extracting(0..<line.count - 1) : line
  }

  private static func write(
    _ worker: inout SentenceWorker, _ text: Span<UInt8>, _ explains: Bool, _ isWrapped: Bool,
    into output: inout ByteBuffer
  ) {
    if explains {
      for decision in worker.decisions(in: text) {
        Explanation.write(decision, of: text, into: &output)
      }
      return
    }
    worker.withRanges(in: text) { ranges in
      guard isWrapped else { return SentenceLine.write(ranges, of: text, into: &output) }
      for range in ranges { SentenceLine.write(text.extracting(range), into: &output) }
    }
  }

  /// The record with `sentences` and `ranges` where the text was.
  private static func splice(
    _ record: RecordScan.Field, _ line: Span<UInt8>, _ text: Span<UInt8>, _ ranges: [Range<Int>],
    _ decisions: [SegmentationDecision]?, _ unit: OffsetUnit, into output: inout ByteBuffer
  ) {
    // Fields of the names that are written now would be there twice: they go.
    var edits = [(range: record.key.lowerBound..<record.value.upperBound, isText: true)]
    edits += record.replaced.map { ($0, false) }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    var position = 0
    for edit in edits where edit.range.lowerBound >= position {
      output.append(line.extracting(position..<edit.range.lowerBound))
      if edit.isText { writeFields(text, ranges, decisions, unit, into: &output) }
      position = edit.range.upperBound
    }
    output.append(withoutReturn(line.extracting(position..<line.count)))
    output.append(UInt8(ascii: "\n"))
  }

  /// Writes `sentences` and `ranges` as members of an object.
  private static func writeFields(
    _ text: Span<UInt8>, _ ranges: [Range<Int>], _ decisions: [SegmentationDecision]?,
    _ unit: OffsetUnit, into output: inout ByteBuffer
  ) {
    let units = OffsetMap(text, unit: unit)
    var json = JSONWriter()
    json.raw("\"sentences\":[")
    for (index, range) in ranges.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(text.extracting(range))
    }
    json.raw("],\"ranges\":[")
    for (index, range) in ranges.enumerated() {
      json.raw(index > 0 ? ",[" : "[")
      json.number(units.offset(of: range.lowerBound))
      json.raw(",")
      json.number(units.offset(of: range.upperBound))
      json.raw("]")
    }
    json.raw("]")
    if let decisions { Explanation.write(decisions, units, to: &json) }
    output.append(json.output.span)
  }
}

/// A sentence as one line of output.
enum SentenceLine {
  /// Writes sentences that hold no line ends.
  static func write(
    _ sentences: borrowing [Range<Int>], of text: Span<UInt8>, into output: inout ByteBuffer
  ) {
    output.reserve(text.count + sentences.count)
    for index in sentences.indices {
      output.append(text.extracting(sentences[index]))
      output.append(0x0A)
    }
  }

  /// Writes a sentence; line ends inside it, which wrapped text has, become spaces.
  static func write(_ sentence: Span<UInt8>, into output: inout ByteBuffer) {
    var run = 0
    for index in sentence.indices where sentence[index] == 0x0A || sentence[index] == 0x0D {
      output.append(sentence.extracting(run..<index))
      if index > 0, sentence[index - 1] != 0x0D { output.append(0x20) }
      run = index + 1
    }
    output.append(sentence.extracting(run..<sentence.count))
    output.append(0x0A)
  }
}
