import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What happens at control-C, at SIGTERM and when the terminal goes (SIGHUP, unless `nohup` is there):
/// unfinished files go, and the program ends with status 130, 143 or 129.
///
/// Soundness: a signal may come at any instant, so the handler calls nothing but `unlink` and
/// `_exit`, which POSIX allows there, and loads and stores of lock-free atomics, which `install()`
/// made before it. A path that it reads is written whole before the pointer to it is set, and is
/// never freed. The places for pointers are made by `install()`, never freed, and written to by one
/// thread at a time, under `lock`.
enum Interruption {
  private static let limit = 16
  nonisolated(unsafe) private static let unfinished = makePlaces()
  private static let lock = Mutex(0)

  private static func makePlaces() -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    let places = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: limit)
    places.initialize(repeating: nil, count: limit)
    return places
  }

  /// A place for the name of one unfinished file.
  struct Slot {
    private let index: Int

    init() {
      index = lock.withLock { used in
        used += 1
        return (used - 1) % limit
      }
    }

    /// The file to take away if the program is interrupted from now on; nil for none.
    func note(_ path: String?) {
      let path = path.flatMap { strdup($0) }
      lock.withLock { _ in unfinished[index] = path }
    }
  }

  /// How many callers are in `holdOff`.
  private static let holding = Atomic(0)
  /// The status to end with once nobody is; 0 where no signal came.
  private static let pending = Atomic<Int32>(0)

  /// Sets the handlers.
  static func install() {
    holding.store(0, ordering: .sequentiallyConsistent)
    pending.store(0, ordering: .sequentiallyConsistent)
    unfinished[0] = nil
    signal(SIGINT) { _ in Interruption.end(130) }
    signal(SIGTERM) { _ in Interruption.end(143) }
    var before = sigaction()
    let isIgnored =
      sigaction(SIGHUP, nil, &before) == 0 && handler(before) == handler(ignoring)
    if !isIgnored { signal(SIGHUP) { _ in Interruption.end(129) } }
    // Whoever started us may have blocked them, and a mask is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // A closed pipe is an error of `write`, which then ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
  }

  private static var ignoring: sigaction {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = SIG_IGN
    #else
      action.__sigaction_u.__sa_handler = SIG_IGN
    #endif
    return action
  }

  /// The address of a handler, for comparing.
  private static func handler(_ action: sigaction) -> Int {
    #if canImport(Glibc)
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    #else
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
    #endif
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
    for index in 0..<limit {
      if let path = unfinished[index] { unlink(path) }
    }
    _exit(status)
  }
}
