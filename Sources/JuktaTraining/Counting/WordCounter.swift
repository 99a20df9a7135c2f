public import Jukta
internal import Synchronization

/// Counts the words of a corpus on several threads.
///
///     let counted = try WordCounter(threads: 2).count(source) { frontEnd.makeWordSplitter() }
///
/// Each worker has a splitter and a table of its own and pulls batches until none is left; the
/// tables are merged at the end. The counts depend on the documents alone: neither on the number of
/// workers nor on the order in which documents come.
///
/// Memory grows with the distinct words, about 56 bytes each and worker, and not with the text. With
/// a bound, tables that reach their share of it go to disk as sorted runs, which are merged at the
/// end; words that still do not fit are left out, the rarest first, and counted
/// (`CountedCorpus.droppedWords`).
public struct WordCounter: Sendable {
  /// The number of workers, at least 1.
  public let threads: Int
  /// The bytes that counting may take; nil for as many as it needs.
  public let memory: Int?
  /// Where runs are written, with a bound.
  public let temporaryFolder: String

  /// Creates a counter with `threads` workers (at least 1 is used).
  public init(threads: Int, memory: Int? = nil, temporaryFolder: String = "/tmp") {
    self.threads = max(threads, 1)
    self.memory = memory
    self.temporaryFolder = temporaryFolder
  }

  /// Splits and counts every document of a source.
  ///
  /// - Parameters:
  ///   - source: Hands out documents; asked by all workers at once.
  ///   - makeSplitter: Makes one splitter for each worker.
  ///   - progress: Called now and then, from any worker, with what is done so far.
  /// - Throws: The first error of the source or of a splitter, or `CancellationError` when
  ///   `progress` asks to stop.
  public func count<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    _ source: any DocumentSource,
    makeSplitter: @Sendable () throws -> Splitter,
    progress: @Sendable (CountingProgress) -> TrainingSignal = { _ in .proceed }
  ) throws -> CountedCorpus {
    let tables = try countParts(source, makeSplitter: makeSplitter, progress: progress)
    let sum = tables.progress
    guard let spill = tables.spill else {
      for worker in tables.workers.dropFirst() { tables.workers[0].absorb(worker) }
      return CountedCorpus(
        counts: tables.workers[0].takeCounts(), documents: sum.documents, bytes: sum.bytes,
        textWords: sum.textWords)
    }
    var counts = WordCounts()
    let dropped = try SpilledCounts(limit: spill.limit).load(spill.folder.all, into: &counts)
    return CountedCorpus(
      counts: counts, documents: sum.documents, bytes: sum.bytes, textWords: sum.textWords,
      droppedWords: dropped.words,
      droppedOccurrences: dropped.occurrences)
  }

  /// Splits and counts every document of a source, and hands each distinct word to `body`, in the
  /// order of their bytes: what a file of counts is written from.
  ///
  /// No word is left out: with a bound on memory, what it has no room for stays on disk.
  /// - Throws: As `count`, or what `body` throws.
  public func forEachWord<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    of source: any DocumentSource,
    makeSplitter: @Sendable () throws -> Splitter,
    progress: @Sendable (CountingProgress) -> TrainingSignal = { _ in .proceed },
    _ body: (Span<UInt8>, UInt64) throws -> Void
  ) throws -> CountingProgress {
    let tables = try countParts(source, makeSplitter: makeSplitter, progress: progress)
    if let spill = tables.spill {
      try mergeWords(try spill.folder.all.map { try RunReader($0) }) { try body($0.span, $1) }
    } else {
      for worker in tables.workers.dropFirst() { tables.workers[0].absorb(worker) }
      try tables.workers[0].takeCounts().forEachInByteOrder { word, count throws(any Error) in
        try body(word.span, count)
      }
    }
    return tables.progress
  }

  /// What the workers counted: in their tables, or on disk all of it.
  private struct Parts {
    let workers: [CountingWorker]
    let spill: Spill?
    let progress: CountingProgress
  }

  private func countParts<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    _ source: any DocumentSource,
    makeSplitter: @Sendable () throws -> Splitter,
    progress: @Sendable (CountingProgress) -> TrainingSignal
  ) throws -> Parts {
    let spill = memory.map {
      Spill(limit: $0, share: max($0 / (2 * threads), 1 << 16), parent: temporaryFolder)
    }
    let workers = (0..<threads).map { _ in CountingWorker(spill) }
    let failure = FirstError()
    let tally = Mutex(CountingProgress(documents: 0, bytes: 0))
    runWorkers(threads) { index in
      do {
        var splitter = try makeSplitter()
        try workers[index].run(source, &splitter, failure) { documents, bytes, words in
          let now = tally.withLock {
            $0.documents += documents
            $0.bytes += bytes
            $0.textWords = saturatingSum($0.textWords, words)
            return $0
          }
          return progress(now)
        }
      } catch {
        failure.record(error)
      }
    }
    try failure.rethrow()
    let sum = tally.withLock { $0 }
    guard let spill, spill.isUsed else {
      return Parts(workers: workers, spill: nil, progress: sum)
    }
    for worker in workers { try worker.spillAll() }
    return Parts(workers: workers, spill: spill, progress: sum)
  }
}

