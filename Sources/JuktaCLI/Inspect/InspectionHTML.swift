import Jukta
import JuktaTraining

/// The view for a browser: text, aksharas, code points and tokens, tied together by hovering.
enum InspectionHTML {
  /// Every part that belongs to an akshara carries its number in `data-k`; hovering or touching one
  /// lights all that share a number with it.
  static let head = """
    <script>
    (function () {
      var pinned = null;
      function light(element) {
        document.querySelectorAll('.on').forEach(function (e) { e.classList.remove('on'); });
        if (!element) return;
        var keys = element.dataset.k.split(' ');
        element.closest('section').querySelectorAll('[data-k]').forEach(function (e) {
          if (e.dataset.k.split(' ').some(function (k) { return keys.indexOf(k) >= 0; }))
            e.classList.add('on');
        });
      }
      function part(event) {
        return event.target.closest ? event.target.closest('[data-k]') : null;
      }
      document.addEventListener('pointerover', function (event) {
        if (!pinned) light(part(event));
      });
      document.addEventListener('click', function (event) {
        var element = part(event);
        pinned = element && element !== pinned ? element : null;
        light(element && pinned);
      });
    })();
    </script>
    """

  static func render(_ view: InspectionView) -> String {
    var html = "<section>\n" + source(view) + facts(view)
    for row in view.tokenRows { html += tokens(row, view) }
    html += table(view) + anomalies(view)
    if let repair = view.repair { html += repaired(repair) }
    return html + "</section>\n"
  }

  private static func source(_ view: InspectionView) -> String {
    var html = "<p class=\"source\">"
    let anomalies = view.anomaliesByAkshara()
    for (index, akshara) in view.aksharas.enumerated() {
      let found = anomalies[index]
      let level = worst(found)
      let title = found.map(\.code.rawValue).joined(separator: ", ")
      html +=
        "<span class=\"a\(level.map { " " + $0.rawValue } ?? "")\" data-k=\"\(index)\""
        + (title.isEmpty ? "" : " title=\"\(HTMLPage.escape(title))\"")
        + ">\(HTMLPage.escape(akshara.text))</span>"
    }
    return html + "</p>\n"
  }

  private static func worst(_ anomalies: [Anomaly]) -> AnomalyCode.Level? {
    [.error, .warning, .info].first { level in anomalies.contains { $0.code.level == level } }
  }

  private static func facts(_ view: InspectionView) -> String {
    let forms = NormalFormReport.Form.allCases.map { form in
      form.rawValue.uppercased() + (view.forms.isIn(form) ? " yes" : " no")
    }.joined(separator: ", ")
    return """
      <p class="dim">\(view.graphemeCount) grapheme clusters \
      (Unicode \(graphemeClusterUnicodeVersion)) · \(view.aksharas.count) aksharas · \
      \(view.aksharas.count { $0.conjunct != nil }) conjuncts · \(view.range.count) bytes · \(forms)\
      \(view.forms.mixesNukta ? " · ড় ঢ় য় in both spellings" : "")</p>

      """
  }

  private static func tokens(_ row: TokenRow, _ view: InspectionView) -> String {
    var html =
      "<h2>\(HTMLPage.escape(row.title)) <span class=\"dim\">\(row.tokens.count) tokens, "
      + "\(row.cut) aksharas cut</span></h2>\n<div class=\"toks\">"
    for token in row.tokens {
      let keys = view.keys(of: token.range)
      let cuts = (token.startsInside ? " cut-start" : "") + (token.endsInside ? " cut-end" : "")
      html +=
        "<span class=\"t\(cuts)\" data-k=\"\(keys)\">"
        + HTMLPage.escape(InspectionText.visible(token.piece))
        + "<small>\(token.id)\(token.score.map { " · " + fixed($0, 2) } ?? "")</small></span>"
    }
    return html + "</div>\n" + alternatives(row)
  }

