/// The way back from normalised text to the original: for each normalised byte range, the range of
/// original bytes that it came from.
///
/// Kept as runs, so that text which did not change costs nothing:
/// ```
/// original    আ মি   A য়        identity run: bytes copied, offsets only shifted
/// normalised  আ মি   a য ়       block:        all of it came from one range of the original
/// ```
/// Offsets are bytes, below 4 GiB.
public struct Alignment: Sendable, Equatable {
  /// A stretch of normalised text; it ends where the next one starts.
  struct Run: Sendable, Equatable {
    /// Where it starts in the normalised text.
    var normalized: UInt32
    /// Where it starts in the original.
    var original: UInt32
    /// 0: bytes were copied and offsets only shift. Otherwise every byte of the run came from
    /// `original ..< original + length - 1` (one more than the length, so that empty ranges fit).
    var blockLength: UInt32
  }

  private(set) var runs: [Run] = []

  /// Creates the alignment of an empty text.
  public init() {}

  /// Forgets everything but keeps the memory.
  public mutating func removeAll() { runs.removeAll(keepingCapacity: true) }

  /// Appends runs that were noted elsewhere.
  mutating func append(_ noted: borrowing AlignmentRuns) { runs.append(contentsOf: noted.runs) }

  /// Notes that normalised bytes from `normalized` on are a copy of the original from `original` on.
  @inline(__always)
  mutating func appendCopy(normalized: Int, original: Int) {
    if let last = runs.last, last.blockLength == 0,
      Int(last.original) - Int(last.normalized) == original - normalized
    {
      return
    }
    runs.append(
      Run(normalized: UInt32(normalized), original: UInt32(original), blockLength: 0))
  }

  /// Notes that normalised bytes from `normalized` on all came from `original`.
  @inline(__always)
  mutating func appendBlock(normalized: Int, original: Range<Int>) {
    runs.append(
      Run(
        normalized: UInt32(normalized), original: UInt32(original.lowerBound),
        blockLength: UInt32(original.count) + 1))
  }

  /// Forgets the runs that start at or after `normalized`.
  mutating func truncate(to normalized: Int) {
    while let last = runs.last, last.normalized >= normalized { runs.removeLast() }
  }

  /// How many normalised bytes, from the first on, belong to characters that came from the very start
  /// of the original; of a copy at least the first byte is counted, which tells its first character.
  var countAtStart: Int {
    // Without runs all is a copy.
    var count = runs.isEmpty ? 1 : 0
    for (index, run) in runs.enumerated() {
      guard run.original == 0 else { break }
      if run.blockLength == 0 { return Int(run.normalized) + 1 }
      count = index + 1 < runs.count ? Int(runs[index + 1].normalized) : .max
    }
    return count
  }

  /// The original bytes that `range` of the normalised text came from: from the start of its first
  /// byte's span to the end of its last byte's span (Hugging Face's rule). An empty range gives the
  /// empty range at its place.
  /// - Complexity: O(log *n*) for *n* runs.
  public func originalRange(of range: Range<Int>) -> Range<Int> {
    var cursor = Cursor(self)
    return cursor.originalRange(of: range)
  }

  /// Where what wrote normalised byte `position` began in the original: for copied bytes their own
  /// place, for others the start of the range that they came from (SentencePiece's rule). A piece
  /// that ends at `position` ends where this says.
  /// - Parameter position: the first byte of a character, or the length of the normalised text.
  /// - Complexity: O(log *n*) for *n* runs.
  public func originalStart(of position: Int) -> Int {
    var cursor = Cursor(self)
    return cursor.originalStart(of: position)
  }

  /// The index of the run that holds normalised byte `position`, searching from run `hint` forward:
  /// a few runs one by one, since the next token is near, then by halves.
  private func run(holding position: Int, from hint: Int) -> Int {
    var low = hint
    for _ in 0..<4 {
      if low + 1 >= runs.count || Int(runs[low + 1].normalized) > position { return low }
      low += 1
    }
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(runs[middle].normalized) <= position { low = middle } else { high = middle }
    }
    return low
  }

  /// Looks ranges up in increasing order, remembering its place: O(1) for the next token.
  public struct Cursor {
    private let alignment: Alignment
    private var place = 0
    /// The normalised bytes of the copied run last seen, and how far the original is from them.
    private var copied = 0..<0
    private var shift = 0

    /// Creates a cursor at the start of `alignment`.
    public init(_ alignment: Alignment) {
      self.alignment = alignment
      if alignment.runs.isEmpty { copied = 0..<Int.max }
    }

    /// As `Alignment.originalStart(of:)`. Places may also go back, at the cost of a search.
    public mutating func originalStart(of position: Int) -> Int {
      guard !alignment.runs.isEmpty else { return position }
      if Int(alignment.runs[place].normalized) > position { place = 0 }
      place = alignment.run(holding: position, from: place)
      let run = alignment.runs[place]
      return Int(run.original) + (run.blockLength == 0 ? position - Int(run.normalized) : 0)
    }

    /// As `Alignment.originalRange(of:)`. Ranges may also go back, at the cost of a search.
    @inline(__always)
    public mutating func originalRange(of range: Range<Int>) -> Range<Int> {
      if range.lowerBound >= copied.lowerBound, range.lowerBound < copied.upperBound,
        range.upperBound <= copied.upperBound
      {
        return range.lowerBound &+ shift..<range.upperBound &+ shift
      }
      return search(range)
    }

    @inline(never)
    private mutating func search(_ range: Range<Int>) -> Range<Int> {
      guard !alignment.runs.isEmpty else { return range }
      if Int(alignment.runs[place].normalized) > range.lowerBound { place = 0 }
      place = alignment.run(holding: range.lowerBound, from: place)
      let first = alignment.runs[place]
      let start =
        first.blockLength == 0
        ? Int(first.original) + range.lowerBound - Int(first.normalized) : Int(first.original)
      guard !range.isEmpty else { return start..<start }
      let lastPlace = alignment.run(holding: range.upperBound - 1, from: place)
      let last = alignment.runs[lastPlace]
      guard last.blockLength == 0 else {
        let end = Int(last.original) + Int(last.blockLength) - 1
        return min(start, end)..<end
      }
      place = lastPlace
      shift = Int(last.original) - Int(last.normalized)
      let next = lastPlace + 1
      copied =
        Int(
          last.normalized)..<(next < alignment.runs.count
        ? Int(alignment.runs[next].normalized) : Int.max)
      let end = range.upperBound + shift
      return min(start, end)..<end
    }
  }
}
