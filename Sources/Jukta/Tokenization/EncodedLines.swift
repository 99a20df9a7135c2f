extension Tokenizer {
  /// The lines of a file of plain text as encodings, in order.
  ///
  ///     for try await encoding in tokenizer.encode(contentsOf: "text.txt") {
  ///       print(encoding.tokens)
  ///     }
  ///
  /// Line *n* of the file is element *n*; nothing is taken away but the line feed. Blocks of about
  /// 256 kB are encoded on all cores ahead of whoever iterates, two a core, so what is held does not
  /// grow with the file. For compressed files and other layouts there is `jukta encode`.
  ///
  /// - Parameters:
  ///   - path: a file of UTF-8.
  ///   - addsSpecialTokens: whether the template's tokens are put around each line.
  /// - Returns: a sequence that throws `TextFileError`, with the line, behind the lines before it.
  public func encode(
    contentsOf path: String, addsSpecialTokens: Bool = true
  ) -> EncodedLines<Encoding> {
    EncodedLines(path, self) { encoder, line throws in
      try encoder.encoding(of: line, addsSpecialTokens: addsSpecialTokens)
    }
  }

  /// The lines of a file of plain text as ids, in order: `encode(contentsOf:addsSpecialTokens:)`
  /// without all that is not ids, and about twice as fast.
  public func ids(
    ofLinesIn path: String, addsSpecialTokens: Bool = true
  ) -> EncodedLines<[UInt32]> {
    EncodedLines(path, self) { encoder, line throws in
      var ids: [UInt32] = []
      try encoder.encode(line, addsSpecialTokens: addsSpecialTokens, into: &ids)
      return ids
    }
  }
}

/// The lines of a file, encoded on all cores and given in order.
public struct EncodedLines<Element: Sendable>: AsyncSequence, Sendable {
  typealias Work = @Sendable (inout Encoder, Span<UInt8>) throws -> Element

  private let job: Job

  init(_ path: String, _ tokenizer: Tokenizer, _ work: @escaping Work) {
    job = Job(path: path, tokenizer: tokenizer, work: work)
  }

  /// Starts at the beginning of the file.
  public func makeAsyncIterator() -> Iterator { Iterator(job) }

  /// What one block gave: its elements, and what ended it early.
  fileprivate struct Encoded: Sendable {
    var elements: [Element] = []
    var failure: (any Error)?
  }

  /// Goes through the lines.
  public struct Iterator: AsyncIteratorProtocol {
    private let ahead: Ahead
    private var block = Encoded()
    private var position = 0
    /// The lines of the blocks before this one.
    private var linesBefore = 0

    fileprivate init(_ job: Job) { ahead = Ahead(job) }

    /// The next line's; nil at the end.
    public mutating func next() async throws -> Element? { try await next(isolation: nil) }

    /// The next line's; nil at the end. Runs where the caller does: changing threads for each line
    /// would cost more than encoding it.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws -> Element? {
      while position == block.elements.count {
        linesBefore += block.elements.count
        if let failure = block.failure {
          ahead.stop()
          // What reading met names no line; what encoding met is in the line behind the last.
          if failure is TextFileError { throw failure }
          throw TextFileError(path: ahead.path, line: linesBefore + 1, cause: "\(failure)")
        }
        guard let next = await ahead.next(isolation: actor) else { return nil }
        (block, position) = (next, 0)
      }
      defer { position += 1 }
      return block.elements[position]
    }
  }

  /// The blocks that are being encoded, in order. Used by one iterator only.
  private final class Ahead {
    private let job: Job
    private var file: LineBlocks?
    private var isOpen = true
    private var running: [Task<Encoded, Never>] = []
    private let limit = 2 * Processors.count

    init(_ job: Job) { self.job = job }

    var path: String { job.path }

    deinit { for task in running { task.cancel() } }

    func stop() {
      isOpen = false
      for task in running { task.cancel() }
      running = []
    }

    func next(isolation actor: isolated (any Actor)?) async -> Encoded? {
      var failure: TextFileError?
      do throws(TextFileError) {
        try fill()
      } catch {
        isOpen = false
        failure = error
      }
      if let failure {
        // Behind all that was read before.
        running.append(Task { Encoded(failure: failure) })
      }
      return running.isEmpty ? nil : await running.removeFirst().value
    }

    private func fill() throws(TextFileError) {
      guard isOpen else { return }
      if file == nil { file = try LineBlocks(job.path) }
      while running.count < limit {
        guard let block = try file?.next() else {
          isOpen = false
          return
        }
        let job = job
        running.append(Task.detached { job.run(block) })
      }
    }
  }

  /// What is done with each block.
  fileprivate struct Job: Sendable {
    let path: String
    let tokenizer: Tokenizer
    let work: Work

    func run(_ block: LineBlocks.Block) -> Encoded {
      var encoded = Encoded()
      do {
        var encoder = try tokenizer.makeEncoder()
        try block.forEachLine { line in
          // Nobody waits for the rest once the iterator is gone.
          guard !Task.isCancelled else { throw CancellationError() }
          encoded.elements.append(try work(&encoder, line))
        }
      } catch {
        encoded.failure = error
      }
      return encoded
    }
  }
}
