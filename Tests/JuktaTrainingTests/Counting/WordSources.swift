import Jukta
import Synchronization

/// Splits on spaces: stands in for normalising and pre-tokenising.
struct SpaceSplitter: WordSplitter, ~Copyable {
  mutating func split(_ text: Span<UInt8>, into words: inout WordBuffer) throws {
    var start = 0
    for index in 0...text.count where index == text.count || text[index] == 0x20 {
      if index > start {
        words.bytes.append(text.extracting(start..<index))
        words.ends.append(UInt32(words.bytes.count))
      }
      start = index + 1
    }
  }
}

/// Hands out texts, a few a batch.
final class TextSource: DocumentSource {
  private let texts: [String]
  private let batchSize: Int
  private let following = Mutex(0)

  init(_ texts: [String], batchSize: Int) {
    self.texts = texts
    self.batchSize = batchSize
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    let start = following.withLock { position in
      defer { position = min(position + batchSize, texts.count) }
      return position
    }
    for text in texts[start..<min(start + batchSize, texts.count)] {
      batch.append(text.utf8Span.span)
    }
    return batch.count > 0
  }
}

struct SourceFailure: Error, Equatable {}

/// A source that fails after some batches.
final class FailingSource: DocumentSource {
  private let left = Mutex(3)

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    batch.append("ক খ".utf8Span.span)
    let remaining = left.withLock { count in
      count -= 1
      return count
    }
    if remaining < 0 { throw SourceFailure() }
    return true
  }
}
