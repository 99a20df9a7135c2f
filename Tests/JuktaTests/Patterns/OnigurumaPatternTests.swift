import TestSupport
import Testing

@testable import Jukta

@Suite struct `Patterns, beside Oniguruma in tokenizers 0.23.3` {
  /// What Jukta refuses although the reference runs it. All of these are named in the documentation.
  static let refused: Set<String> = ["(?i)[a-f&&C-Z]"]
  /// What ICU matches otherwise: a set never matches two characters as one.
  static let different: Set<String> = ["(?i)[ß]"]

  @Test func `match the same, or are refused`() throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/regexes.json")
    let texts = try #require(fixture["texts"]).items.compactMap(\.text)
    let patterns = try #require(fixture["patterns"]).items
    #expect(texts.count == 12 && patterns.count > 200)
    for row in patterns.map(\.items) {
      let pattern = try #require(row[0].text)
      guard !Self.different.contains(pattern) else { continue }
      let step = NormalizationStep.replace(.regex(pattern), content: "\u{2588}")
      guard row[1] != .null, !Self.refused.contains(pattern) else {
        #expect(throws: NormalizationError.self, "\(pattern)") { try Normalizer([step]) }
        continue
      }
      let normalizer = try Normalizer([step])
      for (text, expected) in zip(texts, row[1].items.compactMap(\.text)) {
        let found = try normalizer.normalize(text).text
        #expect(Array(found.utf8) == Array(expected.utf8), "\(pattern) in \(text.debugDescription)")
      }
    }
  }

  @Test(arguments: [
    (#"a\Kb"#, "\\K", 1), (#"\X"#, "\\X", 0), (#"\G"#, "\\G", 0), (#"x\yz"#, "\\y", 1),
    (#"(?~ab)"#, "the absent operator (?~", 0), (#"(?(1)a|b)"#, "a conditional (?(", 0),
    (#"(*FAIL)"#, "a callout", 0),
    (#"(?W)\w"#, "the option (?W)", 0), (#"(?<n>a)\g<n>"#, "\\g", 7),
    (#"a{2,1}"#, "a falling interval", 1),
    (#"\M-a"#, "\\M", 0),
  ])
  func `that are not run are refused by name and place`(
    pattern: String, construct: String, offset: Int
  ) {
    #expect(
      throws: NormalizationError.badPattern(
        pattern: pattern, reason: "\(construct) is not run by Jukta", offset: offset)
    ) { try Normalizer([.replace(.regex(pattern), content: "")]) }
  }

  @Test func `are compiled or refused whatever they hold, and never trap`() {
    var generator = SeededGenerator(seed: 77)
    let parts =
      Array("()[]{}?*+|^$.\\-&:<>!=~#,abkpwWdsxPi01é ").map(String.init) + [
        "(?", "(?<", "[[:", ":]", "\\p{", "(?i)", "(?x)", "&&", "\\x{", "{1,2}", "(?#",
      ]
    var compiled = 0
    for _ in 0..<3000 {
      var pattern = ""
      for _ in 0..<Int.random(in: 1...9, using: &generator) {
        pattern += parts.randomElement(using: &generator) ?? ""
      }
      if let normalizer = try? Normalizer([.replace(.regex(pattern), content: "_")]) {
        compiled += 1
        _ = try? normalizer.normalize("ab (k) ক্ষ é1")
      }
    }
    #expect(compiled > 300)
  }

  /// Found by Tests/Fuzz: nested as they are written, these cost ICU time without bound.
  @Test(arguments: [
    ("a****************", "_b_"), ("(?i-:a)+++", "_b_"), ("a?*", "_b_"), ("(?:a+)+?b", "_"),
  ])
  func `with rows of quantifiers are reduced`(pattern: String, expected: String) throws {
    let normalizer = try Normalizer([.replace(.regex(pattern), content: "_")])
    #expect(try normalizer.normalize("aab" + (expected == "_" ? "" : "a")).text == expected)
  }

  @Test func `nested deeply are refused`() {
    for part in [("(", ")"), ("[", "]"), ("(?i)", "")] {
      let pattern =
        String(repeating: part.0, count: 100_000) + String(repeating: part.1, count: 100_000)
      #expect(throws: NormalizationError.self) {
        try Normalizer([.replace(.regex(pattern), content: "")])
      }
    }
  }
}
