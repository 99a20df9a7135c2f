import Jukta
import JuktaTraining

/// The view for a terminal: columns that line up.
enum InspectionText {
  static func render(_ view: InspectionView) -> String {
    var output = withoutControls(view.text) + "\n"
    output +=
      "  \(view.graphemeCount) graphemes (Unicode \(graphemeClusterUnicodeVersion)), "
      + "\(view.aksharas.count) aksharas, "
      + "\(view.aksharas.count { $0.conjunct != nil }) conjuncts; \(forms(view.forms))\n"
    output += table(rows(view))
    for row in view.tokenRows { output += tokens(row) }
    for anomaly in view.anomalies {
      let repair = anomaly.repair.map {
        " → " + ($0.isEmpty ? "(nothing)" : visible($0)) + (anomaly.isSafe ? "" : " ?")
      }
      output +=
        "  \(anomaly.code.level.rawValue): \(anomaly.code.rawValue) "
        + "\(anomaly.range.lowerBound)–\(anomaly.range.upperBound) "
        + "\(view.shownSlice(anomaly.range))\(repair ?? ""). \(anomaly.code.explanation)\n"
    }
    if let repair = view.repair { output += repaired(repair) }
    return output + "\n"
  }

  /// Controls could drive the terminal, and what turns the line around could hide what is there.
  private static func withoutControls(_ text: String) -> String {
    string(
      text.unicodeScalars.map { scalar in
        switch (scalar.value, scalar.properties.generalCategory) {
        case (0x200C, _), (0x200D, _): scalar
        case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator): "\u{FFFD}"
        default: scalar
        }
      })
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func forms(_ report: NormalFormReport) -> String {
    NormalFormReport.Form.allCases.map { form in
      form.rawValue.uppercased() + (report.isIn(form) ? " yes" : " no")
    }.joined(separator: ", ") + (report.mixesNukta ? ", ড় ঢ় য় in both spellings" : "")
  }

  private static func rows(_ view: InspectionView) -> [[String]] {
    var rows: [[String]] = []
    for (akshara, latin) in zip(view.aksharas, view.transliterations) {
      for (index, part) in akshara.parts.enumerated() {
        let isFirst = index == 0
        rows.append([
          isFirst ? "\(akshara.range.lowerBound)" : "", isFirst ? visible(akshara.text) : "",
          isFirst ? latin : "",
          isFirst ? akshara.conjunct?.reading ?? "" : "",
          SignName.codePoint(part.scalar.value), SignName.unicode(part.scalar),
          [part.bengaliName ?? "", part.remark].filter { !$0.isEmpty }.joined(separator: ", "),
        ])
      }
    }
    return rows
  }

  /// No column is wider: one long cell would make every row as long.
  private static let widestColumn = 60

  /// Pads each column to its widest cell, within reason.
  static func table(_ rows: [[String]]) -> String {
    guard let count = rows.first?.count else { return "" }
    let widths = (0..<count).map { column in
      min(rows.reduce(0) { max($0, DisplayWidth.of($1[column])) }, widestColumn)
    }
    return rows.map { row in
      var line = " "
      for (column, cell) in row.enumerated() where widths[column] > 0 {
        line += " " + cell
        if column + 1 < count {
          let padding = max(0, widths[column] - DisplayWidth.of(cell)) + 1
          line += String(repeating: " ", count: padding)
        }
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func tokens(_ row: TokenRow) -> String {
    var output = "  \(row.title): \(row.tokens.count) tokens, \(row.cut) aksharas cut\n"
    output += table(
      row.tokens.map { token in
        [
          "  \(token.range.lowerBound)–\(token.range.upperBound)", visible(token.piece),
          "\(token.id)",
          token.score.map { fixed($0, 3) } ?? "", token.startsInside ? "cut" : "",
        ]
      })
    guard !row.alternatives.isEmpty else { return output }
    output += "  other ways to cut:\n"
    output += table(
      row.alternatives.flatMap { word, ways in
        ways.enumerated().map { index, way in
          [
            "  " + (index == 0 ? visible(word) : ""), fixed(way.score, 3),
            way.pieces.map(visible).joined(separator: " · "),
          ]
        }
      })
    return output
  }

  private static func repaired(_ repair: TextRepair) -> String {
    var output = "  fixed: " + withoutControls(String(decoding: repair.bytes, as: UTF8.self)) + "\n"
    for change in repair.changes {
      output +=
        "    \(change.code.rawValue) \(change.range.lowerBound)–\(change.range.upperBound)"
        + " → \(change.replacement.isEmpty ? "(nothing)" : visible(change.replacement))\n"
    }
    return output
  }

  /// A text that shows on its own: a lone sign on a dotted circle, what is not seen by its name.
  static func visible(_ text: String) -> String { visibleText(text) }
}

/// How many columns a text takes on a terminal.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    // East Asian wide and full-width, and emoji.
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
