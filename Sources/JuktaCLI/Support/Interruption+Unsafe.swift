import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What happens at control-C: the unfinished output goes, and the program ends with status 130.
///
/// Soundness: a signal may come at any instant, so the handler calls nothing but `unlink` and
/// `_exit`, which POSIX allows there, and loads and stores of lock-free atomics, which `install()`
/// made before it. The path that it reads is written whole before the pointer to it is set, and is
/// never freed.
enum Interruption {
  nonisolated(unsafe) private static var unfinished: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var unfinishedIndex: UnsafeMutablePointer<CChar>?

  /// The files that may be open at once.
  enum Slot { case main, index }

  /// How many callers are in `holdOff`.
  private static let holding = Atomic(0)
  /// The status to end with once nobody is; 0 where no signal came.
  private static let pending = Atomic<Int32>(0)

  /// Sets the handlers.
  static func install() {
    holding.store(0, ordering: .sequentiallyConsistent)
    pending.store(0, ordering: .sequentiallyConsistent)
    signal(SIGINT) { _ in Interruption.end(130) }
    signal(SIGTERM) { _ in Interruption.end(143) }
    // Whoever started us may have blocked them, and a mask is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // A closed pipe is an error of `write`, which then ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `body` to its end whatever signal comes; one that came ends the program then. For the short
  /// while in which finished files are put in their place.
  static func holdOff<E: Error>(_ body: () throws(E) -> Void) throws(E) {
    holding.add(1, ordering: .sequentiallyConsistent)
    defer {
      let left = holding.subtract(1, ordering: .sequentiallyConsistent).newValue
      let status = pending.load(ordering: .sequentiallyConsistent)
      if left == 0, status != 0 { end(status) }
    }
    try body()
  }

  private static func end(_ status: Int32) {
    if holding.load(ordering: .sequentiallyConsistent) > 0 {
      pending.store(status, ordering: .sequentiallyConsistent)
      // The last one may have looked before this was written.
      if holding.load(ordering: .sequentiallyConsistent) > 0 { return }
    }
    if let unfinished { unlink(unfinished) }
    if let unfinishedIndex { unlink(unfinishedIndex) }
    _exit(status)
  }

  /// The file to take away if the program is interrupted from now on; nil for none.
  static func setUnfinished(_ path: String?, _ slot: Slot) {
    let path = path.flatMap { strdup($0) }
    switch slot {
    case .main: unfinished = path
    case .index: unfinishedIndex = path
    }
  }
}