/// When and where tables go to disk.
private final class Spill: Sendable {
  let limit: Int
  /// The bytes of one worker's table.
  let share: Int
  let folder: SpillFolder

  init(limit: Int, share: Int, parent: String) {
    self.limit = limit
    self.share = share
    folder = SpillFolder(parent)
  }

  var isUsed: Bool { !folder.all.isEmpty }
}

/// What counting has done so far.
public struct CountingProgress: Sendable {
  /// Documents split.
  public var documents: Int
  /// Bytes of these documents, before normalisation.
  public var bytes: Int
  /// What stands between white space in them.
  public var textWords: UInt64 = 0
}

/// What a progress callback wants to happen next.
public enum TrainingSignal: Sendable {
  /// Go on.
  case proceed
  /// Stop as soon as possible and throw `CancellationError`.
  case cancel
}

/// The words of a corpus and what they were counted from.
public struct CountedCorpus: ~Copyable, Sendable {
  /// The distinct words and how often each occurs.
  public var counts: WordCounts
  /// The number of documents.
  public let documents: Int
  /// The bytes of the documents, before normalisation.
  public let bytes: Int
  /// The words of the documents as readers count them: what stands between white space. Nil where
  /// counts come from a file that does not say.
  public let textWords: UInt64?
  /// Distinct words that the bound on memory left no room for: the rarest.
  public var droppedWords = 0
  /// How often those occur, together.
  public var droppedOccurrences: UInt64 = 0
}

/// One worker's table. Only its own thread touches it until all have ended.
private final class CountingWorker: @unchecked Sendable {
  private var counts = WordCounts()
  private let spill: Spill?

  init(_ spill: Spill?) { self.spill = spill }

  /// Writes what is held as one more run.
  func spillAll() throws(SpillError) {
    guard let spill, counts.distinctCount > 0 else { return }
    try counts.write(to: spill.folder.makeRun())
    counts = WordCounts()
  }

  func run<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    _ source: any DocumentSource, _ splitter: inout Splitter, _ failure: FirstError,
    _ report: (_ documents: Int, _ bytes: Int, _ textWords: UInt64) -> TrainingSignal
  ) throws {
    var batch = DocumentBatch()
    var words = WordBuffer()
    while failure.isEmpty, try source.next(into: &batch) {
      var textWords: UInt64 = 0
      for index in 0..<batch.count {
        words.removeAll()
        let (product, overflow) = TextWords.count(batch.document(at: index))
          .multipliedReportingOverflow(by: batch.weight(at: index))
        textWords = saturatingSum(textWords, overflow ? .max : product)
        try splitter.split(batch.document(at: index), into: &words)
        counts.add(words: words, times: batch.weight(at: index))
        if let spill, counts.memory > spill.share { try spillAll() }
      }
      if case .cancel = report(batch.count, batch.bytes.count, textWords) {
        throw CancellationError()
      }
    }
  }

  func absorb(_ other: CountingWorker) {
    counts.merge(other.counts)
    other.counts = WordCounts()
  }

  func takeCounts() -> WordCounts {
    var taken = WordCounts()
    swap(&taken, &counts)
    return taken
  }
}
