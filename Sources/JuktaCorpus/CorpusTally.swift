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
  /// Lines left out of records that stayed.
  public internal(set) var droppedLines = 0
  /// Broken lines left out.
  public internal(set) var bad = 0
  /// The first of them, in the order of the files.
  public internal(set) var firstBad: [CorpusError] = []
  private var firstBadBlocks: [Int] = []
  private static let shownLimit = 5

  mutating func addBad(_ error: CorpusError, block: Int) {
    bad += 1
    guard firstBad.count < Self.shownLimit else { return }
    firstBad.append(error)
    firstBadBlocks.append(block)
  }

  /// Adds what another worker met; the same sum in any order.
  mutating func add(_ other: CorpusTally) {
    documents += other.documents
    kept += other.kept
    bytes += other.bytes
    dropped.merge(other.dropped, uniquingKeysWith: +)
    droppedLines += other.droppedLines
    bad += other.bad
    guard !other.firstBad.isEmpty else { return }
    let all = zip(firstBadBlocks + other.firstBadBlocks, firstBad + other.firstBad)
    let ordered = all.sorted { ($0.0, $0.1.line ?? 0) < ($1.0, $1.1.line ?? 0) }
    firstBad = ordered.prefix(Self.shownLimit).map(\.1)
    firstBadBlocks = ordered.prefix(Self.shownLimit).map(\.0)
  }
}
