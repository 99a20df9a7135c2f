internal import CJuktaJSON

/// Records out of JSON lines, by simdjson.
///
/// Soundness: a line is handed over only with `Block.padding` readable bytes behind it, which is
/// checked once to be enough; texts that the parser gives are copied before the next line is read.
final class JSONRecordReader {
  private let parser: OpaquePointer
  let field: String?
  /// Metadata cost time to copy: read only where somebody looks at them.
  let readsMetadata: Bool

  /// nil where there is no memory, or simdjson wants more padding than blocks have.
  init?(field: String?, readsMetadata: Bool) {
    guard jukta_json_padding() <= Block.padding, let parser = jukta_json_parser_create() else {
      return nil
    }
    self.parser = parser
    self.field = field
    self.readsMetadata = readsMetadata
  }

  deinit { jukta_json_parser_free(parser) }

  /// Appends the text of one record to `bytes` and gives its metadata.
  func read(
    _ line: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]
  ) -> Result<CorpusRecord, CorpusError.Reason> {
    var found = jukta_record()
    switch jukta_json_read(parser, line.baseAddress, line.count, field, &found) {
    case JUKTA_JSON_OK: break
    case JUKTA_JSON_NOT_AN_OBJECT: return .failure(.notAnObject)
    case JUKTA_JSON_NO_FIELD:
      return .failure(.missingField(field ?? "text", textFields: textFields()))
    case JUKTA_JSON_NOT_TEXT:
      return .failure(.fieldIsNotText(field ?? found.usedField, found: detail))
    default: return .failure(.invalidJSON(detail))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(start: found.text.data, count: found.text.count))
    return .success(readsMetadata ? Self.record(found) : CorpusRecord())
  }

  private var detail: String { String(cString: jukta_json_detail(parser)) }

  private func textFields() -> [String] {
    var count = 0
    let names = jukta_json_text_fields(parser, &count)
    return CorpusField.likelyFirst(Self.strings(names, count) ?? [])
  }

  private static func string(_ text: jukta_text) -> String {
    String(decoding: UnsafeBufferPointer(start: text.data, count: text.count), as: UTF8.self)
  }

  private static func strings(_ texts: UnsafePointer<jukta_text>?, _ count: Int) -> [String]? {
    texts.map { UnsafeBufferPointer(start: $0, count: count).map(string) }
  }

  private static func record(_ found: jukta_record) -> CorpusRecord {
    var record = CorpusRecord()
    if found.language.data != nil { record.language = string(found.language) }
    if found.has_probability { record.languageProbability = found.probability }
    if found.has_harmful_pp { record.harmfulPerplexity = found.harmful_pp }
    record.warnings = strings(found.warnings, found.warning_count)
    record.categories = strings(found.categories, found.category_count)
    record.lines = found.lines.map { lines in
      UnsafeBufferPointer(start: lines, count: found.line_count).map { line in
        line.label.data == nil
          ? nil : LineLanguage(label: string(line.label), probability: line.probability)
      }
    }
    return record
  }
}

extension jukta_record {
  /// The field that was looked at where none was named.
  fileprivate var usedField: String { used_text ? "text" : "content" }
}
