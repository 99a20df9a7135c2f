import Dispatch
import Jukta
import JuktaCorpus
import Synchronization

/// What one thread does with each line.
protocol LineWorker: ~Copyable {
  /// Appends what comes out for one line to `output`.
  mutating func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws
  /// The number of ids of each text since the last call, for an index.
  mutating func takeLengths() -> [Int]
}

extension LineWorker where Self: ~Copyable {
  mutating func takeLengths() -> [Int] { [] }
}

/// Lines in, lines out, on several threads, in the order of the input.
///
/// Each thread takes a block of lines, works on all of them, and waits for its turn to write. So the
/// output does not depend on the number of threads, and what is held is a block or two a thread.
/// Where the input has no more to give for now, what came so far is answered at once: a program that
/// writes a line into our pipe may read its answer before it writes the next.
struct LinePipeline {
  let paths: [String]
  let threads: Int
  let isQuiet: Bool
  /// How to read documents of a corpus in place of lines.
  var documents: Corpus.Options?

  private struct Turn {
    var next = 0
    /// What a worker met; nobody writes after it.
    var failure: (any Error)?
    /// What reading met: all that came before is still worked on.
    var readFailure: CorpusError?
  }

  /// Runs until the input ends.
  /// - Throws: The error of the earliest line that has one, with its place; what comes before it has
  ///   been written.
  func run<Worker: LineWorker & ~Copyable & SendableMetatype>(
    to output: consuming Output, index: consuming Output? = nil,
    makeWorker: @Sendable () throws -> Worker
  ) throws {
    let input = TextInput(paths, documents: documents, callers: threads)
    let display = ProgressLine(isQuiet: isQuiet, total: input.size)
    let turn = Monitor(Turn())
    let shared = Mutex(IndexedOutput(output, index))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do {
        var worker = try makeWorker()
        var text = ByteBuffer(capacity: 1 << 20)
        var batch = CorpusBatch()
        while try Self.step(input, &batch, &worker, &text, turn, shared) {
          display.show(input.bytesRead, what: "read")
        }
      } catch let error as CorpusError {
        turn.change { $0.readFailure = error }
      } catch {
        turn.change { if $0.failure == nil { $0.failure = error } }
      }
    }
    display.clear()
    let end = turn.change { ($0.failure, $0.readFailure) }
    if let failure = end.0 ?? end.1 {
      try shared.withLock { try $0.flush() }
      if let error = failure as? CorpusError, let text = TextForFile(error) { throw text }
      throw failure
    }
    try shared.withLock { try $0.finish() }
    if case .documents(let corpus) = input, !isQuiet { reportSkipped(corpus.tally) }
  }

  /// One block; false at the end.
  private static func step<Worker: LineWorker & ~Copyable>(
    _ input: TextInput, _ batch: inout CorpusBatch, _ worker: inout Worker,
    _ text: inout ByteBuffer, _ turn: Monitor<Turn>, _ output: borrowing Mutex<IndexedOutput>
  ) throws -> Bool {
    text.removeAll()
    return try input.withNextBlock(&batch) { line, file, number in
      do {
        try worker.process(line, into: &text)
      } catch {
        throw LineError(file: file, line: number, cause: error)
      }
    } end: { block in
      let lengths = worker.takeLengths()
      guard turn.wait(until: { $0.failure != nil ? false : $0.next == block.number ? true : nil })
      else { return false }
      try write(text.span, lengths, isPause: block.isPause, output)
      if let failure = block.failure { throw failure }
      turn.change { $0.next += 1 }
      return true
    }
  }

  private static func write(
    _ text: Span<UInt8>, _ lengths: [Int], isPause: Bool,
    _ output: borrowing Mutex<IndexedOutput>
  ) throws {
    try output.withLock { output in
      try output.write(text, lengths)
      if isPause { try output.flush() }
    }
  }
}

/// A text that was given where a file is expected.
struct TextForFile: Error, CustomStringConvertible {
  let text: String

  init?(_ error: CorpusError) {
    guard case .unreadable = error.reason, !isFile(error.file),
      error.file.utf8.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: " ") })
    else { return nil }
    text = error.file
  }

  var description: String {
    "'\(shown(text))': there is no file of this name. A text goes in through a pipe: "
      + "echo '\(shown(text))' | jukta \(CommandLine.arguments.dropFirst().first ?? "encode") …"
  }
}

/// A line that could not be worked on.
struct LineError: Error, CustomStringConvertible {
  let file: String
  let line: Int
  let cause: any Error
  var description: String { "\(file):\(line): \(cause)" }
}
