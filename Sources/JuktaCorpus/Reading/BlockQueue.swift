/// A bounded ring of blocks between the reading thread and the workers.
package final class BlockQueue: Sendable {
  private struct State {
    var filled: [Block] = []
    var free: [Block] = []
    var made = 0
    var isFinished = false
    var isClosed = false
    var failure: CorpusError?
  }
  private let state = Monitor(State())
  private let limit: Int
  private let capacity: Int

  /// - Parameters:
  ///   - limit: how many blocks there may be at once.
  ///   - capacity: how large each is to begin with, in bytes.
  init(limit: Int, capacity: Int) {
    self.limit = limit
    self.capacity = capacity
  }

  /// A block to fill; nil once nobody wants any more.
  func takeFree() -> Block? {
    state.wait { state -> Block?? in
      if state.isClosed { return .some(nil) }
      if let block = state.free.popLast() { return block }
      guard state.made < limit else { return nil }
      state.made += 1
      return Block(capacity: capacity)
    }
  }

  func put(_ block: Block) { state.change { $0.filled.append(block) } }

  /// Nothing more will come; what is filled is still handed out before `failure` is thrown.
  func finish(_ failure: CorpusError?) {
    state.change {
      $0.isFinished = true
      $0.failure = failure
    }
  }

  /// The next block in order; nil at the end.
  package func take() throws(CorpusError) -> Block? {
    let next: Result<Block?, CorpusError> = state.wait { state in
      if !state.filled.isEmpty { return .success(state.filled.removeFirst()) }
      guard state.isFinished || state.isClosed else { return nil }
      if let failure = state.failure { return .failure(failure) }
      return .success(nil)
    }
    return try next.get()
  }

  /// Gives a block back for reuse.
  package func giveBack(_ block: Block) { state.change { $0.free.append(block) } }

  /// Nobody wants any more: the reading thread ends soon.
  package func close() { state.change { $0.isClosed = true } }
}
