import JuktaTraining
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line on a terminal's standard error that says how far a training has come; nothing in a pipe.
final class TrainingDisplay: Sendable {
  private let isShown: Bool
  private let totalBytes: Int?
  private let start = monotonicSeconds()
  private let lastShown = Mutex(0.0)

  /// - Parameter totalBytes: The size of all input, where it is known.
  init(isQuiet: Bool, totalBytes: Int?) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    self.totalBytes = totalBytes
  }

  /// Seconds since the display was made.
  var elapsed: Double { monotonicSeconds() - start }

  func show(_ progress: CountingProgress) {
    guard isShown, isDue() else { return }
    let rate = Double(progress.bytes) / max(elapsed, 0.001)
    var line = "counting   \(megabytes(progress.bytes)) MB, \(Int(rate / 1e6)) MB/s"
    if let totalBytes, totalBytes > progress.bytes {
      line += ", \(Int(Double(totalBytes - progress.bytes) / rate) + 1) s left"
    }
    write(line)
  }

  func show(_ progress: TrainingProgress, wanted: Int) {
    guard isShown else { return }
    switch progress {
    case .seeded(let pieces): write("training   \(grouped(pieces)) candidates")
    case .estimated(let round):
      write(
        "training   \(grouped(round.pieces)) pieces of \(grouped(wanted)) wanted, "
          + "\(fixed(round.objective, 3)) nats a word")
    case .pruned(let pieces):
      write("training   \(grouped(pieces)) pieces of \(grouped(wanted)) wanted")
    }
  }

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

  private func write(_ line: String) { emit("\r\u{1B}[K" + line) }

  private func emit(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      #if canImport(Glibc)
        _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      #else
        _ = Darwin.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      #endif
    }
  }
}

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A whole number with a comma every three digits.
func grouped(_ number: some BinaryInteger) -> String {
  let digits = Array(String(number).utf8)
  var text: [UInt8] = []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
    text.append(digit)
  }
  return String(decoding: text, as: UTF8.self)
}

/// A number with so many decimals.
func fixed(_ number: Double, _ decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { value, _ in value * 10 }
  let whole = Int((abs(number) * scale).rounded())
  let digits = String(whole % Int(scale))
  let sign = number < 0 && whole > 0 ? "-" : ""
  if decimals == 0 { return sign + String(whole) }
  return sign + String(whole / Int(scale)) + "."
    + String(repeating: "0", count: decimals - digits.utf8.count) + digits
}

/// Millions of bytes, one decimal.
func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 1) }
