internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Tokenizer {
  /// Encodes many texts on all cores; results stand in the order of the texts.
  ///
  ///     let encodings = try await tokenizer.encodeBatch(texts)
  ///
  /// Padding to the longest means the longest of these. The results are the same whatever the number
  /// of threads.
  ///
  /// - Parameter threads: how many workers there are at most; nil for one a core.
  /// - Throws: what encoding the first bad text throws, or `CancellationError`.
  public func encodeBatch(
    _ texts: [String], addsSpecialTokens: Bool = true, threads: Int? = nil
  ) async throws -> [Encoding] {
    try await encodeBatch(
      texts.count, threads: threads, addsSpecialTokens: addsSpecialTokens
    ) { .text(texts[$0]) }
  }

  /// Encodes many texts, word lists or pairs on all cores; results stand in the order of the inputs.
  ///
  ///     try await tokenizer.encodeBatch(pairs.map { .text($0.question, pair: $0.context) })
  ///
  /// - Throws: as `encodeBatch(_:addsSpecialTokens:threads:)` for texts.
  public func encodeBatch(
    _ inputs: [EncodingInput], addsSpecialTokens: Bool = true, threads: Int? = nil
  ) async throws -> [Encoding] {
    try await encodeBatch(
      inputs.count, threads: threads, addsSpecialTokens: addsSpecialTokens
    ) { inputs[$0] }
  }

  /// The ids alone of many texts, on all cores: the fast way where nothing else is wanted.
  /// - Throws: as `encodeBatch(_:addsSpecialTokens:threads:)` for texts.
  public func encodeIDs(
    _ texts: [String], addsSpecialTokens: Bool = true, threads: Int? = nil
  ) async throws -> [[UInt32]] {
    var batch = try await inParallel(texts.count, threads: threads) { index, encoder in
      var text = texts[index]
      var ids: [UInt32] = []
      try text.withUTF8 {
        try encoder.encode($0.span, addsSpecialTokens: addsSpecialTokens, into: &ids)
      }
      return ids
    }
    padding?.apply(to: &batch)
    return batch
  }

  private func encodeBatch(
    _ count: Int, threads: Int?, addsSpecialTokens: Bool,
    _ input: @Sendable @escaping (Int) -> EncodingInput
  ) async throws -> [Encoding] {
    var batch = try await inParallel(count, threads: threads) { index, encoder in
      try encoder.encoding(of: input(index), addsSpecialTokens: addsSpecialTokens)
    }
    padding?.apply(to: &batch)
    return batch
  }

  /// Runs `body` for 0 ..< `count`, a worker a core pulling blocks; results stand by index.
  ///
  /// Of several errors, that of the smallest index is thrown: the same whatever the timing, since
  /// blocks are handed out in order and a block that was begun is finished.
  private func inParallel<Result: Sendable>(
    _ count: Int, threads: Int?,
    _ body: @Sendable @escaping (Int, inout Encoder) throws -> Result
  ) async throws -> [Result] {
    let blockSize = 32
    let blocks = (count + blockSize - 1) / blockSize
    let workers = min(blocks, max(1, threads ?? Self.coreCount))
    let work = BatchWork<Result>(blocks: blocks)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<workers {
        group.addTask {
          var encoder = try makeEncoder()
          while let block = work.next() {
            try Task.checkCancellation()
            var results: [Result] = []
            for index in block * blockSize..<min(count, (block + 1) * blockSize) {
              do {
                results.append(try body(index, &encoder))
              } catch {
                work.fail(at: index, error)
                return
              }
            }
            work.place(results, at: block)
          }
        }
      }
      try await group.waitForAll()
    }
    return try work.results()
  }

  private static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// The blocks of a batch: which is next, and what came of each.
private final class BatchWork<Result: Sendable>: Sendable {
  private struct State {
    var blocks: [[Result]]
    var failure: (index: Int, error: any Error)?
  }
  private let counter = Atomic<Int>(0)
  private let count: Int
  private let state: Mutex<State>

  init(blocks: Int) {
    count = blocks
    state = Mutex(State(blocks: [[Result]](repeating: [], count: blocks)))
  }

  /// The next block, until there is none or one has failed.
  func next() -> Int? {
    let block = counter.wrappingAdd(1, ordering: .relaxed).oldValue
    guard block < count else { return nil }
    return state.withLock { $0.failure == nil } ? block : nil
  }

  func place(_ results: [Result], at block: Int) {
    state.withLock { $0.blocks[block] = results }
  }

  func fail(at index: Int, _ error: any Error) {
    state.withLock { state in
      if let failure = state.failure, failure.index < index { return }
      state.failure = (index, error)
    }
  }

  func results() throws -> [Result] {
    try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return state.blocks.flatMap { $0 }
    }
  }
}
