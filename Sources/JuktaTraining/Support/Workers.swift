internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Hands out the numbers below a bound, each once, to whichever worker asks.
final class BlockQueue: Sendable {
  private let following = Atomic<Int>(0)
  private let count: Int

  init(count: Int) { self.count = count }

  func next() -> Int? {
    let block = following.wrappingAdd(1, ordering: .relaxed).oldValue
    return block < count ? block : nil
  }
}

/// Runs `body` once for each worker, at once, and returns when all are done.
///
/// Results must not depend on which worker did what: workers draw blocks from a `BlockQueue` and
/// place what they find by block, or add integers.
func runWorkers(_ count: Int, _ body: @Sendable (_ worker: Int) -> Void) {
  if count <= 1 {
    body(0)
  } else {
    DispatchQueue.concurrentPerform(iterations: count) { body($0) }
  }
}

/// Keeps the first error of several workers.
final class FirstError: Sendable {
  private let stored = Mutex<(any Error)?>(nil)

  func record(_ error: any Error) {
    stored.withLock { if $0 == nil { $0 = error } }
  }

  var isEmpty: Bool { stored.withLock { $0 == nil } }

  func rethrow() throws {
    if let error = stored.withLock({ $0 }) { throw error }
  }
}

/// The number of processors, 1 at least.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
