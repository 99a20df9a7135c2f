public import Jukta
internal import Synchronization

/// How often each id of a tokenizer occurs in some text.
public struct TokenUsage: Sendable, Equatable {
  /// For each id, how often it occurs.
  public internal(set) var counts: [UInt64]
  /// The number of documents.
  public internal(set) var documents = 0

  /// How many ids occur at all.
  public var used: Int { counts.count { $0 > 0 } }

  /// All tokens together.
  public var total: UInt64 { counts.reduce(0) { saturatingSum($0, $1) } }

  /// Nothing yet, for a tokenizer of so many ids.
  public init(vocabularySize: Int) { counts = [UInt64](repeating: 0, count: vocabularySize) }

  /// Encodes every document of a source; what a post-processor puts around them is left out.
  ///
  /// The result does not depend on the threads or on the order of the documents.
  /// - Parameter progress: called now and then, from any thread, with what is done.
  /// - Throws: what the source or encoding throws, or `CancellationError`.
  public init(
    of tokenizer: Tokenizer, in source: any DocumentSource, threads: Int = 1,
    progress: @Sendable (CountingProgress) -> TrainingSignal = { _ in .proceed }
  ) throws {
    self.init(vocabularySize: tokenizer.vocabularySize)
    var tokenizer = tokenizer
    (tokenizer.truncation, tokenizer.padding) = (nil, nil)
    let plain = tokenizer
    let failure = FirstError()
    let sum = Mutex((usage: self, progress: CountingProgress(documents: 0, bytes: 0)))
    runWorkers(max(threads, 1)) { _ in
      do {
        var usage = TokenUsage(vocabularySize: plain.vocabularySize)
        var encoder = try plain.makeEncoder()
        var batch = DocumentBatch()
        var ids: [UInt32] = []
        while failure.isEmpty, try source.next(into: &batch) {
          for index in 0..<batch.count {
            ids.removeAll(keepingCapacity: true)
            try encoder.encode(batch.document(at: index), addsSpecialTokens: false, into: &ids)
            let weight = batch.weight(at: index)
            for id in ids {
              usage.counts[Int(id)] = saturatingSum(usage.counts[Int(id)], weight)
            }
          }
          usage.documents += batch.count
          let now = sum.withLock { sum in
            sum.progress.documents += batch.count
            sum.progress.bytes += batch.bytes.count
            return sum.progress
          }
          if case .cancel = progress(now) { throw CancellationError() }
        }
        sum.withLock { $0.usage.add(usage) }
      } catch {
        failure.record(error)
      }
    }
    try failure.rethrow()
    self = sum.withLock { $0.usage }
  }

  /// Adds what another text used.
  public mutating func add(_ other: TokenUsage) {
    documents += other.documents
    for id in other.counts.indices where id < counts.count {
      counts[id] = saturatingSum(counts[id], other.counts[id])
    }
  }
}
