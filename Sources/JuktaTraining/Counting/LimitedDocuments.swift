public import Jukta
internal import Synchronization

/// The documents of another source that are not too long.
public final class LimitedDocuments: DocumentSource {
  private let source: any DocumentSource
  private let longest: Int
  private let left = Mutex(Tally())

  /// What was left out.
  public struct Tally: Sendable, Equatable {
    /// Documents.
    public var documents = 0
    /// Their bytes.
    public var bytes = 0
  }

  /// - Parameter longest: The most bytes that a document may have.
  public init(_ source: any DocumentSource, longest: Int) {
    self.source = source
    self.longest = longest
  }

  /// What has been left out so far.
  public var leftOut: Tally { left.withLock { $0 } }

  /// Replaces what `batch` holds by the next documents that are short enough, perhaps by none.
  public func next(into batch: inout DocumentBatch) throws -> Bool {
    guard try source.next(into: &batch) else { return false }
    var tally = Tally()
    batch.removeAll { document in
      guard document.count > longest else { return false }
      tally.documents += 1
      tally.bytes += document.count
      return true
    }
    if tally.documents > 0 {
      left.withLock {
        $0.documents += tally.documents
        $0.bytes += tally.bytes
      }
    }
    return true
  }
}
