import TestSupport
import Testing

@testable import Jukta

@Suite struct `Listed character classes` {
  @Test func `are read back as they were written`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let scalars = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt32.random(in: 0x21...0x7E, using: &generator)
          : UInt32.random(in: 0x0900...0x09FF, using: &generator)
      }
      let written = ListedClass(scalars)
      #expect(ListedClass(pattern: written.pattern) == written, "\(written.pattern)")
      // And any engine finds the same.
      let search = try PatternSearch(.regex(written.pattern))
      let text = Array(UInt32(0x20)...0x7F) + Array(UInt32(0x0900)...0x09FF)
      #expect(
        try search.matches(in: text).map { text[$0.lowerBound] }
          == text.filter(written.scalars.contains), "\(written.pattern)")
    }
    #expect(ListedClass([0x30, 0x31, 0x32, 0x2C, 0x5D]).pattern == "[,0-2\\x{5D}]")
  }

  @Test(arguments: [
    "[^a]", "[a", "a", "[]", "[\\d]", "[[:alpha:]]", "[a&&b]", "[z-a]", "[a]+", "[\\x{zz}]", "[a-]",
    "[\\x{0}-\\x{FFFFFFFF}]",
  ])
  func `are not what means more`(_ pattern: String) {
    #expect(ListedClass(pattern: pattern) == nil)
  }

  @Test func `said over and over do not fill the memory`() {
    let long = "[" + String(repeating: "\\x{0}-\\x{10FFFF}", count: 1000) + "]"
    #expect(ListedClass(pattern: long) == nil)
  }
}

@Suite struct `Patterns for places between characters` {
  @Test func `find what an engine finds`() throws {
    let pattern = "(?=[\\x{300}-\\x{36F}b])(?<=[ac])|(?=[a])(?<=[b\\x{300}])"
    let between = try #require(BetweenPattern(pattern))
    let engine = try ICURegex(pattern)
    let letters: [UInt32] = [0x61, 0x62, 0x63, 0x300, 0x36F, 0x995, 0x1F600]
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &generator)]
      }
      var found: [Range<Int>] = []
      between.appendMatches(in: text, to: &found)
      var units: [UInt16] = []
      var places: [Int] = []
      for (index, scalar) in text.enumerated() {
        let scalar = String(try #require(Unicode.Scalar(scalar)))
        units += scalar.utf16
        places += scalar.utf16.map { _ in index }
      }
      places.append(text.count)
      var expected: [Range<Int>] = []
      try engine.appendMatches(in: units, to: &expected)
      #expect(found == expected.map { places[$0.lowerBound]..<places[$0.upperBound] })
    }
  }

  @Test(arguments: [
    "(?=[a])", "(?<=[a])(?=[b])", "(?=[a])(?<=[b])|", "(?=a)(?<=[b])", "(?=[a])(?<=[😀])",
  ])
  func `are left to the engine otherwise`(_ pattern: String) {
    #expect(BetweenPattern(pattern) == nil)
  }
}