  /// The n-best list, folded away.
  private static func alternatives(_ row: TokenRow) -> String {
    guard !row.alternatives.isEmpty else { return "" }
    var html = "<details class=\"nbest\"><summary>other ways to cut</summary><table>\n"
    for (word, ways) in row.alternatives {
      for (index, way) in ways.enumerated() {
        let cell =
          index == 0
          ? "<td rowspan=\"\(ways.count)\">\(HTMLPage.escape(InspectionText.visible(word)))</td>"
          : ""
        let pieces = way.pieces.map { HTMLPage.escape(InspectionText.visible($0)) }
        html +=
          "<tr>\(cell)<td>\(pieces.joined(separator: " · "))</td>"
          + "<td class=\"dim\">\(fixed(way.score, 2))</td></tr>\n"
      }
    }
    return html + "</table></details>\n"
  }

  private static func table(_ view: InspectionView) -> String {
    var html =
      "<div class=\"scroll\"><table><tr><th>akshara</th><th class=\"wide\">latin</th>"
      + "<th>code point</th><th class=\"wide\">name</th><th>নাম</th><th>role</th></tr>\n"
    for (index, akshara) in view.aksharas.enumerated() {
      for (place, part) in akshara.parts.enumerated() {
        html += "<tr data-k=\"\(index)\">"
        if place == 0 {
          let reading = akshara.conjunct.map {
            "<br><span class=\"dim\">\(HTMLPage.escape($0.reading)) · \(HTMLPage.escape($0.name))"
              + "</span>"
          }
          html +=
            "<td rowspan=\"\(akshara.parts.count)\">"
            + HTMLPage.escape(InspectionText.visible(akshara.text)) + (reading ?? "") + "</td>"
            + "<td class=\"wide\" rowspan=\"\(akshara.parts.count)\">"
            + HTMLPage.escape(view.transliterations[index]) + "</td>"
        }
        html +=
          "<td><code>\(SignName.codePoint(part.scalar.value))</code></td>"
          + "<td class=\"wide\"><small>\(HTMLPage.escape(SignName.unicode(part.scalar)))</small></td>"
          + "<td>\(HTMLPage.escape(part.bengaliName ?? ""))</td>"
          + "<td>\(HTMLPage.escape(part.remark))</td></tr>\n"
      }
    }
    return html + "</table></div>\n"
  }

  private static func anomalies(_ view: InspectionView) -> String {
    guard !view.anomalies.isEmpty else { return "" }
    var html = "<h2>Anomalies</h2>\n<ul>\n"
    for anomaly in view.anomalies {
      let keys = view.keys(of: anomaly.range)
      let repair = anomaly.repair.map {
        " → <b>\($0.isEmpty ? "∅" : HTMLPage.escape(InspectionText.visible($0)))</b>"
          + (anomaly.isSafe ? "" : " <span class=\"dim\">(to be judged)</span>")
      }
      let level = anomaly.code.level.rawValue
      html +=
        "<li data-k=\"\(keys)\"><span class=\"level \(level)\">\(level)</span> "
        + "<code>\(anomaly.code.rawValue)</code> "
        + HTMLPage.escape(view.shownSlice(anomaly.range)) + (repair ?? "")
        + " <span class=\"dim\">\(HTMLPage.escape(anomaly.code.explanation))</span></li>\n"
    }
    return html + "</ul>\n"
  }

  private static func repaired(_ repair: TextRepair) -> String {
    "<h2>Fixed</h2><p class=\"source\">"
      + HTMLPage.escape(String(decoding: repair.bytes, as: UTF8.self)) + "</p>\n<ul>"
      + repair.changes.map { change in
        "<li><code>\(change.code.rawValue)</code> "
          + "\(change.range.lowerBound)–\(change.range.upperBound) → "
          + HTMLPage.escape(InspectionText.visible(change.replacement)) + "</li>"
      }.joined() + "</ul>\n"
  }
}
