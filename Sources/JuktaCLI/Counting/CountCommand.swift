import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// `jukta count`: text in, its words and how often each occurs out.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count the words of a text, for training later or elsewhere.",
    discussion: """
      Examples:
        jukta count part-1.jsonl.zst -o part-1.counts        # on as many machines as you like
        jukta merge part-*.counts -o all.counts
        jukta train unigram --counts all.counts -o bn-32k
      Words are normalised and cut as training would (--preset, --byte-level), and training from the
      counts gives the same tokenizer as training from the text. The file is text, described in
      the article on training; the same text gives the same bytes, whatever the threads, the order of
      the files and --memory.
      """)

  @OptionGroup var counting: CountingOptions
  @OptionGroup var words: ByteLevelOptions
  @Option(
    name: [.short, .long],
    help: "Count the words that a tokenizer sees, for jukta extend; in place of --preset.")
  var model: String?
  @Flag(help: "Cut words as train wordpiece and train wordlevel do, at spaces and punctuation.")
  var wordpiece = false
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions

  func validate() throws {
    if model != nil, counting.preset != nil || words.byteLevel || wordpiece {
      throw ValidationError(
        "-m takes the tokenizer's own words: leave --preset, --byte-level and --wordpiece out.")
    }
    if wordpiece, words.byteLevel {
      throw ValidationError("give --wordpiece or --byte-level, not both.")
    }
  }

  func run() throws {
    if let model {
      let tokenizer = try Tokenizer(contentsOf: model)
      return try count(
        CountFileHeader(preset: "model", frontEnd: tokenizer.wordsJSON),
        makeSplitter: { try tokenizer.makeWordSplitter() })
    }
    let preset = counting.spaces.preset(counting.preset)
    let recipe =
      wordpiece
      ? FrontEndRecipe.words(preset: preset) : try words.recipe(preset: preset, counting.spaces)
    let frontEnd = try recipe.frontEnd()
    try count(
      CountFileHeader(preset: preset, frontEnd: frontEnd.json),
      makeSplitter: { try frontEnd.makeWordSplitter() })
  }

  private func count<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    _ header: CountFileHeader, makeSplitter: @Sendable () throws -> Splitter
  ) throws {
    var output = try Output.open(output)
    let input = counting.input(corpus)
    let chosen = ChosenTexts(
      of: input.source, longest: counting.maxSentenceLength, sample: counting.sample)
    let line = ProgressLine(isQuiet: counting.quiet, total: input.size)
    var encoder = CountFileEncoder(header)
    try output.write { encoder.begin(&$0) }
    let sum = try counting.counter.forEachWord(
      of: chosen.source, makeSplitter: makeSplitter,
      progress: { _ in
        line.show(input.bytesRead, what: "counting")
        return .proceed
      }
    ) { word, count in
      try output.write { encoder.append(word, count, to: &$0) }
    }
    var summary = CountFileSummary()
    (summary.documents, summary.bytes) = (sum.documents, sum.bytes)
    summary.textWords = sum.textWords
    try output.write { summary = encoder.end(summary, to: &$0) }
    try output.finish()
    line.clear()
    guard !counting.quiet else { return }
    input.report()
    CountingInput.report(
      chosen.leftOut, chosen.drawnFrom, longest: counting.maxSentenceLength)
    report(summary, to: self.output)
  }
}

/// Tells what a file of counts holds, on standard error: the file itself may go to standard output.
func report(_ summary: CountFileSummary, to path: String?) {
  complain(
    """
    \(path ?? "standard output"): \(grouped(summary.words)) words, \
    \(grouped(summary.distinctWords)) distinct, of \(grouped(summary.documents)) lines
    """)
}
