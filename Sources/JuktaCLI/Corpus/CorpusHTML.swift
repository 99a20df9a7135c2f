import Jukta
import JuktaCorpus
import JuktaTraining

/// The page of `jukta corpus stats`.
enum CorpusHTML {
  static func page(_ report: CorpusReport, _ inspection: InspectionCounts) -> String {
    var html = HTMLPage.head("Jukta corpus stats") + summary(report, inspection)
    for section in report.sections where !section.counts.isEmpty {
      html += bars(section.title, section.counts, whole: section.whole)
    }
    html += report.filters.html
    let conjuncts = inspection.conjuncts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      .map { (name: $0.key, count: $0.value) }
    html += bars("conjuncts", conjuncts, rows: 120)
    let anomalies = inspection.anomalies.map { (name: $0.key.rawValue, count: $0.value) }
      .sorted { ($0.count, $1.name) > ($1.count, $0.name) }
    return html
      + bars(
        "documents with an anomaly, by code", anomalies, whole: report.statistics.documents)
  }

  private static func summary(_ report: CorpusReport, _ inspection: InspectionCounts) -> String {
    let statistics = report.statistics
    let rows = [
      ("documents", "\(grouped(statistics.documents)) kept of \(grouped(report.tally.documents))"),
      (
        "lines",
        "\(grouped(statistics.lines)), left out by line filters \(grouped(report.tally.droppedLines))"
      ),
      ("words", grouped(statistics.words)), ("characters", grouped(statistics.scalars)),
      (
        "grapheme clusters (Unicode \(graphemeClusterUnicodeVersion))",
        grouped(inspection.graphemes)
      ),
      ("aksharas", grouped(inspection.aksharas)), ("bytes", grouped(statistics.bytes)),
      (
        "broken", "\(grouped(report.tally.bad)) lines, \(grouped(report.tally.badFiles)) files"
      ),
    ]
    var html = "<section><table id=\"figures\">"
    for (name, value) in rows { html += "<tr><th>\(name)</th><td>\(value)</td></tr>\n" }
    for (title, values) in report.histograms where values.count > 0 {
      let parts = CorpusReport.quantiles.map { share in
        "\(Int(share * 100)) %: \(grouped(Int((values.quantile(share) ?? 0).rounded())))"
      }
      html +=
        "<tr><th>\(HTMLPage.escape(title))</th><td>\(parts.joined(separator: " · "))</td></tr>\n"
    }
    html += "</table>\n<ul>"
    for (file, layout) in report.files {
      html += "<li>\(HTMLPage.escape(file)) <span class=\"dim\">\(layout.rawValue)</span></li>\n"
    }
    return html + "</ul></section>\n"
  }

  /// Counts with bars as long as their share of the greatest.
  private static func bars(
    _ title: String, _ counts: [(name: String, count: Int)], whole: Int? = nil, rows: Int = 40
  ) -> String {
    guard let top = counts.map(\.count).max(), top > 0 else { return "" }
    let sum = whole ?? counts.reduce(0) { $0 + $1.count }
    var html =
      "<section><h2>\(HTMLPage.escape(title)) <span class=\"dim\">\(grouped(counts.count))</span>"
      + "</h2><div class=\"scroll\"><table>\n"
    for (name, count) in counts.prefix(rows) {
      let share = fixed(100 * Double(count) / Double(top), 1)
      html +=
        "<tr><td>\(HTMLPage.escape(name))</td><td class=\"n\">\(grouped(count))</td>"
        + "<td class=\"n\">\(percent(count, of: sum))</td>"
        + "<td class=\"meter\"><i style=\"width:\(share)%\"></i></td></tr>\n"
    }
    html += "</table></div>"
    if counts.count > rows {
      html += "<p class=\"dim\">… and \(grouped(counts.count - rows)) more</p>"
    }
    return html + "</section>\n"
  }
}
