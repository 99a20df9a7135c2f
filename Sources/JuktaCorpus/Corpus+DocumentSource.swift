public import Jukta
internal import Synchronization

/// A corpus as trainers want it: each line that is not blank is a text.
///
/// So the same text in any of OSCAR's layouts gives the same counts.
extension Corpus: DocumentSource {
  /// Replaces what `batch` holds by the lines of the next documents; several threads may call at once.
  /// - Throws: `CorpusError`, as `next(into:)` of a `CorpusBatch`.
  public func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    let scratch = idle.take()
    defer { idle.giveBack(scratch) }
    guard try next(into: &scratch.batch) else { return false }
    for document in scratch.batch.documents {
      scratch.batch.forEachLine(of: document) { batch.append($0) }
    }
    return true
  }
}

/// Batches that no caller uses just now.
final class IdleBatches: Sendable {
  private let idle = Mutex<[Scratch]>([])

  final class Scratch: @unchecked Sendable {
    // Held by one thread at a time: taken out of `idle` and put back under its lock.
    var batch = CorpusBatch()
  }

  func take() -> Scratch { idle.withLock { $0.popLast() } ?? Scratch() }

  func giveBack(_ scratch: Scratch) { idle.withLock { $0.append(scratch) } }
}
