import ArgumentParser
import Jukta
import JuktaTraining

/// `jukta normalize`: one text a line through a normaliser pipeline.
struct NormalizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize",
    abstract: "Normalise text, one text a line.",
    discussion: """
      Examples:
        jukta normalize --preset sahajbert dump.txt.gz
        echo 'য়' | jukta normalize --preset nfc --format jsonl
        jukta normalize --preset nmt_nfkc --remove-extra-whitespaces dump.txt.gz
        jukta normalize -m spiece.model --format jsonl dump.txt.gz

      Of SentencePiece, byte for byte: \(Self.sentencePiecePresets). Its nfkc is \
      not Unicode's, which is unicode-nfkc.

      jsonl: {"text": the normalised text, "offsets": for each of its scalars, \
      [start, end] in the original line}.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  static let sentencePiecePresets = SentencePieceRuleSet.allCases.map(\.rawValue)
    .joined(separator: ", ")
  /// Unicode's NFKC, whose short name is SentencePiece's rule set here.
  static let unicodeNFKC = FrontEndRecipe.unicodeNFKC
  static let presets = FrontEndRecipe.presetNames

  @Option(help: "A pipeline by name: \(Self.presets.joined(separator: ", ")).")
  var preset: String?
  @Option(help: "A file with a normalizer object of tokenizer.json, or a whole tokenizer.json.")
  var normalizer: String?
  @Option(name: [.customShort("m"), .long], help: "The normaliser of a model.")
  var model: String?
  @Option(help: "What to write: text or jsonl.")
  var format = Format.text
  @Option(help: "What offsets count: bytes, scalars or utf16.")
  var offsets = OffsetUnit.scalars
  @OptionGroup var lines: LineOptions

  @OptionGroup var sentencePiece: SentencePieceOptions

  func validate() throws {
    guard [preset, normalizer, model, sentencePiece.rules].count(where: { $0 != nil }) <= 1 else {
      throw ValidationError(
        "give one of --preset, --normalizer, --rules and --model, not several.")
    }
    if let preset, !Self.presets.contains(preset) {
      throw ValidationError(
        "there is no preset '\(preset)'; the presets are "
          + Self.presets.joined(separator: ", ") + ".")
    }
    let isSentencePiece =
      sentencePiece.rules != nil || model.flatMap(SentencePieceModel.file) != nil
      || preset.flatMap(SentencePieceRuleSet.init) != nil
    if sentencePiece.hasFlags, !isSentencePiece {
      throw ValidationError(
        "--add-dummy-prefix, --remove-extra-whitespaces and --escape-whitespaces go with "
          + "--rules, a .model or one of the presets \(Self.sentencePiecePresets).")
    }
  }

  func run() throws {
    if let normalizer = try sentencePiece.normalizer(preset: preset, model: model) {
      return try lines.pipeline.run(to: try Output.open(lines.output)) {
        SentencePieceLines(normalizer, format: format, unit: offsets)
      }
    }
    let normalizer = try pipeline()
    try lines.pipeline.run(to: try Output.open(lines.output)) {
      NormalizeWorker(worker: try normalizer.makeWorker(), format: format, unit: offsets)
    }
  }

  private func pipeline() throws -> Normalizer {
    if let model { return try loadTokenizer(model).frontEnd.normalizer }
    if let normalizer {
      do {
        return try Normalizer(contentsOf: normalizer)
      } catch let error as TokenizerFileError {
        if case .unreadable = error { throw error }
        throw ModelLoadError(path: normalizer, reason: "\(error)")
      } catch {
        throw ModelLoadError(path: normalizer, reason: "\(error)")
      }
    }
    let name = preset == Self.unicodeNFKC ? "nfkc" : preset ?? "bengali"
    return try Normalizer.preset(named: name)
  }
}

/// Normalises lines on one thread.
private struct NormalizeWorker: ~Copyable, LineWorker {
  var worker: NormalizerWorker
  let format: NormalizeCommand.Format
  let unit: OffsetUnit
  var text = ByteBuffer(capacity: 1 << 16)
  var alignment = Alignment()

  init(worker: consuming NormalizerWorker, format: NormalizeCommand.Format, unit: OffsetUnit) {
    self.worker = worker
    self.format = format
    self.unit = unit
  }

  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    switch format {
    case .text:
      try worker.normalize(line, into: &output)
      output.append(UInt8(ascii: "\n"))
    case .jsonl:
      text.removeAll()
      try worker.normalize(line, into: &text, alignment: &alignment)
      var json = JSONWriter()
      writeRecord(text.span, alignment, original: line, unit: unit, to: &json)
      output.append(json.output.span)
    }
  }
}

/// Normalises lines on one thread, as SentencePiece does.
private struct SentencePieceLines: ~Copyable, LineWorker {
  let normalizer: SentencePieceNormalizer
  let format: NormalizeCommand.Format
  let unit: OffsetUnit
  var text = ByteBuffer(capacity: 1 << 16)
  var alignment = Alignment()

  init(
    _ normalizer: SentencePieceNormalizer, format: NormalizeCommand.Format, unit: OffsetUnit
  ) {
    self.normalizer = normalizer
    self.format = format
    self.unit = unit
  }

  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    switch format {
    case .text:
      normalizer.normalize(line, into: &output)
      output.append(UInt8(ascii: "\n"))
    case .jsonl:
      text.removeAll()
      try normalizer.normalize(line, into: &text, alignment: &alignment)
      var json = JSONWriter()
      writeRecord(text.span, alignment, original: line, unit: unit, to: &json)
      output.append(json.output.span)
    }
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
