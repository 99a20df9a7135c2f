import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line on a terminal's standard error that says how far things have come; nothing in a pipe.
final class ProgressLine: Sendable {
  private let isShown: Bool
  private let total: Int?
  private let start = monotonicSeconds()
  private let lastShown = Mutex(0.0)

  /// - Parameter total: the size of all input in bytes, where it is known.
  init(isQuiet: Bool, total: Int?) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    self.total = total
  }

  /// Seconds since the line was made.
  var elapsed: Double { monotonicSeconds() - start }

  /// Shows how many bytes of the input are done, with the rate and what is left; ten times a second
  /// at most.
  func show(_ bytes: Int, what: String) {
    guard isShown, isDue() else { return }
    let rate = Double(bytes) / max(elapsed, 0.001)
    var line = "\(what)   \(megabytes(bytes)) MB, \(Int(rate / 1e6)) MB/s"
    if let total, total > bytes, rate > 0 {
      line += ", \(Int(Double(total - bytes) / rate) + 1) s left"
    }
    write(line)
  }

  /// Shows a line.
  func write(_ line: String) { if isShown { emit("\r\u{1B}[K" + line) } }

  /// Takes the line away.
  func clear() { if isShown { emit("\r\u{1B}[K") } }

  private func isDue() -> Bool {
    let now = elapsed
    return lastShown.withLock { last in
      guard now - last > 0.1 else { return false }
      last = now
      return true
    }
  }

  private func emit(_ text: String) {
    let bytes = Array(text.utf8)
    #if canImport(Glibc)
      _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    #else
      _ = Darwin.write(STDERR_FILENO, bytes, bytes.count)
    #endif
  }
}
