internal import Jukta

/// The page that a training leaves beside its tokenizer: first what a reader asks, then what training did, then the
/// settings. Holds neither paths nor times: the same text and settings give the same bytes.
struct TrainingReport {
  let result: TrainedTokenizer
  private var tokenizer: Tokenizer { result.tokenizer }
  private var recipe: TrainingRecipe { result.recipe }

  init(_ result: TrainedTokenizer) { self.result = result }

  var html: [UInt8] {
    let parts = [
      HTMLPage.head("Jukta: \(Figures.grouped(result.size)) pieces, \(recipe.model)"),
      headline, unknown, lines, pieces, rounds, settings,
    ]
    return Array(parts.joined().utf8)
  }

  // MARK: What a reader asks

  private var headline: String {
    var facts: [(name: String, value: String)] = []
    let text: String
    if let figures = result.figures {
      let seen = figures.evaluation
      facts = [
        ("tokens a word", Figures.fixed(seen.fertility, 3)),
        ("unknown tokens", Figures.fixed(seen.unknownRate * 100, 3) + " %"),
        ("aksharas cut", Figures.fixed(seen.cutRate * 100, 2) + " %"),
        ("characters a token", Figures.fixed(seen.charactersPerToken, 2)),
      ]
      if let bits = seen.bitsPerCharacter {
        facts.append(("bits a character", Figures.fixed(bits, 3)))
      }
      text =
        "On \(Figures.grouped(seen.texts)) lines "
        + (figures.isHeldOut
          ? "that training has not seen" : "drawn from the training text itself")
        + ": \(Figures.grouped(seen.words)) words, between white space."
    } else {
      text =
        "Trained on counts, which hold no lines: there is nothing to measure on but the words themselves "
        + "(see below). Name lines to be held out to have figures here."
    }
    return "<section><div class=\"facts\" id=\"headline\">"
      + facts.map { "<div><b>\($0.value)</b>\($0.name)</div>" }.joined()
      + "</div><p class=\"dim\">\(text)</p></section>\n"
  }

  private var lines: String {
    guard let samples = result.figures?.samples, !samples.isEmpty else { return "" }
    var html = "<section><h2>Lines and their cuts</h2>\n"
    for line in samples {
      // Encoding a line that was just evaluated cannot fail.
      guard let encoding = try? tokenizer.encode(line, addsSpecialTokens: false) else { continue }
      html += "<div class=\"toks\">"
      for (token, id) in zip(encoding.tokens, encoding.ids) {
        html += chip(token, isUnknown: id == tokenizer.unknownID)
      }
      html += "</div>\n"
    }
    return html + "</section>\n"
  }

  private var pieces: String {
    let names = tokenizer.model.pieces
    var html = "<section><h2>Pieces</h2>\n"
    if let counts = result.figures?.evaluation.idCounts {
      let common = counts.indices.filter { counts[$0] > 0 && $0 < names.count }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(60)
      html += "<p class=\"dim\">The commonest on these lines</p><div class=\"toks\">"
      html += common.map { chip(names[$0], note: Figures.grouped(counts[$0])) }.joined()
      html += "</div>\n"
    }
    let special = Set(tokenizer.addedTokens.map { Int($0.id) })
    let lengths = names.map { $0.unicodeScalars.count }
    let longest = names.indices.filter { !special.contains($0) }
      .sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }.prefix(40)
    html += "<p class=\"dim\">The longest</p><div class=\"toks\">"
    html += longest.map { chip(names[$0]) }.joined() + "</div>\n"
    var bars = [Int](repeating: 0, count: 33)
    for length in lengths { bars[min(length, 32)] += 1 }
    let last = bars.lastIndex { $0 > 0 } ?? 0
    return html + "<p class=\"dim\">Pieces by length in characters</p>\n"
      + SVGPlot.bars(
        (0...last).map { (label: $0 == 32 ? "32+" : "\($0)", value: Double(bars[$0])) },
        title: "Pieces by length") + "</section>\n"
  }

  func chip(_ piece: String, isUnknown: Bool = false, note: String? = nil) -> String {
    "<span class=\"t\(isUnknown ? " unknown" : "")\">\(HTMLPage.escape(visibleText(piece)))"
      + (note.map { "<small>\($0)</small>" } ?? "") + "</span>"
  }

  // MARK: What training did

  private var rounds: String {
    guard case .unigram(let diagnostics, _) = result.details, diagnostics.rounds.count > 1 else {
      return ""
    }
    let rounds = diagnostics.rounds
    func points(_ value: (UnigramDiagnostics.Round) -> Double) -> [(label: String, value: Double)] {
      rounds.enumerated().map { ("\($0.offset + 1)", value($0.element)) }
    }
    return
      "<section><h2>Rounds of training</h2><p class=\"dim\">Nats a word, by round: it rises where "
      + "pieces are dropped and falls as the rest is fitted</p>\n"
      + SVGPlot.line(points(\.objective), title: "Nats a word by round")
      + "<p class=\"dim\">Pieces, by round</p>\n"
      + SVGPlot.line(points { Double($0.pieces) }, title: "Pieces by round")
      + "<p class=\"dim\">Expected tokens of the corpus, by round</p>\n"
      + SVGPlot.line(points { $0.tokens.rounded() }, title: "Tokens by round") + "</section>\n"
  }

  // MARK: Settings

  private var settings: String {
    let corpus = recipe.corpus
    var rows: [(String, String)] = [
      ("preset", recipe.preset),
      (
        "size",
        Figures.grouped(result.size)
          + (result.sizing.explanation.map { ", chosen: \($0)" } ?? ", as asked")
      ),
      ("lines", Figures.grouped(corpus.documents)),
      ("bytes", Figures.grouped(corpus.bytes)), ("words", Figures.grouped(corpus.words)),
      ("distinct words", Figures.grouped(corpus.distinctWords)),
      (
        "pieces that start with a dangling sign",
        Figures.percent(tokenizer.danglingPieces, of: result.size)
      ),
      ("spiece.model", result.sentencePiece.reason.map { "left out: \($0)" } ?? "written"),
    ]
    rows += result.sentencePiece.notes.map { ("spiece.model", $0.description) }
    rows += members(recipe.figures, "on the training words: ") + members(recipe.settings, "")
    return "<section><h2>Corpus and settings</h2><table id=\"figures\">"
      + rows.map { name, value in
        "<tr><th>\(HTMLPage.escape(name))</th><td>\(HTMLPage.escape(value))</td></tr>"
      }.joined(separator: "\n") + "</table></section>\n"
  }

  private func members(_ value: JSONValue, _ prefix: String) -> [(String, String)] {
    guard case .object(let members) = value else { return [] }
    return members.map { (prefix + $0.key.replacing("_", with: " "), Self.text($0.value)) }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): return text
    case .number(let number):
      return number == number.rounded() && abs(number) < 1e15
        ? Figures.grouped(Int(number)) : Figures.fixed(number, 4)
    default:
      var json = JSONWriter()
      json.value(value)
      return String(decoding: json.output.bytes, as: UTF8.self)
    }
  }
}
