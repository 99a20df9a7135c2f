import TestSupport
import Testing

@testable import Jukta

@Suite struct `An alignment` {
  /// Where each normalised byte came from, as a list: the slow twin.
  struct Twin {
    var spans: [Range<Int>] = []

    func originalRange(of range: Range<Int>) -> Range<Int> {
      guard let last = range.last else {
        let start = spans[range.lowerBound].lowerBound
        return start..<start
      }
      let end = spans[last].upperBound
      return min(spans[range.lowerBound].lowerBound, end)..<end
    }
  }

  /// Random runs: copies, blocks, holes in the original, spans shared by neighbours.
  static func make(_ generator: inout SeededGenerator) -> (Alignment, Twin) {
    var alignment = Alignment()
    var twin = Twin()
    var original = 0
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let count = Int.random(in: 1...4, using: &generator)
      original += Int.random(in: 0...1, using: &generator) * 2
      if Bool.random(using: &generator) {
        alignment.appendCopy(normalized: twin.spans.count, original: original)
        twin.spans += (0..<count).map { original + $0..<original + $0 + 1 }
        original += count
      } else {
        let span = original..<original + Int.random(in: 0...3, using: &generator)
        alignment.appendBlock(normalized: twin.spans.count, original: span)
        twin.spans += Array(repeating: span, count: count)
        original = span.upperBound
      }
    }
    return (alignment, twin)
  }

  @Test(arguments: 0..<100)
  func `leads every range back as a list of spans does`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (alignment, twin) = Self.make(&generator)
    for start in 0..<twin.spans.count {
      for end in start...twin.spans.count {
        #expect(alignment.originalRange(of: start..<end) == twin.originalRange(of: start..<end))
      }
    }
  }

  @Test(arguments: 0..<100)
  func `gives a cursor the same answers in any order`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (alignment, twin) = Self.make(&generator)
    var cursor = Alignment.Cursor(alignment)
    for _ in 0..<60 {
      let start = Int.random(in: 0..<twin.spans.count, using: &generator)
      let range = start..<Int.random(in: start...twin.spans.count, using: &generator)
      #expect(cursor.originalRange(of: range) == twin.originalRange(of: range))
    }
  }

  @Test(arguments: 0..<50)
  func `cut short is the one that was never longer`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (alignment, twin) = Self.make(&generator)
    for count in 0..<twin.spans.count {
      var cut = alignment
      cut.truncate(to: count)
      for place in 0..<count {
        #expect(cut.originalRange(of: place..<place + 1) == twin.spans[place])
      }
    }
  }

  @Test func `of text that did not change takes one run, however it was noted`() {
    var alignment = Alignment()
    for place in 0..<100 { alignment.appendCopy(normalized: place * 3, original: place * 3) }
    #expect(alignment.runs.count == 1)
    #expect(alignment.originalRange(of: 30..<60) == 30..<60)
  }

  @Test func `of an empty text leads nowhere else`() {
    #expect(Alignment().originalRange(of: 0..<0) == 0..<0)
  }
}
