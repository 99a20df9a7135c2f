import Jukta
import JuktaTraining

/// The page that a training leaves beside its tokenizer. Holds neither paths nor times: the same
/// text and settings give the same bytes.
struct TrainingReport {
  let tokenizer: Tokenizer
  let recipe: TrainingRecipe
  /// The rounds of EM; none for BPE.
  var rounds: [UnigramDiagnostics.Round] = []

  var html: [UInt8] {
    Array((HTMLPage.head("Jukta: \(recipe.model) vocabulary") + figures + curves + pieces).utf8)
  }

  private var figures: String {
    var rows: [(String, String)] = [
      ("preset", recipe.preset), ("documents", grouped(recipe.corpus.documents)),
      ("bytes", grouped(recipe.corpus.bytes)), ("words", grouped(recipe.corpus.words)),
      ("distinct words", grouped(recipe.corpus.distinctWords)),
      ("pieces", grouped(tokenizer.vocabularySize)),
      (
        "pieces that start with a dangling sign",
        percent(tokenizer.danglingPieces, of: tokenizer.vocabularySize)
      ),
    ]
    if case .object = recipe.spiece {
      let left = recipe.spiece["left_out"] ?? .null
      rows.append(("spiece.model", left == .null ? "written" : "left out: " + Self.text(left)))
      if case .array(let notes)? = recipe.spiece["notes"] {
        rows += notes.map { ("spiece.model", Self.text($0)) }
      }
    }
    for values in [recipe.figures, recipe.settings] {
      guard case .object(let members) = values else { continue }
      for member in members {
        rows.append((member.key.replacing("_", with: " "), Self.text(member.value)))
      }
    }
    return "<section><table id=\"figures\">"
      + rows.map { name, value in
        "<tr><th>\(HTMLPage.escape(name))</th><td>\(HTMLPage.escape(value))</td></tr>"
      }.joined(separator: "\n") + "</table></section>\n"
  }

  private var curves: String {
    guard rounds.count > 1 else { return "" }
    func points(_ value: (UnigramDiagnostics.Round) -> Double) -> [(label: String, value: Double)] {
      rounds.enumerated().map { ("\($0.offset + 1)", value($0.element)) }
    }
    return "<section><h2>EM</h2><p class=\"dim\">Nats a word, by round: it rises where pieces are "
      + "dropped and falls as the rest is fitted</p>\n"
      + SVGPlot.line(points(\.objective), title: "Nats a word by round")
      + "<p class=\"dim\">Pieces, by round</p>\n"
      + SVGPlot.line(points { Double($0.pieces) }, title: "Pieces by round")
      + "<p class=\"dim\">Expected tokens of the corpus, by round</p>\n"
      + SVGPlot.line(points(\.tokens), title: "Tokens by round") + "</section>\n"
  }

  private var pieces: String {
    var lengths = [Int](repeating: 0, count: 33)
    for piece in tokenizer.model.pieces { lengths[min(piece.unicodeScalars.count, 32)] += 1 }
    let last = lengths.lastIndex { $0 > 0 } ?? 0
    let bars = (0...last).map { (label: $0 == 32 ? "32+" : "\($0)", value: Double(lengths[$0])) }
    let first = tokenizer.model.pieces.prefix(200).map { piece in
      "<span class=\"t\">\(HTMLPage.escape(InspectionText.visible(piece)))</span>"
    }.joined()
    return "<section><h2>Pieces</h2><p class=\"dim\">Pieces by length in characters</p>\n"
      + SVGPlot.bars(bars, title: "Pieces by length")
      + "<p class=\"dim\">The first 200</p><div class=\"toks\">\(first)</div></section>\n"
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): return text
    case .number(let number):
      return number == number.rounded() && abs(number) < 1e15
        ? grouped(Int(number)) : fixed(number, 4)
    default:
      var json = JSONWriter()
      json.value(value)
      return String(decoding: json.output.bytes, as: UTF8.self)
    }
  }
}

extension TrainingRecipe {
  /// What stands beside the tokenizer's own files.
  func files(_ report: TrainingReport) -> [TransformersFolder.File] {
    [
      .init(name: "recipe.json", bytes: JSONWriter.document(json)),
      .init(name: "report.html", bytes: report.html),
    ]
  }
}
