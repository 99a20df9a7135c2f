/// Segments text after text on one thread, with memory that it keeps.
public struct SentenceWorker: ~Copyable {
  /// No rule looks further than this, in bytes: a unit that is longer is worked on in windows, each
  /// cut at its last boundary. So a stream without line ends needs no more memory either.
  public static let window = 1 << 20
  /// The window at hand; smaller in tests.
  private let window: Int
  /// What a window must leave behind its last boundary, so that its end decides nothing.
  private var margin: Int { window >> 7 }

  private var unit: UnitSegmenter
  private var sink = SentenceSink()

  init(_ segmenter: SentenceSegmenter) {
    window = segmenter.window
    unit = UnitSegmenter(lexicon: segmenter.lexicon, options: segmenter.options)
    unit.takesShortWay = segmenter.takesShortWay
    sink.maximumLength = segmenter.options.maximumLength.map { max($0, 64) }
  }

  /// The sentences of `text`, in bytes.
  public mutating func ranges(in text: Span<UInt8>) -> [Range<Int>] {
    sink.ranges.removeAll(keepingCapacity: true)
    _ = advance(text, isLast: true)
    return sink.ranges
  }

  /// Calls `body` with the sentences of `text`, in bytes; nothing is allocated after a while.
  public mutating func withRanges<Result, Failure: Error>(
    in text: Span<UInt8>, _ body: (borrowing [Range<Int>]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    sink.ranges.removeAll(keepingCapacity: true)
    _ = advance(text, isLast: true)
    return try body(sink.ranges)
  }

  /// Each place of `text` where a sentence may end, and which rule decided.
  public mutating func decisions(in text: Span<UInt8>) -> [SegmentationDecision] {
    sink.decisions = []
    _ = ranges(in: text)
    defer { sink.decisions = nil }
    return sink.decisions ?? []
  }

  /// Segments what of `text` can be decided, for a text that comes in pieces.
  ///
  /// - Parameter isLast: Whether the text ends with `text`.
  /// - Returns: The sentences, and how many bytes are done with; the rest must come again.
  mutating func part(_ text: Span<UInt8>, isLast: Bool) -> (ranges: [Range<Int>], done: Int) {
    sink.ranges.removeAll(keepingCapacity: true)
    let done = advance(text, isLast: isLast)
    return (sink.ranges, done)
  }

  /// Scans for marks, and segments unit after unit. Returns where the first unfinished unit starts.
  private mutating func advance(_ text: Span<UInt8>, isLast: Bool) -> Int {
    let raw = text.bytes
    var start = 0
    var index = 0
    unit.marks.removeAll(keepingCapacity: true)
    while true {
      if index - start > window {
        start = cutWindow(text, start)
        index = start
      } else if index + MarkScan.reach <= text.count {
        var bits = MarkScan.candidates(in: raw, at: index)
        let block = index
        index += MarkScan.step
        while bits != 0 {
          let place = block + bits.trailingZeroBitCount
          bits &= bits - 1
          guard let next = take(text, place, &start) else { continue }
          index = next
          break
        }
      } else if index < text.count {
        let place = index
        index += 1
        if let next = take(text, place, &start) { index = next }
      } else {
        break
      }
    }
    guard isLast else { return start }
    endUnit(text, start..<text.count)
    return text.count
  }

  /// Takes in what stands at `place`. Returns where to scan on, if not right behind.
  @inline(__always)
  private mutating func take(
    _ text: Span<UInt8>, _ place: Int, _ start: inout Int
  ) -> Int? {
    guard let kind = Mark.kind(at: place, in: text) else { return nil }
    guard kind == .lineEnd else {
      unit.marks.append(Mark(offset: place - start, kind: kind))
      return nil
    }
    if place - start > window {
      start = cutWindow(text, start)
      return start
    }
    // A line feed is one byte, a line separator three.
    let behind = place + (text[place] < 0x80 ? 1 : 3)
    guard unit.options.isWrapped else {
      endUnit(text, start..<place)
      start = behind
      return nil
    }
    guard isBlank(text, behind: place) else { return nil }
    endUnit(text, start..<place)
    start = behind
    return nil
  }

  /// Whether the line behind the line end at `place` is blank.
  private func isBlank(_ text: Span<UInt8>, behind place: Int) -> Bool {
    var index = place + 1
    if text[place] == 0x0D, index < text.count, text[index] == 0x0A { index += 1 }
    while index < text.count {
      switch text[index] {
      case 0x20, 0x09: index += 1
      case 0x0A...0x0D: return true
      default: return false
      }
    }
    return false
  }

  private mutating func endUnit(_ text: Span<UInt8>, _ range: Range<Int>) {
    sink.base = range.lowerBound
    _ = unit.segment(text.extracting(range), isWhole: true, into: &sink)
    unit.marks.removeAll(keepingCapacity: true)
  }

  /// Segments the first window of a long unit. Returns where the next sentence starts.
  private mutating func cutWindow(_ text: Span<UInt8>, _ start: Int) -> Int {
    let piece = text.extracting(start..<start + window)
    let last = window - margin
    unit.marks.removeAll { $0.offset >= last }
    sink.base = start
    var next = unit.segment(piece, isWhole: false, into: &sink)
    unit.marks.removeAll(keepingCapacity: true)
    if next == piece.skipSpaces(from: 0), next < window / 2 {
      let place = SentenceCut.place(in: piece, from: next, limit: window - margin - next)
      sink.add(next..<place.end, .maximumLength, at: place.end, in: piece)
      next = place.next
    }
    return start + next
  }
}
