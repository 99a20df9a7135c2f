import Jukta
import JuktaTraining

/// The page of `jukta evaluate`: the figures side by side, and plots drawn as SVG.
enum EvaluationHTML {
  static func page(_ reports: [ModelReport]) -> String {
    HTMLPage.head("Jukta evaluate") + body(reports)
  }

  /// The sections of the page, for reports that hold more.
  static func body(_ reports: [ModelReport]) -> String {
    table(reports) + reports.map(section).joined()
  }

  private static func table(_ reports: [ModelReport]) -> String {
    var html = "<section><div class=\"scroll\"><table id=\"figures\"><tr><th>model</th>"
    for column in ModelReport.columns { html += "<th class=\"n\">\(column)</th>" }
    html += "</tr>\n"
    for report in reports {
      html += "<tr><td>\(HTMLPage.escape(report.title))</td>"
      for cell in report.cells { html += "<td class=\"n\">\(HTMLPage.escape(cell))</td>" }
      html += "</tr>\n"
    }
    html += "</table></div>\n"
    if let first = reports.first?.figures {
      html += """
        <p class="dim">\(grouped(first.texts)) lines, \(grouped(first.words)) words, \
        \(grouped(first.characters)) characters, \(grouped(first.aksharas)) aksharas. \
        bits/char: minus log₂ of the segmentation’s probability over the normalised characters.</p>

        """
    }
    return html + "</section>\n"
  }

  private static func section(_ report: ModelReport) -> String {
    let last = report.figures.lengths.lastIndex { $0 > 0 } ?? 0
    let bars = (0...last).map { length in
      (
        label: length == report.figures.lengths.count - 1 ? "\(length)+" : "\(length)",
        value: Double(report.figures.lengths[length])
      )
    }
    var html =
      "<section><h2>\(HTMLPage.escape(report.title))</h2>\n"
      + "<p class=\"dim\">Tokens by length in characters</p>\n"
      + SVGPlot.bars(bars, title: "Tokens by length")
      + "<p class=\"dim\">Most frequent pieces</p>\n<div class=\"toks\">"
    for (piece, count) in report.frequent {
      html +=
        "<span class=\"t\">\(HTMLPage.escape(InspectionText.visible(piece)))"
        + "<small>\(grouped(count))</small></span>"
    }
    return html + "</div></section>\n"
  }
}
