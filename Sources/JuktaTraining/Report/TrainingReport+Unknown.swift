internal import Jukta

extension TrainingReport {
  /// The characters of the training text that have no piece, and what would keep them.
  var unknown: String {
    let unknown = result.unknown
    var html = "<section id=\"unknown\"><h2>Characters that stay unknown</h2>\n"
    guard unknown.distinct > 0 else {
      return html + "<p>None of the training text: every character has a piece.</p></section>\n"
    }
    html += "<p>\(Figures.grouped(unknown.occurrences)) occurrences of "
    html +=
      "\(Figures.grouped(unknown.distinct)) characters in the training text. The commonest:</p>"
    html += "<div class=\"toks\">"
    for entry in unknown.commonest {
      html += chip(String(entry.character), note: Figures.grouped(entry.count))
    }
    html += "</div>\n<p class=\"dim\">"
    if let coverage = unknown.coverageKeepingCommonest {
      html += "A character coverage of \(Figures.fixed(coverage, 6)) would keep all of these; "
    }
    return html
      + "single ones can be required, and with byte fallback all are spelled in bytes.</p></section>\n"
  }
}
