#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What happens at control-C: the unfinished output goes, and the program ends with status 130.
///
/// Soundness: a signal may come at any instant, so the handler calls nothing but `unlink` and
/// `_exit`, which POSIX allows there. The path that it reads is written whole before the pointer to
/// it is set, and is never freed.
enum Interruption {
  nonisolated(unsafe) private static var unfinished: UnsafeMutablePointer<CChar>?

  /// Sets the handlers.
  static func install() {
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

  private static func end(_ status: Int32) {
    if let unfinished { unlink(unfinished) }
    _exit(status)
  }

  /// The file to take away if the program is interrupted from now on; nil for none.
  static func setUnfinished(_ path: String?) {
    unfinished = path.flatMap { strdup($0) }
  }
}
