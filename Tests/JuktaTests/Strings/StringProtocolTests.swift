import Jukta
import TestSupport
import Testing

@Suite struct `Substrings and other strings` {
  private static let text = "শুরু: আমি বাংলায় গান গাই। ক্ষুদ্র ঋতু 👩‍👩‍👧 é!"

  @Test func `are taken as they are, with indices of their own`() throws {
    let part = Self.text.dropFirst(4)
    let sentences = SentenceSegmenter.bengali.sentences(in: part)
    #expect(
      sentences.map(String.init)
        == SentenceSegmenter.bengali.sentences(in: String(part)).map(String.init))
    #expect(sentences.first?.startIndex == part.startIndex)
    #expect(part.aksharas == String(part).aksharas)
    #expect(part.anomalies == String(part).anomalies)
    #expect(try Normalizer.bengali.normalize(part) == Normalizer.bengali.normalize(String(part)))
  }

  @Test func `are encoded, and their ranges slice them`() throws {
    let pieces = Array("আমিবাংলায়গানগাই।ক্ষুদ্র ঋতু".unicodeScalars).map { String($0) }
    var seen: Set<[UInt8]> = []
    let distinct = pieces.filter { seen.insert(Array($0.utf8)).inserted }
    let model = try UnigramModel(
      pieces: (["<unk>"] + distinct).enumerated().map { ($1, -Double($0)) }, unknownID: 0,
      byteFallback: false)
    let tokenizer = try TokenizerBuilder(.unigram(model)).build()
    let part = Self.text.dropFirst(6)
    let encoding = try tokenizer.encode(part)
    #expect(encoding.ids == (try tokenizer.encode(String(part)).ids))
    let slices = encoding.ranges(in: part).map { part[$0] }
    #expect(slices.joined().utf8.elementsEqual(part.utf8))
    for unit in TextBoundaries.Unit.allCases {
      let widened = encoding.ranges(in: part, widenedTo: unit)
      let whole: Set<String> =
        unit == .aksharas
        ? Set(part.aksharas.map(\.text)) : Set(part.map(String.init))
      for (index, range) in widened.enumerated() {
        #expect(range.lowerBound <= encoding.ranges(in: part)[index].lowerBound)
        #expect(range.upperBound >= encoding.ranges(in: part)[index].upperBound)
        // A token of one scalar lies in one unit, unless it is a stretch of unknown ones.
        if encoding.tokens[index].unicodeScalars.count == 1, encoding.ids[index] != 0 {
          #expect(whole.contains(String(part[range])), "\(part[range])")
        }
      }
    }
  }

  @Test func `ranges of bytes are widened to whole units, and no further`() throws {
    var random = SeededGenerator(seed: 3)
    for unit in TextBoundaries.Unit.allCases {
      for text in [Self.text, "", "ক", "আমি", "\u{09BE}\u{09CD}x", "নমস্কার\r\nক্ষ"] {
        let units =
          unit == .aksharas ? text.aksharas.map(\.text) : text.map(String.init)
        var ends = [0]
        for part in units { ends.append(ends[ends.count - 1] + part.utf8.count) }
        let whole = TextBoundaries(of: text, unit)
        for _ in 0..<200 {
          let start = Int.random(in: 0...text.utf8.count, using: &random)
          let end = Int.random(in: start...text.utf8.count, using: &random)
          let expected =
            start == end
            ? ends.last { $0 <= start }.map { $0..<$0 }
            : ends.last { $0 <= start }.flatMap { low in
              ends.first { $0 >= end }.map { low..<$0 }
            }
          #expect(whole.widened(start..<end) == expected)
        }
      }
    }
  }

  @Test func `a stretch of normalised text leads back to whole letters`() throws {
    let document = "অামি  যাব ৷"
    let clean = try Normalizer.bengali.normalize(document)
    let word = try #require(clean.text.firstRange(of: "আমি"))
    let bytes =
      clean.text.utf8.distance(
        from: clean.text.startIndex, to: word.lowerBound)..<clean.text.utf8
      .distance(from: clean.text.startIndex, to: word.upperBound)
    let range = document.range(
      ofBytes: clean.alignment.originalRange(of: bytes), widenedTo: .aksharas)
    #expect(String(document[range]) == "অামি")
  }
}
