import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta extend`: new pieces for a tokenizer that exists, behind its old ones.
struct ExtendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend",
    abstract: "Add pieces to a tokenizer; old ids stay.",
    discussion: """
      Examples:
        jukta extend llama-3/ bn.jsonl.zst -o llama-3-bn --add 8000
        jukta extend base.model bn.txt -o bn-model --add 4000
        jukta count -m llama-3/ part-1.txt -o 1.counts
        jukta extend llama-3/ --counts *.counts -o llama-3-bn

      The base's own normaliser and pre-tokenizer make the words, its merges cut them, and
      new merges go on from there. New pieces are made of Bengali alone (--scripts), so other
      text keeps its ids. Writes what the base is (tokenizer.json, spiece.model), what stood
      beside it, and new_ids.jsonl: each new id, its text, and the base's ids of that text.
      """)

  @Argument(help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Argument(help: "Files of text; none or - for standard input.")
  var files: [String] = []
  @Option(name: [.short, .long], help: "The folder to write.")
  var output: String
  @Option(help: "How many new pieces.")
  var add = 8_000
  @Option(
    help: ArgumentHelp(
      "What new pieces are made of, separated by commas.",
      discussion: "One or more of \(ExtensionScripts.names.joined(separator: ", "))."))
  var scripts = "bengali"
  @Option(help: "Pairs that occur less often make no piece.")
  var minFrequency: UInt64 = 2
  @Flag(help: "Take fewer pieces where the text does not give so many.")
  var softVocabLimit = false
  @Flag(help: "FILES are counts, from jukta count -m MODEL.")
  var counts = false
  @OptionGroup var room: RoomOptions
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    guard output != "-", !output.isEmpty else {
      throw ValidationError("a tokenizer is a folder, not standard output: name it with -o.")
    }
    guard add >= 1 else { throw ValidationError("--add must be 1 or more.") }
    guard ExtensionScripts.named(symbolList(scripts)) != nil else {
      throw ValidationError(
        "'\(scripts)' names no scripts: choose from \(ExtensionScripts.names.joined(separator: ", "))."
      )
    }
    if counts, let first = corpus.given.first {
      throw ValidationError(
        "\(first) says how text is read, and with --counts none is: give it to jukta count.")
    }
  }

  func run() throws {
    let base = try Tokenizer(contentsOf: model)
    let companions = try TransformersFolder.companions(of: model)
    var settings = ExtensionSettings()
    settings.addedPieces = add
    settings.scripts = ExtensionScripts.named(symbolList(scripts)) ?? .bengali
    settings.minFrequency = minFrequency
    settings.allowsFewer = softVocabLimit
    settings.threads = room.workers
    let extender = try TokenizerExtender(base, settings: settings)
    let folder = try AtomicFolder(output)
    let line = ProgressLine(isQuiet: room.quiet, total: nil)
    let words = try countedWords(base, line)
    let extended = try extender.extend(words.counts) { pieces in
      line.write("\(grouped(pieces)) of \(grouped(add)) new pieces")
      return .proceed
    }
    line.clear()
    let (files, leftOut) = try extended.files(beside: companions)
    try Interruption.holdOff { () throws(FolderError) in
      try folder.commit(files.map { ($0.name, $0.bytes) })
    }
    if !room.quiet { report(extended, leftOut) }
  }

  /// The words of the text, as the base makes them.
  private func countedWords(_ base: Tokenizer, _ line: ProgressLine) throws -> CountedCorpus {
    guard !counts else {
      return try countMerge(files, line).load(memory: room.memory?.bytes) { header in
        guard header.frontEnd.utf8.elementsEqual(base.wordsJSON.utf8) else {
          throw OtherModelCounts(model: model)
        }
      }
    }
    let source = Corpus(files, options: corpus.options, callers: room.workers)
    let counted = try room.counter.count(
      source, makeSplitter: { try base.makeWordSplitter() },
      progress: { _ in
        line.show(source.bytesRead, what: "counting")
        return .proceed
      })
    if !room.quiet { reportSkipped(source.tally) }
    return counted
  }

  private func report(_ extended: TokenizerExtension, _ leftOut: String?) {
    let seen = extended.diagnostics
    let words = Double(max(seen.words, 1))
    print(
      """
      \(output): \(grouped(extended.newIDs.count)) new pieces, ids \
      \(extended.newIDs.first?.id ?? 0) to \(extended.newIDs.last?.id ?? 0); \
      \(grouped(extended.tokenizer.vocabularySize)) in all
        learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct
        on this text \(fixed(Double(seen.tokensAfter) / words, 3)) tokens a word, \
      \(fixed(Double(seen.tokensBefore) / words, 3)) before
      """)
    if let leftOut { print("  tokenizer.json left out: \(leftOut)") }
  }
}

/// Counts of words that another model's front end made.
struct OtherModelCounts: Error, CustomStringConvertible {
  let model: String

  var description: String {
    "these words were not counted for \(model): count again with jukta count -m \(model)"
  }
}
