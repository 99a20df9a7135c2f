import TestSupport
import Testing

@testable import Jukta

@Suite struct `The fused scan for words` {
  static func words(_ table: WordTable, _ text: String, isFirst: Bool) -> ([String], [Range<Int>]) {
    var buffer = WordBuffer()
    var alignment: Alignment? = Alignment()
    Array(text.utf8).withUnsafeBufferPointer {
      table.split($0, isFirst: isFirst, into: &buffer, alignment: &alignment)
    }
    return read(buffer, alignment)
  }

  static func plainWords(
    _ preTokenizer: PreTokenizer, _ text: String, isFirst: Bool
  ) throws -> ([String], [Range<Int>]) {
    var buffer = WordBuffer()
    var alignment: Alignment? = Alignment()
    let scalars = try Array(text.utf8).withUnsafeBufferPointer {
      try ScalarText(decoding: $0, in: 0..<$0.count)
    }
    for word in try PlainSplitting(preTokenizer).words(of: scalars, isFirst: isFirst) {
      word.write(to: &buffer.bytes, start: 0, alignment: &alignment)
      buffer.ends.append(UInt32(buffer.bytes.count))
    }
    return read(buffer, alignment)
  }

  private static func read(
    _ buffer: borrowing WordBuffer, _ alignment: Alignment?
  ) -> ([String], [Range<Int>]) {
    var words: [String] = []
    var ranges: [Range<Int>] = []
    var start = 0
    for end in buffer.ends.map(Int.init) {
      words.append(String(decoding: buffer.bytes.bytes[start..<end], as: UTF8.self))
      ranges.append((alignment ?? Alignment()).originalRange(of: start..<end))
      start = end
    }
    return (words, ranges)
  }

  /// Long words of one, two and three bytes a letter, so that letters lie across the blocks' bounds.
  static func letters(upTo count: Int, using generator: inout SeededGenerator) -> String {
    let letters = Array("কখগঘংািী্ড়য়ৎৠabzé अक")
    return String(
      (0..<Int.random(in: 0...count, using: &generator)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &generator)]
      })
  }

  @Test(arguments: [PreTokenizer.PrependScheme.always, .first, .never])
  func `cuts as the pre-tokenizers do one after another`(scheme: PreTokenizer.PrependScheme) throws
  {
    let pipelines: [PreTokenizer] = [
      .metaspace(prependScheme: scheme),
      .sequence([.metaspace(prependScheme: scheme), .digits(individual: true), .punctuation()]),
      .sequence([.metaspace(prependScheme: scheme), .punctuation()]),
      .sequence([.metaspace(prependScheme: scheme), .split(.regex("[!,.।০-৪\\x{5D}]"), .isolated)]),
    ]
    var generator = SeededGenerator(seed: 21)
    for pipeline in pipelines {
      let table = try #require(WordTable(pipeline))
      #expect(table.hasStops)
      for round in 0..<250 {
        // Beyond 66 bytes stops are looked for by blocks; letters alone leave blocks without any.
        let text =
          round % 5 == 0
          ? Self.letters(upTo: 120, using: &generator)
          : DirtyText.string(upTo: round % 5 == 1 ? 90 : 16, using: &generator)
        for isFirst in [true, false] {
          let fast = Self.words(table, text, isFirst: isFirst)
          let slow = try Self.plainWords(pipeline, text, isFirst: isFirst)
          #expect(
            fast.0.map { Array($0.utf8) } == slow.0.map { Array($0.utf8) },
            "\(text.debugDescription)")
          #expect(fast.1 == slow.1, "\(text.debugDescription)")
        }
      }
    }
  }

  @Test func `is not there for pre-tokenizers that it cannot say`() {
    #expect(WordTable(.whitespaceSplit) == nil)
    #expect(WordTable(.sequence([.metaspace(), .digits(individual: false)])) == nil)
    #expect(WordTable(.metaspace(split: false)) == nil)
    for pattern in ["[^a]", "[ ,]", "[▁,]", "a|b"] {
      #expect(WordTable(.sequence([.metaspace(), .split(.regex(pattern), .isolated)])) == nil)
    }
    #expect(WordTable(.sequence([.metaspace(), .split(.regex("[,]"), .removed)])) == nil)
  }
}
