import TestSupport
import Testing

@testable import Jukta

@Suite("What holds of every segmentation")
struct SegmentationPropertyTests {
  static let seeds = (1...60).map { UInt64($0) }

  static func settings(_ seed: UInt64) -> SegmentationOptions {
    var options = SegmentationOptions()
    options.keepsQuotations = seed % 3 == 0
    options.isWrapped = seed % 4 == 0
    if seed % 5 == 0 { options.maximumLength = 64 }
    return options
  }

  @Test("Pieces and the spaces between them give back any bytes", arguments: seeds)
  func cover(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let segmenter = SentenceSegmenter(Self.settings(seed))
    for size in [0, 1, 3, 20, 200] {
      for text in [RandomText.text(size, &random), RandomText.broken(size, &random)] {
        var end = 0
        for range in segmenter.ranges(in: text.span) {
          #expect(range.lowerBound >= end && !range.isEmpty)
          #expect(text.span.skipSpaces(from: end) >= range.lowerBound, "no letter is in a gap")
          end = range.upperBound
        }
        #expect(text.span.skipSpaces(from: end) == text.count)
      }
    }
  }

  @Test("How a stream is cut does not matter", arguments: seeds)
  func chunks(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var segmenter = SentenceSegmenter(Self.settings(seed))
    // A small window, so that long lines are cut too.
    if seed % 2 == 0 { segmenter.window = 256 }
    let text = RandomText.broken(400, &random)
    let whole = segmenter.ranges(in: text.span)
    for most in [1, 7, 100, 4000] {
      var stream = SentenceStream(segmenter)
      var found: [Range<Int>] = []
      var start = 0
      while start < text.count {
        let end = min(text.count, start + Int.random(in: 1...most, using: &random))
        stream.append(text.span.extracting(start..<end)) { sentence, range in
          #expect(Array(text[range]) == sentence.indices.map { sentence[$0] })
          found.append(range)
        }
        start = end
      }
      stream.finish { _, range in found.append(range) }
      #expect(found == whole)
    }
  }

  @Test("Two paragraphs with a line end between give the sentences of both", arguments: seeds)
  func union(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let first = RandomText.text(80, &random)
    let second = RandomText.broken(80, &random)
    for lineEnd in ["\n", "\r\n", "\u{2028}"] {
      let both = first + Array(lineEnd.utf8) + second
      let shift = both.count - second.count
      let expected =
        SentenceSegmenter.bengali.ranges(in: first.span)
        + SentenceSegmenter.bengali.ranges(in: second.span).map {
          $0.lowerBound + shift..<$0.upperBound + shift
        }
      // A byte that is torn off the end of the first text could join the line separator's.
      #expect(SentenceSegmenter.bengali.ranges(in: both.span) == expected)
    }
  }

  @Test("A worker that has seen other texts gives the same", arguments: seeds)
  func reuse(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var worker = SentenceSegmenter.bengali.makeWorker()
    for _ in 0..<10 {
      let text = RandomText.text(60, &random)
      #expect(worker.ranges(in: text.span) == SentenceSegmenter.bengali.ranges(in: text.span))
    }
  }

  @Test("The short way of plain dandas gives what the long way gives", arguments: seeds)
  func shortWay(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var long = SentenceSegmenter(Self.settings(seed))
    long.takesShortWay = false
    let short = SentenceSegmenter(Self.settings(seed))
    var text: [UInt8] = []
    for _ in 0..<60 {
      text += RandomText.text(Int.random(in: 0...6, using: &random), &random)
      text += Array("নদীর ধারে ছোট্ট একটি গ্রাম আছে। ".utf8)
    }
    #expect(short.decisions(in: text.span) == long.decisions(in: text.span))
    #expect(short.ranges(in: text.span) == long.ranges(in: text.span))
  }

  @Test("No sentence is longer than allowed", arguments: seeds)
  func maximum(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var options = SegmentationOptions()
    options.maximumLength = 64 + Int(seed)
    let text = RandomText.broken(500, &random)
    for range in SentenceSegmenter(options).ranges(in: text.span) {
      #expect(range.count <= 64 + Int(seed))
    }
  }

  @Test("The scan sees every mark that a look at each byte sees", arguments: seeds)
  func scan(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = RandomText.broken(200, &random)
    for index in 0..<max(0, text.count - MarkScan.reach) {
      let bits = MarkScan.candidates(in: text.span.bytes, at: index)
      for lane in 0..<MarkScan.step where Mark.kind(at: index + lane, in: text.span) != nil {
        #expect(bits >> UInt64(lane) & 1 == 1, "byte \(text[index + lane])")
      }
    }
  }

  @Test("Every boundary in the decisions is an end of a sentence, and the other way round")
  func decisions() {
    var random = SeededGenerator(seed: 5)
    let text = RandomText.text(2000, &random)
    let ends = SentenceSegmenter.bengali.ranges(in: text.span).map(\.upperBound)
    let told = SentenceSegmenter.bengali.decisions(in: text.span)
      .filter(\.rule.isBoundary).map(\.end)
    #expect(told == ends)
  }
}
