import JuktaCorpus

/// Where the texts of a `LinePipeline` come from.
enum TextInput: Sendable {
  /// The lines of files, as they are.
  case lines(LineInput)
  /// The documents of a corpus, after its filters.
  case documents(Corpus)

  /// - Parameter field: the column of Parquet files, where lines are read; nil for the usual ones.
  init(_ paths: [String], documents: Corpus.Options?, field: String?, callers: Int) {
    if let documents {
      self = .documents(Corpus(paths, options: documents, callers: callers))
    } else {
      self = .lines(LineInput(paths, callers: callers, field: field))
    }
  }

  /// The size of all files, nil where one is not a regular file.
  var size: Int? {
    switch self {
    case .lines(let input): input.size
    case .documents(let corpus): corpus.size
    }
  }

  /// Bytes read so far.
  var bytesRead: Int {
    switch self {
    case .lines(let input): input.bytesRead
    case .documents(let corpus): corpus.bytesRead
    }
  }

  /// A block whose texts have been worked on.
  struct Block {
    /// Its place in the whole input, from 0.
    let number: Int
    /// Whether the input had no more to give behind it: whoever sent it may wait for the answer.
    let isPause: Bool
    /// What one of its texts met.
    var failure: (any Error)?
  }

  /// A text, as `withNextBlock` hands it out.
  struct Place {
    let file: String
    /// The line, or the row of Parquet, from 1.
    let line: Int
    /// Whether it is a document, which may have several lines.
    let isDocument: Bool
  }

  /// Hands the texts of the next block to `body` with their places, then the block to `end`, with what
  /// `body` threw; false at the end of the input.
  func withNextBlock(
    _ batch: inout CorpusBatch, _ body: (Span<UInt8>, Place) throws -> Void,
    end: (Block) throws -> Bool
  ) throws -> Bool {
    func run(_ block: Block, _ work: () throws -> Void) throws -> Bool {
      var block = block
      do {
        try work()
      } catch {
        block.failure = error
      }
      return try end(block)
    }
    switch self {
    case .lines(let input):
      return try input.withNextBlock { block in
        guard let block else { return false }
        return try run(Block(number: block.index, isPause: block.isPause)) {
          try block.forEachLine { line, number in
            try body(line, Place(file: block.file, line: number, isDocument: block.hasRows))
          }
        }
      }
    case .documents(let corpus):
      guard try corpus.next(into: &batch) else { return false }
      let bytes = batch.bytes
      return try run(Block(number: batch.index, isPause: false)) {
        for document in batch.documents {
          try body(
            bytes.span.extracting(document.range),
            Place(file: batch.file, line: document.line, isDocument: true))
        }
      }
    }
  }
}
