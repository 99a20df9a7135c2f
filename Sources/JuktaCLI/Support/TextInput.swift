import JuktaCorpus

/// Where the texts of a `LinePipeline` come from.
enum TextInput: Sendable {
  /// The lines of files, as they are.
  case lines(LineInput)
  /// The documents of a corpus, after its filters.
  case documents(Corpus)

  init(_ paths: [String], documents: Corpus.Options?, callers: Int) {
    if let documents {
      self = .documents(Corpus(paths, options: documents, callers: callers))
    } else {
      self = .lines(LineInput(paths, callers: callers))
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

  /// Hands the texts of the next block to `body` with their file and line, then the block's number to
  /// `end`, with what `body` threw; false at the end of the input.
  func withNextBlock(
    _ batch: inout CorpusBatch, _ body: (Span<UInt8>, String, Int) throws -> Void,
    end: (Int, (any Error)?) throws -> Bool
  ) throws -> Bool {
    func run(_ number: Int, _ work: () throws -> Void) throws -> Bool {
      do {
        try work()
      } catch {
        return try end(number, error)
      }
      return try end(number, nil)
    }
    switch self {
    case .lines(let input):
      return try input.withNextBlock { block in
        guard let block else { return false }
        return try run(block.index) {
          try block.forEachLine { line, number in try body(line, block.file, number) }
        }
      }
    case .documents(let corpus):
      guard try corpus.next(into: &batch) else { return false }
      let bytes = batch.bytes
      return try run(batch.index) {
        for document in batch.documents {
          try body(bytes.span.extracting(document.range), batch.file, document.line)
        }
      }
    }
  }
}
