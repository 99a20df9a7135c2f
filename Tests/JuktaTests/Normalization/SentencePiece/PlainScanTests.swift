import TestSupport
import Testing

@testable import Jukta

/// The scan over 64 bytes at once beside the scan over one scalar after the other.
@Suite struct `SentencePiece scan by blocks` {
  /// Mostly plain text, so that whole blocks hold nothing to look at; everything else between, and at
  /// the bounds of blocks.
  static func text(using generator: inout SeededGenerator) -> [UInt8] {
    let odd: [[UInt8]] =
      [
        "ে", "া", "ৗ", "ো", "য়", "য়", "ড়", "ঢ়", "\u{9FF}", "\u{980}", " ", " ", " ", "  ", "   ",
        "\u{2581}", "\u{200C}", "\u{200D}", "é", "e\u{301}", "ﬁ", "क", "अ", "\u{1F600}", "A", "Z",
        "\u{7F}",
        "\t", "\u{3000}", "\u{A0}", "।", "\u{9BC}",
      ].map { Array($0.utf8) } + [
        [0xE0], [0xE0, 0xA6], [0xFF], [0xF0, 0x9F], [0], [0xED, 0xA0, 0x80], [0x80], [0xBE],
        [0xE0, 0xA6, 0x41], [0xC3], [0xE2, 0x96],
      ]
    let share = [2, 8, 60].randomElement(using: &generator) ?? 8
    var text: [UInt8] = []
    let length = Int.random(in: 0...260, using: &generator)
    while text.count < length {
      if Int.random(in: 0..<share, using: &generator) == 0 {
        text += odd.randomElement(using: &generator) ?? []
      } else if Int.random(in: 0..<6, using: &generator) == 0 {
        text.append(UInt8.random(in: 0x20..<0x7F, using: &generator))
      } else {
        let scalar = UInt32.random(in: 0x985...0x9CD, using: &generator)
        text += Array(String(Unicode.Scalar(scalar) ?? "ক").utf8)
      }
    }
    return text
  }

  static func check(
    _ normalizer: SentencePieceNormalizer, rounds: Int, using generator: inout SeededGenerator
  ) {
    var one = ByteBuffer()
    var other = ByteBuffer()
    var oneRuns = AlignmentRuns(capacity: 2)
    var otherRuns = AlignmentRuns(capacity: 2)
    var nothing = NoAlignment()
    for _ in 0..<rounds {
      let text = text(using: &generator)
      for runs in [true, false] {
        one.removeAll()
        other.removeAll()
        oneRuns.removeAll()
        otherRuns.removeAll()
        text.withUnsafeBufferPointer {
          if runs {
            normalizer.scan($0, into: &one, &oneRuns)
            normalizer.scan($0, into: &other, &otherRuns, byBlocks: false)
          } else {
            normalizer.scan($0, into: &one, &nothing)
            normalizer.scan($0, into: &other, &nothing, byBlocks: false)
          }
        }
        #expect(one.bytes == other.bytes, "\(text)")
        #expect(Array(oneRuns.runs) == Array(otherRuns.runs), "\(text)")
      }
    }
  }

  private static let options: [SentencePieceNormalizer.Options] = {
    var all: [SentencePieceNormalizer.Options] = []
    for bits in 0..<16 {
      var options = SentencePieceNormalizer.Options()
      options.addsDummyPrefix = bits & 1 == 0
      options.removesExtraWhitespace = bits & 2 == 0
      options.escapesWhitespace = bits & 4 == 0
      options.treatsWhitespaceAsSuffix = bits & 8 != 0
      all.append(options)
    }
    return all
  }()

  @Test(arguments: SentencePieceRuleSet.allCases)
  func `makes what the scan by scalars makes of SentencePiece's rules`(
    set: SentencePieceRuleSet
  ) throws {
    var generator = SeededGenerator(seed: 11)
    for options in Self.options {
      let normalizer = try SentencePieceNormalizer(map: set.map, options: options)
      // Spaces that nothing happens to are not looked for.
      #expect(
        (normalizer.plainRules != nil)
          == (options.escapesWhitespace || options.removesExtraWhitespace))
      Self.check(normalizer, rounds: 40, using: &generator)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `makes what the scan by scalars makes of any rules`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 1000 + seed)
    let atoms: [[UInt8]] = ["ক", "খ", "ে", "া", "ৗ", "য়", "a", "b", "Z", "é", " ", "\u{301}"].map {
      Array($0.utf8)
    }
    var rules: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      var source: [UInt8] = []
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        source += atoms.randomElement(using: &generator) ?? []
      }
      // Some end inside a character.
      if Int.random(in: 0..<4, using: &generator) == 0, source.count > 1 { source.removeLast() }
      let target = ["", "x", "ক", " ", "  y"].randomElement(using: &generator) ?? ""
      if source != Array(target.utf8) { rules[source] = Array(target.utf8) }
    }
    guard !rules.isEmpty else { return }
    let map = try PrecompiledMap(rules: rules.map { .init(source: $0.key, target: $0.value) })
    let symbols = Bool.random(using: &generator) ? [] : ["কখ", "গা", "<s>"]
    let options = try #require(Self.options.randomElement(using: &generator))
    let normalizer = try SentencePieceNormalizer(map: map, options: options, symbols: symbols)
    Self.check(normalizer, rounds: 60, using: &generator)
  }

  @Test func `nmt_nfkc asks little of plain text`() throws {
    let normalizer = try SentencePieceNormalizer(map: SentencePieceRuleSet.nmtNFKC.map)
    let stops = try #require(normalizer.plainRules).stops
    // ড়, ঢ় and য়; ে before া and ৗ.
    #expect((stops.alone_second, stops.alone_low, stops.alone_span) == (0xA7, 0x9C, 3))
    #expect((stops.longer_second, stops.longer_third) == (0xA7, 0x87))
    #expect(Set([stops.on_one, stops.on_other]) == [0xBE, 0x97])
  }
}
