import Jukta
import JuktaCorpus
import Synchronization

/// Texts in memory as a source of documents for the word counter.
final class Lines: DocumentSource {
  private let lines: [String]
  private let next = Mutex(0)

  init(_ lines: [String]) { self.lines = lines }

  func next(into batch: inout DocumentBatch) -> Bool {
    batch.removeAll()
    let range = next.withLock { start in
      let range = start..<min(start + 1000, lines.count)
      start = range.upperBound
      return range
    }
    for line in lines[range] { batch.append(Array(line.utf8).span) }
    return !range.isEmpty
  }
}

/// The lines of files as documents for the word counter; one worker at a time reads.
final class Files: DocumentSource {
  private let corpus: Corpus

  init(_ paths: [String], filters: CorpusFilters = CorpusFilters()) {
    var options = Corpus.Options()
    options.filters = filters
    corpus = Corpus(paths, options: options)
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    var read = CorpusBatch()
    guard try corpus.next(into: &read) else { return false }
    for document in read.documents {
      read.forEachLine(of: document) { batch.append($0) }
    }
    return true
  }
}
