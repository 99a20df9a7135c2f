import ArgumentParser
import Dispatch
import Jukta
import JuktaCorpus
import Synchronization

/// `jukta corpus stats`: what a dump holds, and what filters would drop of it.
struct CorpusStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Say what a dump holds, and what each filter drops of it, or would.",
    discussion: """
      Examples:
        jukta corpus stats bn_part_*.jsonl.gz
        jukta corpus stats bn_1.jsonl.zst --drop-warnings tiny --format json
        jukta corpus stats bn_dedup.txt.gz --html -o stats.html

      What each filter would drop is told of the whole dump, as if it were the only \
      one, whichever are on; a document without the metadata that it looks at passes.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Option(help: "What to write: text, json or html; html looks into the text too.")
  var format = Format.text
  @Flag(help: "The same as --format html: conjuncts and anomalies besides.")
  var html = false
  @Option(name: [.short, .long], help: "Where to write; - for standard output.")
  var output: String?
  @Option(help: "Workers (default: one a core). The output does not depend on it.")
  var threads: Int?
  @Flag(name: [.short, .long], help: "No progress.")
  var quiet = false
  @OptionGroup(title: "Corpus") var corpus: CorpusOptions
  @Argument(help: "Files; none or - for standard input.")
  var files: [String] = []

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be between 1 and 1024, not \(threads).")
    }
  }

  func run() throws {
    var output = try Output.open(output)
    let threads = threads ?? defaultThreads()
    var options = corpus.options
    options.readsMetadata = true
    options.measuresFilters = true
    let corpus = Corpus(files, options: options, callers: threads)
    let display = ProgressLine(isQuiet: quiet, total: corpus.size)
    let sum = Mutex(CorpusStatistics())
    let effects = Mutex(FilterEffects())
    let inspected = Mutex(InspectionCounts())
    let looksInside = html || format == .html
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do {
        var part = CorpusStatistics()
        var ownEffects = FilterEffects()
        var counts = InspectionCounts()
        var inspector = Inspector()
        var batch = CorpusBatch()
        while try corpus.next(into: &batch) {
          part.add(batch)
          ownEffects.add(batch.effects)
          if looksInside {
            for document in batch.documents {
              counts.add(batch.bytes.span.extracting(document.range), &inspector)
            }
          }
          display.show(corpus.bytesRead, what: "read")
        }
        sum.withLock { $0.add(part) }
        effects.withLock { $0.add(ownEffects) }
        inspected.withLock { $0.add(counts) }
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    display.clear()
    if let error = failure.withLock({ $0 }) { throw error }
    let report = CorpusReport(
      statistics: sum.withLock { $0 }, tally: corpus.tally,
      filters: FilterTable(effects: effects.withLock { $0 }))
    switch looksInside ? .html : format {
    case .html: try output.write(CorpusHTML.page(report, inspected.withLock { $0 }))
    case .text: try output.write(report.text)
    case .json: try output.write(JSONWriter.document(report.json).span)
    }
    try output.finish()
    if !quiet { reportSkipped(corpus.tally) }
  }
}
