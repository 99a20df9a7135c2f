/// Segments a text that comes in pieces, in bounded memory.
///
/// The sentences do not depend on how the text was cut into pieces. What is held is at most the line
/// at hand, and of a longer line two windows (`SentenceWorker.window`).
public struct SentenceStream: ~Copyable {
  private var worker: SentenceWorker
  private var held = ByteBuffer(capacity: 1 << 16)
  /// Where in the whole text the first byte held stands.
  private var offset = 0
  private var nextTry = 0

  /// A stream at the beginning of a text.
  public init(_ segmenter: SentenceSegmenter = .bengali) { worker = segmenter.makeWorker() }

  /// Takes the next piece, and calls `body` with each sentence that is decided: its bytes, and its
  /// range in the whole text.
  public mutating func append<Failure: Error>(
    _ piece: Span<UInt8>, _ body: (Span<UInt8>, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    held.append(piece)
    // A long line in small pieces is not scanned again for each of them.
    guard held.count >= nextTry || hasLineEnd(piece) else { return }
    try give(isLast: false, body)
    nextTry = max(held.count * 2, 1 << 12)
  }

  /// Ends the text: calls `body` with what is left.
  public mutating func finish<Failure: Error>(
    _ body: (Span<UInt8>, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    try give(isLast: true, body)
  }

  private func hasLineEnd(_ piece: Span<UInt8>) -> Bool {
    for index in piece.indices where piece[index] >= 0x0A && piece[index] <= 0x0D { return true }
    return false
  }

  private static func part(
    _ worker: inout SentenceWorker, _ held: borrowing ByteBuffer, isLast: Bool
  ) -> (ranges: [Range<Int>], done: Int) {
    worker.part(held.span, isLast: isLast)
  }

  private mutating func give<Failure: Error>(
    isLast: Bool, _ body: (Span<UInt8>, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let part = Self.part(&worker, held, isLast: isLast)
    for range in part.ranges {
      try body(
        held.span.extracting(range), range.lowerBound + offset..<range.upperBound + offset)
    }
    held.removeFirst(part.done)
    offset += part.done
  }
}
