import ArgumentParser
import Jukta
import JuktaTraining

/// `jukta inspect`: what a text is made of, and what is odd about it.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Take text apart: graphemes, aksharas, conjuncts, anomalies.",
    discussion: """
      Examples:
        jukta inspect 'ক্ষ্মী র‍্যাব'
        jukta inspect --format html -m bn-32k -m bn-8k notes.txt -o notes.html
        jukta inspect --format jsonl texts.jsonl

      Arguments are texts, or files where the first is a file's name or -. Without \
      any, standard input is read. text and html take one text a line.

      jsonl: {"id": …, "text": …} in, {"id", "graphemes", "aksharas", "conjuncts", \
      "anomalies", "details"} out. Grapheme clusters are those of Unicode \
      \(graphemeClusterUnicodeVersion).
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl, html }
  enum Details: String, ExpressibleByArgument, CaseIterable { case none, anomalies, all }

  @Option(help: "What to write: text, jsonl or html.")
  var format = Format.text
  @Option(
    name: [.customShort("m"), .long],
    help: "Show the tokens of this model; may be given several times.")
  var model: [String] = []
  @Option(
    name: .customLong("n-best"),
    help: "Show the N most likely ways to cut each word (default: 3 in html, else none).")
  var nBest: Int?
  @Flag(help: "Make the repairs that are safe, and tell what was done.")
  var fix = false
  @Option(help: "What jsonl says in details: none, anomalies or all.")
  var details = Details.anomalies
  @Option(help: "The field of a JSON record that holds the text.")
  var field = "text"
  @Option(help: "What offsets count: bytes, scalars or utf16.")
  var offsets = OffsetUnit.scalars
  @OptionGroup var lines: LineOptions

  func validate() throws {
    if let nBest, !(0...100).contains(nBest) {
      throw ValidationError("--n-best must be between 0 and 100, not \(nBest).")
    }
  }

  func run() throws {
    let models = try model.map { InspectionModel(name: $0, tokenizer: try loadTokenizer($0)) }
    let settings = InspectionSettings(
      models: models, fixes: fix, details: details, field: field, unit: offsets,
      nBest: nBest ?? (format == .html ? 3 : 0))
    var output = try Output.open(lines.output)
    if format == .html { try output.write(HTMLPage.head("Jukta inspect", InspectionHTML.head)) }
    let format = format
    guard takesTexts else {
      return try lines.pipeline.run(to: output) { InspectWorker(settings, format) }
    }
    var worker = InspectWorker(settings, format)
    for (index, text) in lines.files.enumerated() {
      var bytes = ByteBuffer(capacity: 1 << 12)
      let characters = Array(text.utf8)
      try worker.inspect(characters.span, id: Array("\(index)".utf8), into: &bytes)
      try output.write(bytes.span)
    }
    try output.finish()
  }

  /// Whether the arguments are texts. One that looks like a path is taken for a file even where there
  /// is none, so that a slip of the pen is an error and not a text.
  private var takesTexts: Bool {
    guard let first = lines.files.first, first != "-" else { return false }
    let looksLikePath =
      first.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: " ") }
      && first.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
    return !looksLikePath && !isFile(first)
  }
}

/// A model whose tokens are shown.
struct InspectionModel: Sendable {
  /// The name on the command line.
  let name: String
  let tokenizer: Tokenizer

  /// The last parts of the path, for headings.
  var title: String {
    let parts = name.split(separator: "/")
    let isFile = parts.last.map { $0 == "tokenizer.json" || $0.hasSuffix(".model") } ?? false
    return parts.suffix(isFile ? 2 : 1).joined(separator: "/")
  }
}

/// What all views are told.
struct InspectionSettings: Sendable {
  var models: [InspectionModel]
  var fixes: Bool
  var details: InspectCommand.Details
  var field: String
  var unit: OffsetUnit
  /// How many ways to cut a word are shown; 0 for none.
  var nBest: Int
}
