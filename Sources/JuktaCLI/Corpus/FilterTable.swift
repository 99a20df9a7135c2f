import Jukta
import JuktaCorpus
import JuktaTraining

/// What each filter would drop by itself, as tables, JSON and HTML.
struct FilterTable {
  let effects: FilterEffects
  /// Names at the end that drop least are left out of tables; JSON has them all.
  private static let rows = 25
  private static let title = "what each filter would drop by itself"

  private var whole: FilterEffects.Sum { effects.whole }

  private func note(_ group: FilterEffects.Group) -> String? {
    guard let metadata = group.metadata else { return nil }
    let found = group.documentsWithMetadata
    if found == whole.documents { return nil }
    let what =
      found == 0
      ? "no metadata: no document has \(metadata)"
      : "\(grouped(found)) of \(grouped(whole.documents)) documents have \(metadata)"
    return group.option == "keep-categories" ? what + "; the others drop" : what
  }

  private func shares(_ row: FilterEffects.Row) -> (documents: String, bytes: String) {
    (
      percent(row.dropped.documents, of: whole.documents),
      percent(row.dropped.bytes, of: whole.bytes)
    )
  }

  /// For reading.
  var text: String {
    guard whole.documents > 0 else { return "" }
    var text = "\n\(Self.title), of \(grouped(whole.documents)) documents"
    text += " and \(grouped(whole.bytes)) bytes\n"
    for group in effects.groups {
      text += "  --\(group.option)\(note(group).map { "  (\($0))" } ?? "")\n"
      let shown = group.rows.prefix(Self.rows)
      let width = shown.map { $0.value.unicodeScalars.count }.max() ?? 0
      for row in shown {
        let (documents, bytes) = shares(row)
        text += "    \(row.value)" + Self.pad(width - row.value.unicodeScalars.count)
        text += Self.right(grouped(row.dropped.documents), 12) + " documents"
        text += Self.right(documents, 9)
        text += Self.right(grouped(row.dropped.bytes), 16) + " bytes" + Self.right(bytes, 9)
        if group.isAboutLines { text += Self.right(grouped(row.dropped.lines), 12) + " lines" }
        text += "\n"
      }
      if group.rows.count > shown.count {
        text += "    … and \(grouped(group.rows.count - shown.count)) more\n"
      }
    }
    return text
  }

  private static func pad(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func right(_ text: String, _ width: Int) -> String {
    pad(width - text.utf8.count) + text
  }

  /// For programs.
  var json: JSONValue {
    func share(_ part: Int, _ whole: Int) -> JSONValue {
      .number(whole == 0 ? 0 : Double(part) / Double(whole))
    }
    return .array(
      effects.groups.map { group in
        .object([
          .init("filter", .string(group.option)),
          .init("documents_with_metadata", .integer(group.documentsWithMetadata)),
          .init(
            "values",
            .array(
              group.rows.map { row in
                var members: [JSONValue.Member] = [
                  .init("value", .string(row.value)),
                  .init("documents", .integer(row.dropped.documents)),
                  .init("documents_share", share(row.dropped.documents, whole.documents)),
                  .init("bytes", .integer(row.dropped.bytes)),
                  .init("bytes_share", share(row.dropped.bytes, whole.bytes)),
                ]
                if group.isAboutLines {
                  members.append(.init("lines", .integer(row.dropped.lines)))
                }
                return .object(members)
              })),
        ])
      })
  }

  /// A section of the page.
  var html: String {
    guard whole.documents > 0 else { return "" }
    var html = "<section id=\"filters\"><h2>\(Self.title) <span class=\"dim\">of "
    html += "\(grouped(whole.documents)) documents and \(grouped(whole.bytes)) bytes</span></h2>\n"
    for group in effects.groups {
      html += "<h3><code>--\(group.option)</code>"
      if let note = note(group) { html += " <span class=\"dim\">\(HTMLPage.escape(note))</span>" }
      html += "</h3>\n"
      guard !group.rows.isEmpty else { continue }
      html += "<div class=\"scroll\"><table><tr><th>value</th><th class=\"n\">documents</th>"
      html += "<th class=\"n\"></th><th class=\"n\">bytes</th><th class=\"n\"></th>"
      html += (group.isAboutLines ? "<th class=\"n\">lines</th>" : "") + "<th></th></tr>\n"
      for row in group.rows.prefix(Self.rows) { html += self.row(row, group) }
      html += "</table></div>\n"
      if group.rows.count > Self.rows {
        html += "<p class=\"dim\">… and \(grouped(group.rows.count - Self.rows)) more</p>\n"
      }
    }
    return html + "</section>\n"
  }

  private func row(_ row: FilterEffects.Row, _ group: FilterEffects.Group) -> String {
    let (documents, bytes) = shares(row)
    let width = fixed(100 * Double(row.dropped.bytes) / Double(max(1, whole.bytes)), 1)
    let lines =
      group.isAboutLines ? "<td class=\"n\">\(grouped(row.dropped.lines))</td>" : ""
    return "<tr><td>\(HTMLPage.escape(row.value))</td>"
      + "<td class=\"n\">\(grouped(row.dropped.documents))</td><td class=\"n\">\(documents)</td>"
      + "<td class=\"n\">\(grouped(row.dropped.bytes))</td><td class=\"n\">\(bytes)</td>\(lines)"
      + "<td class=\"meter\"><i style=\"width:\(width)%\"></i></td></tr>\n"
  }
}
