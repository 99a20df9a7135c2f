import TestSupport
import Testing

@testable import Jukta

@Suite struct `The repairs of Bengali` {
  /// Pieces of what the repairs look at, and of what they must leave alone.
  private static let atoms: [String] = [
    "ক", "র", "য", "ড", "ব", "অ", "ঋ", "া", "ি", "ে", "ো", "ৗ", "়", "্", "ঁ", "ং", "ঃ", "ঁ্যা",
    "র\u{200C}্য",
    "\u{200C}", "\u{200D}", " ", "  ", " | ", "|", "||", "৷", "।", "১", "a", "²", "½", "™", "’",
    "\"", ")",
    "क", "्", "ක", "්", "م", "😀", "👩\u{200D}🍳", "৴", "৹", "é", "İ",
  ]

  /// The shape in which ¹ goes through NFKC; no literal may hold it.
  private static let shield = Unicode.Scalar(UInt32(0xFDD0)).map { String(Character($0)) } ?? ""

  private static func draw(_ generator: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 1...14, using: &generator) {
      let atom = (atoms + [shield]).randomElement(using: &generator) ?? ""
      text.append(contentsOf: atom.unicodeScalars)
    }
    return String(text)
  }

  @Test(arguments: 0..<4)
  func `give by the fused scan what they give one by one, and nothing more the second time`(
    seed: Int
  ) throws {
    let normalizer = Normalizer.bengali
    var generator = SeededGenerator(seed: 900 + UInt64(seed))
    for _ in 0..<1000 {
      let input = Self.draw(&generator)
      let fast = try normalizer.normalize(input)
      let slow = try `A normalizer`.plain(normalizer, input)
      let name: Comment = "\(input.unicodeScalars.map { String($0.value, radix: 16) })"
      #expect(Array(fast.text.utf8) == Array(slow.text.utf8), name)
      #expect(`A normalizer`.origins(fast) == `A normalizer`.origins(slow), name)
      let twice = try normalizer.normalize(fast.text).text
      #expect(Array(twice.utf8) == Array(fast.text.utf8), name)
    }
  }

  @Test(arguments: BengaliRepair.allCases)
  func `can be left out one by one`(repair: BengaliRepair) throws {
    let normalizer = try Normalizer(BengaliRepair.allCases.filter { $0 != repair }.flatMap(\.steps))
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<150 {
      let input = Self.draw(&generator)
      let fast = try normalizer.normalize(input).text
      let slow = try `A normalizer`.plain(normalizer, input).text
      #expect(
        Array(fast.utf8) == Array(slow.utf8),
        "\(input.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }

  @Test(arguments: [
    ("পর\u{200C}্যন্ত", "পর\u{200C}্যন্ত"), ("র\u{200C}্যাব", "র\u{200D}্যাব"),
    ("দাম ৪৴৷৹", "দাম ৪৴৷৹"), ("আমি যাব | সে এল |", "আমি যাব। সে এল।"),
    ("নাম | বয়স | গ্রাম", "নাম | বয\u{9BC}স | গ্রাম"), ("a || b", "a || b"), ("x|y", "x|y"),
    ("১½ কাপ, ৫ মি²", "১½ কাপ, ৫ মি²"), ("ﷺ", "ﷺ"), ("①", "1"),
  ])
  func `leave what they must`(input: String, expected: String) throws {
    #expect(try Array(Normalizer.bengali.normalize(input).text.utf8) == Array(expected.utf8))
  }
}
