import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta prune`: a tokenizer without the pieces that a text does not use, or uses least.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Take pieces out of a tokenizer that a text does not need.",
    discussion: """
      Examples:
        jukta prune llama-3/ bn.txt.gz -o llama-3-small --unused
        jukta prune bn-64k/ bn.txt.gz -o bn-32k --vocab-size 32000

      --unused keeps what the text uses and what that is merged from: a BPE or Unigram model
      then encodes this text as before. --vocab-size takes out the rarest pieces that nothing
      is merged from until so many ids are left. Ids are numbered anew, in their old order:
      id_map.jsonl and id_map.u32 (little-endian, 4294967295 for none) lead from old to new.
      """)

  @Argument(help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Argument(help: "Files of text; none or - for standard input.")
  var files: [String] = []
  @Option(name: [.short, .long], help: "The folder to write.")
  var output: String
  @Option(help: "How many ids to come down to.")
  var vocabSize: Int?
  @Flag(help: "Take out what the text does not use.")
  var unused = false
  @OptionGroup var room: RoomOptions
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    guard output != "-", !output.isEmpty else {
      throw ValidationError("a tokenizer is a folder, not standard output: name it with -o.")
    }
    guard (vocabSize != nil) != unused else {
      throw ValidationError("give --vocab-size or --unused, one of the two.")
    }
    if let vocabSize, vocabSize < 1 {
      throw ValidationError("--vocab-size must be 1 or more.")
    }
  }

  func run() throws {
    let base = try Tokenizer(contentsOf: model)
    let folder = try AtomicFolder(output)
    let source = Corpus(files, options: corpus.options, callers: room.workers)
    let line = ProgressLine(isQuiet: room.quiet, total: source.size)
    let usage = try TokenUsage(of: base, in: source, threads: room.workers) { _ in
      line.show(source.bytesRead, what: "encoding")
      return .proceed
    }
    line.clear()
    if !room.quiet { reportSkipped(source.tally) }
    let pruned = try TokenizerPruner(base).prune(
      usage, to: vocabSize.map { .size($0) } ?? .unused)
    let (files, leftOut) = try pruned.files()
    try Interruption.holdOff { () throws(FolderError) in
      try folder.commit(files.map { ($0.name, $0.bytes) })
    }
    guard !room.quiet else { return }
    print(
      """
      \(output): \(grouped(pruned.tokenizer.vocabularySize)) ids, \
      \(grouped(base.vocabularySize)) before
        on this text \(grouped(usage.used)) ids were used, and \
      \(grouped(pruned.lostUses)) of \(grouped(usage.total)) tokens lose their piece
      """)
    if let leftOut { print("  tokenizer.json left out: \(leftOut)") }
  }
}
