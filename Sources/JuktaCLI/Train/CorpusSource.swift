import Jukta
import JuktaCorpus
import JuktaTraining
import Synchronization

/// A corpus as the trainers want it: each line that is not blank is a text.
///
/// So the same text in any of OSCAR's layouts gives the same counts.
final class CorpusSource: DocumentSource {
  let corpus: Corpus
  /// Batches that no caller uses just now.
  private let idle = Mutex<[Holder]>([])

  private final class Holder: @unchecked Sendable {
    // Held by one thread at a time: taken out of `idle` and put back under its lock.
    var batch = CorpusBatch()
  }

  private let limit: LineLimit

  init(_ corpus: Corpus, limit: LineLimit = LineLimit(nil)) {
    self.corpus = corpus
    self.limit = limit
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    let holder = idle.withLock { $0.popLast() } ?? Holder()
    defer { idle.withLock { $0.append(holder) } }
    guard try corpus.next(into: &holder.batch) else { return false }
    for document in holder.batch.documents {
      holder.batch.forEachLine(of: document) {
        if limit.takes($0.count) { batch.append($0) }
      }
    }
    return true
  }
}
