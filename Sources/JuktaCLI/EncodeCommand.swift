import ArgumentParser
import Jukta

/// `jukta encode`: one text a line to ids.
struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Encode text, one text a line.",
    discussion: """
      Examples:
        jukta encode -m bn-32k text.txt > ids.txt
        echo 'আমি বাংলায় গান গাই।' | jukta encode -m bn-32k --format pieces
        jukta encode -m bn-32k --format u16 --documents bn_*.jsonl.gz -o ids.bin

      jsonl: {"ids": […], "tokens": […], "offsets": [[start, end] …]} in the \
      original line.

      u16, u32: little-endian ids, one text after another; with -o FILE also \
      FILE.idx, where each text ends: one little-endian u64 a text, the number of \
      ids up to there.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ids, pieces, jsonl, u16, u32
    /// Whether ids are written as numbers of a fixed size.
    var isBinary: Bool { self == .u16 || self == .u32 }
  }

  @Option(name: [.customShort("m"), .long], help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Option(help: "What to write: ids, pieces, jsonl, u16 or u32.")
  var format = Format.ids
  @Option(help: "What offsets count: bytes, scalars or utf16.")
  var offsets = OffsetUnit.scalars
  @Flag(inversion: .prefixedNo, help: "Put the model's special tokens around each text.")
  var specialTokens = true
  @Option(help: "BPE: put each merge off with this probability, to cut words in several ways.")
  var dropout: Double?
  @Option(help: "What --dropout draws from; the same seed and line give the same ids.")
  var seed: UInt64 = 0
  @Option(help: "Where to write the index of u16 and u32 (default: OUTPUT.idx).")
  var index: String?
  @Flag(help: "Leave the index out.")
  var noIndex = false
  @Flag(help: "Read files as a corpus: each document is a text, and not each line.")
  var documents = false
  @OptionGroup(title: "SentencePiece models") var sentencePiece: SentencePieceEncodeOptions
  @OptionGroup var lines: LineOptions
  @OptionGroup(title: "With --documents") var corpus: CorpusOptions

  func validate() throws {
    if index != nil, noIndex || !format.isBinary {
      throw ValidationError(
        noIndex
          ? "--index and --no-index contradict each other." : "--index is for u16 and u32 only.")
    }
    if !documents, !corpus.isDefault {
      throw ValidationError("The options of a corpus need --documents.")
    }
  }

  func run() throws {
    var tokenizer = try loadTokenizer(model)
    if let dropout {
      do {
        tokenizer = try tokenizer.withDropout(dropout)
      } catch let error as ModelError {
        throw ValidationError("--dropout: \(error).")
      }
    }
    tokenizer = try sentencePiece.apply(to: tokenizer)
    if format == .u16, tokenizer.vocabularySize > 0x10000 {
      throw ValidationError(
        "u16 holds ids below 65,536, and \(model) has \(grouped(tokenizer.vocabularySize)): "
          + "use --format u32")
    }
    let (shared, seed) = (tokenizer, seed)
    let output = try Output.open(lines.output)
    let index = try openIndex(of: output)
    var pipeline = lines.pipeline
    if documents { pipeline.documents = corpus.options }
    try pipeline.run(to: output, index: index) {
      var encoder = try shared.makeEncoder()
      encoder.seed = seed
      return EncodeWorker(
        encoder: encoder, format: format, unit: offsets,
        addsSpecialTokens: specialTokens, ways: sentencePiece.waysWritten)
    }
  }
}

extension EncodeCommand {
  /// The file of the index; nil where there is to be none. Standard output, devices and pipes have
  /// one only where its name is given.
  private func openIndex(of output: borrowing Output) throws -> Output? {
    guard format.isBinary, !noIndex else { return nil }
    let path: String
    if let index {
      guard index != "-" else { throw OutputError(name: "-", reason: "an index needs a file") }
      path = index
    } else {
      guard let main = lines.output, output.isFile else { return nil }
      path = main + ".idx"
    }
    let opened = try Output.open(path)
    guard opened.identity == nil || opened.identity != output.identity else {
      throw OutputError(name: path, reason: "the ids go there; name another file with --index")
    }
    try opened.refuse(inputs: lines.files, what: "the texts are read from it")
    return opened
  }
}

/// Encodes lines on one thread.
private struct EncodeWorker: ~Copyable, LineWorker {
  var encoder: Encoder
  let format: EncodeCommand.Format
  let unit: OffsetUnit
  let addsSpecialTokens: Bool
  /// How many ways to cut a text are written, each on a line; nil for the one that encoding gives.
  let ways: Int?
  var ids: [UInt32] = []
  private var lengths: [Int] = []

  init(
    encoder: consuming Encoder, format: EncodeCommand.Format, unit: OffsetUnit,
    addsSpecialTokens: Bool, ways: Int?
  ) {
    self.encoder = encoder
    self.format = format
    self.unit = unit
    self.addsSpecialTokens = addsSpecialTokens
    self.ways = ways
  }

  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    if let ways { return try writeWays(ways, of: line, into: &output) }
    switch format {
    case .ids, .u16, .u32:
      ids.removeAll(keepingCapacity: true)
      try encoder.encode(line, addsSpecialTokens: addsSpecialTokens, into: &ids)
      lengths.append(ids.count)
      write(to: &output)
    case .pieces:
      Self.write(
        try encoder.encoding(of: line, addsSpecialTokens: addsSpecialTokens).tokens, to: &output)
    case .jsonl:
      let encoding = try encoder.encoding(of: line, addsSpecialTokens: addsSpecialTokens)
      var json = JSONWriter()
      write(encoding, of: line, to: &json)
      output.append(json.output.span)
    }
  }

  mutating func takeLengths() -> [Int] {
    defer { lengths.removeAll(keepingCapacity: true) }
    return lengths
  }

  /// The best ways to cut a line, each on a line of its own; jsonl has "score" beside the rest.
  private mutating func writeWays(
    _ ways: Int, of line: Span<UInt8>, into output: inout ByteBuffer
  ) throws {
    for way in try encoder.nBest(of: line, limit: ways, addsSpecialTokens: addsSpecialTokens) {
      switch format {
      case .ids, .u16, .u32:
        ids = way.encoding.ids
        lengths.append(ids.count)
        write(to: &output)
      case .pieces: Self.write(way.encoding.tokens, to: &output)
      case .jsonl:
        var json = JSONWriter()
        write(way.encoding, of: line, score: way.score, to: &json)
        output.append(json.output.span)
      }
    }
  }

  private static func write(_ tokens: [String], to output: inout ByteBuffer) {
    var text = tokens.joined(separator: " ") + "\n"
    text.withUTF8 { output.append($0) }
  }

  private func write(to output: inout ByteBuffer) {
    switch format {
    case .u16:
      for id in ids {
        output.append(UInt8(truncatingIfNeeded: id))
        output.append(UInt8(truncatingIfNeeded: id >> 8))
      }
    case .u32:
      for id in ids {
        for shift: UInt32 in [0, 8, 16, 24] {
          output.append(UInt8(truncatingIfNeeded: id >> shift))
        }
      }
    default:
      for (index, id) in ids.enumerated() {
        if index > 0 { output.append(UInt8(ascii: " ")) }
        Self.appendDecimal(id, to: &output)
      }
      output.append(UInt8(ascii: "\n"))
    }
  }

  private static func appendDecimal(_ value: UInt32, to output: inout ByteBuffer) {
    if value >= 10 { appendDecimal(value / 10, to: &output) }
    output.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  private func write(
    _ encoding: Encoding, of line: Span<UInt8>, score: Float? = nil, to json: inout JSONWriter
  ) {
    let units = OffsetMap(line, unit: unit)
    json.raw("{\"ids\":[")
    for (index, id) in encoding.ids.enumerated() {
      if index > 0 { json.raw(",") }
      json.number(Int(id))
    }
    json.raw("],\"tokens\":[")
    for (index, token) in encoding.tokens.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(token)
    }
    json.raw("],\"offsets\":[")
    for (index, range) in encoding.ranges.enumerated() {
      json.raw(index > 0 ? ",[" : "[")
      json.number(units.offset(of: range.lowerBound))
      json.raw(",")
      json.number(units.offset(of: range.upperBound))
      json.raw("]")
    }
    json.raw("]")
    if let score {
      json.raw(",\"score\":")
      json.value(.number(Double(score)), indent: 0)
    }
    json.raw("}\n")
  }
}

/// Loads a tokenizer; an error names the file.
func loadTokenizer(_ path: String) throws -> Tokenizer {
  do {
    return try Tokenizer(contentsOf: path)
  } catch let error as TokenizerFileError {
    if case .unreadable = error { throw error }
    throw ModelLoadError(path: path, reason: "\(error)")
  } catch {
    throw ModelLoadError(path: path, reason: "\(error)")
  }
}

/// A model that could not be loaded.
struct ModelLoadError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}
