import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Inspects lines on one thread.
struct InspectWorker: ~Copyable, LineWorker {
  private let settings: InspectionSettings
  private let format: InspectCommand.Format
  private var inspector = Inspector()
  private let transliterator: Transliterator?
  private var line = 0

  init(_ settings: InspectionSettings, _ format: InspectCommand.Format) {
    self.settings = settings
    self.format = format
    transliterator = Transliterator()
  }

  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    guard format == .jsonl else { return try inspect(line, id: [], into: &output) }
    if line.withUnsafeBufferPointer({ $0.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 } }) {
      return
    }
    let record: JSONValue
    do throws(JSONError) {
      record = try JSONParser.parse(line)
    } catch {
      throw InspectionError.notJSON(error)
    }
    guard case .string(let text)? = record[settings.field] else {
      throw InspectionError.noText(field: settings.field, found: record[settings.field]?.kind)
    }
    let bytes = Array(text.utf8)
    // As it stands there: a number of twenty digits must not become a fraction.
    let id = try RecordScan.value(of: Array("id".utf8), in: line)
    let shown = id.map { range in line.extracting(range).withUnsafeBufferPointer { Array($0) } }
    try inspect(bytes.span, id: shown ?? Array("null".utf8), into: &output)
  }

  /// Writes what there is to say about one text.
  /// - Parameter id: the JSON of its id, for records.
  mutating func inspect(
    _ text: Span<UInt8>, id: [UInt8], into output: inout ByteBuffer
  ) throws {
    try InvalidText.check(text)
    let repair = settings.fixes ? TextRepair(text) : nil
    inspector.inspect(text)
    switch format {
    case .jsonl:
      let writer = InspectionJSON(settings: settings, transliterator: transliterator)
      try writer.write(text, inspector, id: id, repair: repair, into: &output)
    case .text, .html:
      let view = try InspectionView(text, inspector, settings, transliterator, repair)
      var shown = format == .text ? InspectionText.render(view) : InspectionHTML.render(view)
      shown.withUTF8 { output.append($0) }
    }
  }

}

/// A line that cannot be inspected.
enum InspectionError: Error, CustomStringConvertible {
  case notJSON(JSONError)
  case noText(field: String, found: String?)

  var description: String {
    switch self {
    case .notJSON(let error): "not a JSON record: \(error)"
    case .noText(let field, nil): "the record has no '\(field)'; name the field with --field"
    case .noText(let field, let found?): "'\(field)' is \(found), not a string"
    }
  }
}

/// Whether there is a file or a folder of this name.
func isFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0
}
