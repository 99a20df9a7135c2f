internal import Synchronization

/// What reading a corpus met.
public struct CorpusTally: Sendable, Equatable {
  /// Documents seen, kept and dropped together.
  public internal(set) var documents = 0
  /// Documents kept.
  public internal(set) var kept = 0
  /// Bytes of text kept, line ends between lines included.
  public internal(set) var bytes = 0
  /// Records dropped, by the filter that dropped them.
  public internal(set) var dropped: [CorpusFilters.Reason: Int] = [:]
  /// Documents that have nothing for a filter to look at, by the filter. They pass it, but for
  /// `keep-categories`.
  public internal(set) var withoutMetadata: [CorpusFilters.Reason: Int] = [:]
  /// Lines left out of records that stayed.
  public internal(set) var droppedLines = 0
  /// Broken lines left out.
  public internal(set) var bad = 0
  /// Files left off where they broke, or left out whole.
  public internal(set) var badFiles = 0
  /// The first of both, in the order of the files.
  public internal(set) var firstBad: [CorpusError] = []
  private var firstBadPlaces: [Place] = []
  private static let shownLimit = 5

  /// The filters that found nothing to look at in any document, of some documents at least.
  public var idleFilters: [CorpusFilters.Reason] {
    guard documents > 0 else { return [] }
    return withoutMetadata.filter { $0.value == documents }.map(\.key).sorted()
  }

  private struct Place: Equatable {
    let block: Int
    let line: Int
  }

  mutating func addBad(_ error: CorpusError, block: Int) {
    bad += 1
    note(error, Place(block: block, line: error.line ?? 0))
  }

  /// Adds a file that broke behind `blocks` blocks of the whole input.
  mutating func addBadFile(_ error: CorpusError, behind blocks: Int) {
    badFiles += 1
    note(error, Place(block: blocks - 1, line: .max))
  }

  private mutating func note(_ error: CorpusError, _ place: Place) {
    guard firstBad.count < Self.shownLimit else { return }
    firstBad.append(error)
    firstBadPlaces.append(place)
  }

  /// Adds what another worker met; the same sum in any order.
  mutating func add(_ other: CorpusTally) {
    documents += other.documents
    kept += other.kept
    bytes += other.bytes
    dropped.merge(other.dropped, uniquingKeysWith: +)
    withoutMetadata.merge(other.withoutMetadata, uniquingKeysWith: +)
    droppedLines += other.droppedLines
    bad += other.bad
    badFiles += other.badFiles
    guard !other.firstBad.isEmpty else { return }
    let all = zip(firstBadPlaces + other.firstBadPlaces, firstBad + other.firstBad)
    let ordered = all.sorted { ($0.0.block, $0.0.line) < ($1.0.block, $1.0.line) }
    firstBad = ordered.prefix(Self.shownLimit).map(\.1)
    firstBadPlaces = ordered.prefix(Self.shownLimit).map(\.0)
  }
}

/// The sum of what all threads met.
final class TallySum: Sendable {
  private let sum = Mutex(CorpusTally())

  var value: CorpusTally { sum.withLock { $0 } }

  func add(_ tally: CorpusTally) { sum.withLock { $0.add(tally) } }

  func addBadFile(_ error: CorpusError, behind blocks: Int) {
    var tally = CorpusTally()
    tally.addBadFile(error, behind: blocks)
    add(tally)
  }
}
