public import Jukta
internal import Synchronization

/// Strings as a source of texts. They are cut at line ends, as files are, and blank lines are left out: the same
/// words come out of an array and of a file with its strings.
public final class TextSource<Texts: Sequence>: DocumentSource
where Texts.Element: StringProtocol {
  private let rest: Mutex<Rest>

  private struct Rest {
    var iterator: Texts.Iterator
    var hasEnded = false
  }

  /// - Parameter texts: Gone through once, a string at a time, from whichever thread asks.
  public init(_ texts: sending Texts) {
    rest = Mutex(Rest(iterator: texts.makeIterator()))
  }

  /// Replaces what `batch` holds by the next lines; several threads may call at once.
  public func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    // Outside of the lock only the batch is touched, and strings are gathered inside.
    let texts = rest.withLock { rest in
      var texts: [String] = []
      var size = 0
      while !rest.hasEnded, size < 1 << 18, texts.count < 1 << 12 {
        guard let text = rest.iterator.next() else {
          rest.hasEnded = true
          break
        }
        size += text.utf8.count
        texts.append(String(text))
      }
      return texts
    }
    for text in texts { Self.append(text, to: &batch) }
    return !texts.isEmpty
  }

  private static func append(_ text: String, to batch: inout DocumentBatch) {
    var text = text
    text.withUTF8 { append($0.span, to: &batch) }
  }

  private static func append(_ bytes: Span<UInt8>, to batch: inout DocumentBatch) {
    var start = 0
    for index in 0..<bytes.count where bytes[index] == UInt8(ascii: "\n") {
      appendLine(bytes.extracting(start..<index), to: &batch)
      start = index + 1
    }
    appendLine(bytes.extracting(start..<bytes.count), to: &batch)
  }

  private static func appendLine(_ line: Span<UInt8>, to batch: inout DocumentBatch) {
    var end = line.count
    if end > 0, line[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    if end > 0 { batch.append(line.extracting(0..<end)) }
  }
}
