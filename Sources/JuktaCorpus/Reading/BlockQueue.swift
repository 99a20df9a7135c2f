/// A bounded ring of blocks between the reading thread and the workers.
///
/// Of several errors the earliest in the input is the one that everybody is told, however many
/// workers there are: an error waits until all blocks before its own are done with.
package final class BlockQueue: Sendable {
  private struct State {
    var filled: [Block] = []
    var free: [Block] = []
    var made = 0
    /// The places of the blocks that workers hold.
    var inWork: Set<Int> = []
    var isFinished = false
    var isClosed = false
    /// What was met, and in which block; behind all blocks for the reading thread's.
    var failure: (place: Int, error: CorpusError)?

    mutating func fail(_ error: CorpusError, at place: Int) {
      if let failure, failure.place <= place { return }
      failure = (place, error)
    }
  }
  private static let leastCapacity = 64
  private let state = Monitor(State())
  private let limit: Int
  private let capacity: Int

  /// - Parameters:
  ///   - limit: how many blocks there may be at once.
  ///   - capacity: how large each is to begin with, in bytes; 64 at least, for what tells encodings.
  init(limit: Int, capacity: Int) {
    self.limit = limit
    self.capacity = max(capacity, Self.leastCapacity)
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

  /// Gives a block back that was taken to be filled, but is of no use.
  func putBack(_ block: Block) { state.change { $0.free.append(block) } }

  /// Nothing more will come; what is filled is still handed out before `failure` is thrown.
  func finish(_ failure: CorpusError?) {
    state.change {
      $0.isFinished = true
      if let failure { $0.fail(failure, at: .max) }
    }
  }

  /// The next block in order; nil at the end.
  package func take() throws(CorpusError) -> Block? {
    let next: Result<Block?, CorpusError> = state.wait { state in
      if let first = state.filled.first, first.index < state.failure?.place ?? .max {
        state.inWork.insert(first.index)
        return .success(state.filled.removeFirst())
      }
      if let failure = state.failure {
        return state.inWork.contains { $0 < failure.place } ? nil : .failure(failure.error)
      }
      return state.isFinished || state.isClosed ? .success(nil) : nil
    }
    return try next.get()
  }

  /// Gives a block back for reuse.
  package func giveBack(_ block: Block) {
    state.change {
      $0.inWork.remove(block.index)
      $0.free.append(block)
    }
  }

  /// Gives back a block that has an error in it, and waits for the earliest error.
  func fail(_ error: CorpusError, in block: Block) -> CorpusError {
    state.change {
      $0.fail(error, at: block.index)
      $0.isClosed = true
      $0.inWork.remove(block.index)
      $0.free.append(block)
    }
    return state.wait { state in
      guard let failure = state.failure else { return error }
      return state.inWork.contains { $0 < failure.place } ? nil : failure.error
    }
  }

  /// Whether all that was put has been taken and given back: workers have nothing to do.
  var isIdle: Bool { state.change { $0.filled.isEmpty && $0.inWork.isEmpty } }

  /// Nobody wants any more: the reading thread ends soon.
  package func close() { state.change { $0.isClosed = true } }
}
