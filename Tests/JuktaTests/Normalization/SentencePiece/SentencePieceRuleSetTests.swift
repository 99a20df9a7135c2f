import TestSupport
import Testing

@testable import Jukta

@Suite struct `SentencePiece rule sets` {
  /// FNV-1a over the rules by ascending source: source NUL target NUL.
  static func digest(_ rules: [PrecompiledMap.Rule]) -> String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for rule in rules {
      for byte in rule.source + [0] + rule.target + [0] {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // A set takes seconds in a debug build, and two of them take all ways through the code; the
  // conformance run compares all of them, rule by rule.
  @Test func `the rules are those of sentencepiece, one for one`() throws {
    let file = try Fixture.json("sentencepiece-0.2.3/rules.json")
    let set = SentencePieceRuleSet.nmtNFKCCaseFolded
    let rules = try #require(set.map?.rules())
    #expect(rules.count == file[set.rawValue]?["count"]?.whole)
    #expect(Self.digest(rules) == file[set.rawValue]?["digest"]?.text)
  }

  @Test(arguments: [SentencePieceRuleSet.nfkc, .nmtNFKCCaseFolded, .identity])
  func `a set makes of constructed texts what sentencepiece makes of them`(
    set: SentencePieceRuleSet
  ) throws {
    let cases = try SentencePieceCases()
    let plain = try SentencePieceNormalizer(map: set.map, options: .mapOnly)
    try cases.compare(plain, "sets", set.rawValue, "plain")
    try cases.compare(plain.with(.init()), "sets", set.rawValue, "full")
  }

  @Test func `young letters are known whatever the linked ICU knows`() throws {
    let unicode = Unicode17()
    #expect(unicode.decomposition(of: 0x16126) == [0x1611E, 0x1611E, 0x1611F])
    #expect(unicode.composed([0x1611E, 0x1611E, 0x1611F]) == [0x16126])
    #expect(unicode.decomposition(of: 0x1CCD6) == [0x41])
    #expect(unicode.folded(0x1C89) == 0x1C8A)
    #expect(unicode.folded(0xDF) == 0xDF)
    #expect(unicode.folded(0x1E9E) == 0xDF)
  }
}
