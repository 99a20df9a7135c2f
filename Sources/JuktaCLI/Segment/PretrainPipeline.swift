import Dispatch
import Jukta
import JuktaCorpus
import Synchronization

/// Documents of any layout in, blocks of sentences out: a blank line between documents.
///
/// As in `LinePipeline`, each thread works on a batch and waits for its turn to write, so that the
/// output does not depend on the number of threads.
struct PretrainPipeline {
  let segmenter: SentenceSegmenter
  let field: String?
  let threads: Int
  let isQuiet: Bool

  private struct Turn {
    var next = 0
    var hasWritten = false
    var failure: (any Error)?
  }

  func run(_ files: [String], to output: consuming Output) throws {
    var options = Corpus.Options()
    options.field = field
    let corpus = Corpus(files, options: options, callers: threads)
    let display = ProgressLine(isQuiet: isQuiet, total: corpus.size)
    let turn = Monitor(Turn())
    let shared = Mutex(output)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var worker = segmenter.makeWorker()
      var batch = CorpusBatch()
      var text = ByteBuffer(capacity: 1 << 20)
      do {
        while try corpus.next(into: &batch) {
          text.removeAll()
          Self.segment(batch, &worker, into: &text)
          let goesOn = batch.documents.first?.isContinuation ?? false
          guard try Self.write(text.span, batch.index, goesOn: goesOn, turn, shared) else { return }
          display.show(corpus.bytesRead, what: "read")
        }
      } catch {
        turn.change { if $0.failure == nil { $0.failure = error } }
      }
    }
    display.clear()
    if let failure = turn.change({ $0.failure }) {
      try shared.withLock { try $0.flush() }
      throw failure
    }
    try shared.withLock { try $0.finish() }
  }

  private static func segment(
    _ batch: borrowing CorpusBatch, _ worker: inout SentenceWorker, into text: inout ByteBuffer
  ) {
    for document in batch.documents {
      if text.count > 0, !document.isContinuation { text.append(0x0A) }
      let bytes = batch.bytes.span.extracting(document.range)
      worker.withRanges(in: bytes) { ranges in
        for range in ranges { SentenceLine.write(bytes.extracting(range), into: &text) }
      }
    }
  }

  /// Writes a batch when it is its turn; false if another thread has failed.
  private static func write(
    _ text: Span<UInt8>, _ index: Int, goesOn: Bool, _ turn: Monitor<Turn>,
    _ output: borrowing Mutex<Output>
  ) throws -> Bool {
    guard turn.wait(until: { $0.failure != nil ? false : $0.next == index ? true : nil })
    else { return false }
    let parts = text.count > 0 && !goesOn && turn.change { $0.hasWritten }
    try output.withLock { output in
      if parts { try output.write("\n") }
      try output.write(text)
    }
    turn.change { turn in
      turn.next += 1
      turn.hasWritten = turn.hasWritten || text.count > 0
    }
    return true
  }
}
