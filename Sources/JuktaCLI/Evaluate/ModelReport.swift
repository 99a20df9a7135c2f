import Jukta
import JuktaTraining

/// What is said about one model.
struct ModelReport {
  let title: String
  let path: String
  let pieces: Int
  let dangling: Int
  let figures: TokenizerEvaluation
  /// The pieces that came most often.
  let frequent: [(piece: String, count: UInt64)]

  init(title: String, path: String, tokenizer: Tokenizer, figures: TokenizerEvaluation) {
    self.title = title
    self.path = path
    pieces = tokenizer.vocabularySize
    dangling = tokenizer.danglingPieces
    self.figures = figures
    let names = tokenizer.model.pieces
    frequent = figures.idCounts.enumerated()
      .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
      .prefix(40).filter { $0.element > 0 && $0.offset < names.count }
      .map { (names[$0.offset], $0.element) }
  }

  var danglingShare: Double { pieces == 0 ? 0 : Double(dangling) / Double(pieces) }
  /// The share of the vocabulary that the text uses.
  var usedShare: Double {
    pieces == 0 ? 0 : Double(figures.idCounts.count { $0 > 0 }) / Double(pieces)
  }

  static let columns = [
    "pieces", "tokens/word", "chars/token", "bits/char", "unknown", "aksharas cut", "dangling",
    "used",
  ]

  var cells: [String] {
    [
      grouped(pieces), fixed(figures.fertility, 4), fixed(figures.charactersPerToken, 3),
      figures.bitsPerCharacter.map { fixed($0, 4) } ?? "–", share(figures.unknownRate),
      share(figures.cutRate), share(danglingShare), share(usedShare),
    ]
  }

  private func share(_ value: Double) -> String { fixed(value * 100, 3) + " %" }

  static func text(_ reports: [ModelReport]) -> String {
    let rows = [["model"] + columns] + reports.map { [$0.title] + $0.cells }
    let widths = rows[0].indices.map { column in
      rows.reduce(0) { max($0, DisplayWidth.of($1[column])) }
    }
    var text = rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ") + "\n"
    }.joined()
    if let first = reports.first?.figures {
      text +=
        "\(grouped(first.texts)) lines, \(grouped(first.words)) words, "
        + "\(grouped(first.characters)) characters, \(grouped(first.aksharas)) aksharas\n"
    }
    return text
  }

  static func json(_ reports: [ModelReport]) -> JSONValue {
    .object([.init("models", .array(reports.map(\.json)))])
  }

  private var json: JSONValue {
    .object([
      .init("model", .string(path)), .init("pieces", .integer(pieces)),
      .init("lines", .integer(figures.texts)), .init("words", .integer(figures.words)),
      .init("characters", .integer(figures.characters)), .init("tokens", .integer(figures.tokens)),
      .init("tokens_per_word", .number(figures.fertility)),
      .init("characters_per_token", .number(figures.charactersPerToken)),
      .init("bits_per_character", figures.bitsPerCharacter.map(JSONValue.number) ?? .null),
      .init("unknown_tokens", .integer(figures.unknownTokens)),
      .init("unknown_rate", .number(figures.unknownRate)),
      .init("aksharas", .integer(figures.aksharas)),
      .init("aksharas_cut", .integer(figures.cutAksharas)),
      .init("aksharas_cut_rate", .number(figures.cutRate)),
      .init("dangling_pieces", .integer(dangling)),
      .init("dangling_share", .number(danglingShare)),
      .init("vocabulary_used", .number(usedShare)),
      .init(
        "frequent",
        .array(
          frequent.map { entry in
            .object([.init("piece", .string(entry.piece)), .init("count", .integer(entry.count))])
          })),
      .init("token_lengths", .array(figures.lengths.map { .integer($0) })),
    ])
  }
}
