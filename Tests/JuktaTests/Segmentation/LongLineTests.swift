import Testing

@testable import Jukta

@Suite("Lines longer than a window")
struct LongLineTests {
  private static let window = 1 << 14

  private func check(_ text: [UInt8], pieces: Int) -> [Range<Int>] {
    var segmenter = SentenceSegmenter.bengali
    segmenter.window = Self.window
    let whole = segmenter.ranges(in: text.span)
    var stream = SentenceStream(segmenter)
    var found: [Range<Int>] = []
    for start in stride(from: 0, to: text.count, by: pieces) {
      let piece = text.span.extracting(start..<min(text.count, start + pieces))
      stream.append(piece) { _, range in found.append(range) }
    }
    stream.finish { _, range in found.append(range) }
    #expect(found == whole)
    return whole
  }

  @Test("A line of many windows is cut at its sentences")
  func sentences() {
    let sentence = Array("নদীর ধারে ছোট্ট একটি গ্রাম। ".utf8)
    let count = 3 * Self.window / sentence.count
    let text = Array(repeatElement(sentence, count: count).joined())
    let ranges = check(text, pieces: 1003)
    #expect(ranges.count == count)
    #expect(ranges.allSatisfy { $0.count == sentence.count - 1 })
  }

  @Test("A line without any sign is cut at spaces")
  func words() {
    let text = Array(repeatElement(Array("আকাশ ".utf8), count: 4000).joined())
    let ranges = check(text, pieces: 1024)
    #expect(ranges.count > 1)
    #expect(ranges.allSatisfy { $0.count <= Self.window && text[$0.lowerBound] == 0xE0 })
  }

  @Test("A line of one endless word is cut between letters")
  func letters() {
    let text = Array(repeatElement(Array("কি".utf8), count: 8000).joined())
    let ranges = check(text, pieces: 20_000)
    #expect(ranges.map(\.count).reduce(0, +) == text.count)
    #expect(ranges.allSatisfy { text[$0.lowerBound + 2] == 0x95 })
  }

  @Test("A line of spaces holds no sentence", arguments: [1 << 14, (1 << 14) + 1, 60_000])
  func spaces(_ count: Int) {
    let text = Array(repeating: UInt8(0x20), count: count) + Array("শেষ".utf8)
    #expect(check(text, pieces: 7000).map(\.count) == [9])
  }

  @Test("A line of exactly a window is whole")
  func exact() {
    var text = Array(repeating: UInt8(ascii: "a"), count: Self.window)
    #expect(check(text, pieces: Self.window).count == 1)
    text.append(UInt8(ascii: "a"))
    #expect(check(text, pieces: Self.window).count == 2)
  }
}
