/// What a `CutProgram` writes into, kept from text to text: one for each thread.
///
/// Soundness: `symbols` and `starts` have room for `capacity` entries; only this type frees them, once.
final class CutScratch {
  /// The class of each scalar of the text.
  private(set) var symbols: UnsafeMutablePointer<UInt8>
  /// The byte at which each scalar starts; behind the last one, the end of the text.
  private(set) var starts: UnsafeMutablePointer<UInt32>
  private var capacity = 256
  /// How many scalars there are.
  var count = 0
  /// What the stage before left, and what a stage makes of it.
  var ranges = SymbolRanges()
  var parts = SymbolRanges()
  var matches = SymbolRanges()
  var search = SearchScratch()
  /// The matchers of patterns that are left to ICU.
  private var searches: [String: PatternSearch] = [:]

  init() {
    symbols = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
  }

  deinit {
    symbols.deallocate()
    starts.deallocate()
  }

  /// Makes room for a text of `count` bytes.
  func reserve(_ count: Int) {
    guard count + 3 > capacity else { return }
    capacity = max(count + 3, capacity * 2)
    symbols.deallocate()
    starts.deallocate()
    symbols = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
  }

  /// A matcher of `pattern`, compiled at its first text.
  func search(for pattern: Pattern) throws(NormalizationError) -> PatternSearch {
    if let known = searches[pattern.source] { return known }
    let made = try PatternSearch(pattern)
    searches[pattern.source] = made
    return made
  }
}
