internal import Synchronization

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
    var batch = try await inParallel(
      texts.count, threads: threads, size: { texts[$0].utf8.count }
    ) { index, encoder in
      let bytes = Array(texts[index].utf8)
      return try encoder.encoding(of: bytes.span, addsSpecialTokens: addsSpecialTokens)
    }
    padding?.apply(to: &batch)
    return batch
  }

  /// Encodes many texts, word lists or pairs on all cores; results stand in the order of the inputs.
  ///
  ///     try await tokenizer.encodeBatch(pairs.map { .text($0.question, pair: $0.context) })
  ///
  /// - Throws: as `encodeBatch(_:addsSpecialTokens:threads:)` for texts.
  public func encodeBatch(
    _ inputs: [EncodingInput], addsSpecialTokens: Bool = true, threads: Int? = nil
  ) async throws -> [Encoding] {
    var batch = try await inParallel(
      inputs.count, threads: threads, size: { inputs[$0].byteCount }
    ) { index, encoder in
      try encoder.encoding(of: inputs[index], addsSpecialTokens: addsSpecialTokens)
    }
    padding?.apply(to: &batch)
    return batch
  }

  /// The ids alone of many texts, on all cores: the fast way where nothing else is wanted.
  /// - Throws: as `encodeBatch(_:addsSpecialTokens:threads:)` for texts.
  public func encodeIDs(
    _ texts: [String], addsSpecialTokens: Bool = true, threads: Int? = nil
  ) async throws -> [[UInt32]] {
    var batch = try await inParallel(
      texts.count, threads: threads, size: { texts[$0].utf8.count }
    ) { index, encoder in
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

  /// Runs `body` for 0 ..< `count`, a worker a core pulling blocks; results stand by index.
  ///
  /// Of several errors, that of the smallest index is thrown: the same whatever the timing, since
  /// blocks are handed out in order and a block that was begun is finished.
  private func inParallel<Result: Sendable>(
    _ count: Int, threads: Int?, size: (Int) -> Int,
    _ body: @Sendable @escaping (Int, inout Encoder) throws -> Result
  ) async throws -> [Result] {
    let blocks = Self.blocks(count, size)
    let workers = min(blocks.count, max(1, threads ?? Processors.count))
    let work = BatchWork<Result>(blocks)
    guard workers > 1 else {
      try await run(work, body)
      return try work.results()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<workers { group.addTask { try await run(work, body) } }
      try await group.waitForAll()
    }
    return try work.results()
  }

  /// Does blocks of a batch until there are no more. `async`, so that it never runs on an actor.
  @concurrent
  private func run<Result: Sendable>(
    _ work: BatchWork<Result>, _ body: @Sendable @escaping (Int, inout Encoder) throws -> Result
  ) async throws {
    var encoder = try makeEncoder()
    while let block = work.next() {
      try Task.checkCancellation()
      let range = work.blocks[block]
      var results: [Result] = []
      results.reserveCapacity(range.count)
      for index in range {
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

  /// Cuts a batch into blocks of about 64 kB, whatever number of texts that is.
  private static func blocks(_ count: Int, _ size: (Int) -> Int) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var (start, bytes) = (0, 0)
    for index in 0..<count {
      bytes += size(index)
      if bytes >= 1 << 16 || index + 1 - start == 4096 {
        blocks.append(start..<index + 1)
        (start, bytes) = (index + 1, 0)
      }
    }
    if start < count { blocks.append(start..<count) }
    return blocks
  }
}

/// The blocks of a batch: which is next, and what came of each.
private final class BatchWork<Result: Sendable>: Sendable {
  private struct State {
    var results: [[Result]]
    var failure: (index: Int, error: any Error)?
  }
  /// The texts of each block.
  let blocks: [Range<Int>]
  private let counter = Atomic<Int>(0)
  private let state: Mutex<State>

  init(_ blocks: [Range<Int>]) {
    self.blocks = blocks
    state = Mutex(State(results: [[Result]](repeating: [], count: blocks.count)))
  }

  /// The next block, until there is none or one has failed.
  func next() -> Int? {
    let block = counter.wrappingAdd(1, ordering: .relaxed).oldValue
    guard block < blocks.count else { return nil }
    return state.withLock { $0.failure == nil } ? block : nil
  }

  func place(_ results: [Result], at block: Int) {
    state.withLock { $0.results[block] = results }
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
      return state.results.count == 1 ? state.results[0] : state.results.flatMap { $0 }
    }
  }
}
