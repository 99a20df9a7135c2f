import TestSupport
import Testing

@testable import Jukta

@Suite struct `Normalizers, beside tokenizers 0.23.3` {
  /// Text and, for each scalar of it, the scalars of the original that it came from.
  static func run(_ normalizer: Normalizer, _ input: String) throws -> (String, [Range<Int>]) {
    let result = try normalizer.normalize(input)
    let map = OffsetMap(Array(input.utf8).span, unit: .scalars)
    var position = 0
    let ranges = result.text.unicodeScalars.map { scalar in
      let end = position + UTF8.width(scalar)
      let range = result.alignment.originalRange(of: position..<end)
      position = end
      return map.offset(of: range.lowerBound)..<map.offset(of: range.upperBound)
    }
    return (result.text, ranges)
  }

  @Test(arguments: [("normalizers", 20), ("precompiled", 1)])
  func `give the same text and the same alignment`(_ file: String, _ count: Int) throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/\(file).json")
    #expect(fixture.items.count == count)
    for entry in fixture.items {
      let object = try #require(entry["normalizer"])
      let normalizer = try Normalizer(NormalizerJSON.read(object, at: "normalizer"))
      let cases = try #require(entry["cases"]).items
      #expect(cases.count > 100)
      for row in cases.map(\.items) {
        let input = try #require(row[0].text)
        let (text, ranges) = try Self.run(normalizer, input)
        let expected = try #require(row[1].text)
        #expect(
          text.unicodeScalars.elementsEqual(expected.unicodeScalars),
          "\(object) of \(input.debugDescription): \(text.debugDescription)")
        #expect(
          ranges == row[2].items.compactMap(\.range), "\(object) of \(input.debugDescription)")
      }
    }
  }

  @Test func `are written as they were read`() throws {
    for entry in try Fixture.json("tokenizers-0.23.3/normalizers.json").items {
      let object = try #require(entry["normalizer"])
      let steps = try NormalizerJSON.read(object, at: "")
      #expect(try NormalizerJSON.read(NormalizerJSON.write(steps), at: "") == steps)
    }
  }
}
