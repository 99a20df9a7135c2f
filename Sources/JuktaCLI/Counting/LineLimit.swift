import Synchronization

/// Leaves long lines out, and counts them.
final class LineLimit: Sendable {
  private let longest: Int?
  private let lines = Atomic<Int>(0)
  private let bytes = Atomic<Int>(0)

  /// - Parameter longest: The most bytes that a line may have; nil for any number.
  init(_ longest: Int?) { self.longest = longest }

  /// Whether a line of so many bytes stays.
  func takes(_ count: Int) -> Bool {
    guard let longest, count > longest else { return true }
    lines.add(1, ordering: .relaxed)
    bytes.add(count, ordering: .relaxed)
    return false
  }

  /// Tells on standard error what was left out.
  func report() {
    let count = lines.load(ordering: .relaxed)
    guard let longest, count > 0 else { return }
    complain(
      "jukta: \(grouped(count)) lines longer than \(grouped(longest)) bytes left out, "
        + "\(megabytes(bytes.load(ordering: .relaxed))) MB in all (--max-sentence-length)")
  }
}
