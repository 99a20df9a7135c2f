import TestSupport
import Testing

@testable import Jukta

@Suite struct `Byte-level scan` {
  /// Texts that meet every alternative: contractions, numbers, marks out of place, spaces and line
  /// ends of all kinds.
  private static func text(_ generator: inout SeededGenerator) -> String {
    let parts = [
      "a", "B", "ſ", "'", "'s", "'LL", "'re", "ক", "ক্ষ", "ি", "্", "\u{200D}", "\u{200C}", "১", "2",
      "½", ".", "!", "।", "৳", "(", " ", " ", "  ", "\n", "\r\n", "\t", "\u{A0}", "\u{3000}", "é",
      "中",
      "😀", "\u{10FFFD}", "\u{1D7D8}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      text.unicodeScalars.append(
        contentsOf: (parts.randomElement(using: &generator) ?? "a").unicodeScalars)
    }
    return text
  }

  private static func words(_ buffer: borrowing WordBuffer) -> [[UInt8]] {
    let bytes = buffer.bytes.bytes
    var start = 0
    return buffer.ends.map { end in
      defer { start = Int(end) }
      return Array(bytes[start..<Int(end)])
    }
  }

  private static func check(
    _ scan: ByteLevelScan, _ plain: PlainSplitting, _ text: String
  ) throws {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { bytes in
      var fast = WordBuffer()
      var fastAlignment: Alignment? = Alignment()
      scan.split(bytes, into: &fast, alignment: &fastAlignment)
      var slow = WordBuffer()
      var slowAlignment: Alignment? = Alignment()
      let scalars = try ScalarText(decoding: bytes, in: 0..<bytes.count)
      for word in try plain.words(of: scalars, isFirst: true) {
        word.write(to: &slow.bytes, start: 0, alignment: &slowAlignment)
        slow.ends.append(UInt32(slow.bytes.count))
      }
      #expect(words(fast) == words(slow), "\(text.unicodeScalars.map(\.value))")
      var start = 0
      for end in slow.ends {
        let range = start..<Int(end)
        #expect(fastAlignment?.originalRange(of: range) == slowAlignment?.originalRange(of: range))
        start = Int(end)
      }
    }
  }

  @Test(arguments: SplitPattern.allCases)
  func `cuts as the regular expression does`(_ pattern: SplitPattern) throws {
    var generator = SeededGenerator(seed: 61)
    let scan = try #require(ByteLevelScan(pattern.preTokenizer))
    let plain = PlainSplitting(pattern.preTokenizer)
    for _ in 0..<1000 { try Self.check(scan, plain, Self.text(&generator)) }
  }

  @Test func `puts a space in front as the plain way does`() throws {
    var generator = SeededGenerator(seed: 62)
    let preTokenizer = PreTokenizer.byteLevel(addsPrefixSpace: true)
    let scan = try #require(ByteLevelScan(preTokenizer))
    let plain = PlainSplitting(preTokenizer)
    for _ in 0..<300 { try Self.check(scan, plain, Self.text(&generator)) }
  }

  @Test func `the Bengali pattern never cuts a mark from its base`() throws {
    var generator = SeededGenerator(seed: 63)
    let scan = try #require(ByteLevelScan(SplitPattern.bengali.preTokenizer))
    for _ in 0..<1000 {
      let text = Self.text(&generator)
      var words = WordBuffer()
      var alignment: Alignment?
      Array(text.utf8).withUnsafeBufferPointer {
        scan.split($0, into: &words, alignment: &alignment)
      }
      var previous: Unicode.Scalar?
      for word in Self.words(words) {
        let scalars = String(decoding: word, as: UTF8.self).unicodeScalars
        if let first = scalars.first, let previous, UnicodeProperties.isMark(first.value) {
          // A line end or the last of several spaces is no base.
          #expect(UnicodeProperties.isWhitespace(previous.value), "\(text)")
        }
        previous = scalars.last
      }
    }
    #expect(ByteLevelScan(.split(.regex("x"), .isolated)) == nil)
  }

  @Test func `GPT-2's pattern shatters Bengali, the Bengali one does not`() throws {
    func words(_ pattern: SplitPattern) throws -> [String] {
      var buffer = WordBuffer()
      var alignment: Alignment?
      let scan = try #require(ByteLevelScan(pattern.preTokenizer))
      Array("বাংলা ভাষা".utf8).withUnsafeBufferPointer {
        scan.split($0, into: &buffer, alignment: &alignment)
      }
      return Self.words(buffer).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(try words(.bengali) == ["বাংলা", " ভাষা"])
    #expect(try words(.gpt2).count == 8)
  }
}
