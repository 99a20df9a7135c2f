import TestSupport
import Testing

@testable import Jukta

@Suite struct `Automata of patterns` {
  /// Scalars that patterns tell apart: letters of all kinds, marks, joiners, numbers, spaces, line ends,
  /// letters that fold in odd ways, and one beyond the Basic Multilingual Plane of each sort.
  static let alphabet: [UInt32] = Array(
    ("abcABCksKS'.,!?/|()<>x1২½ \t\r\n\u{A0}\u{85}\u{2028}\u{3000}কখাি্\u{200C}\u{200D}।éÉß\u{17F}\u{212A}ǅʰ中가"
      + "\u{300}𝐀𝟘😀_-#").unicodeScalars
  ).map(\.value)

  static func text(_ generator: inout SeededGenerator, upTo count: Int = 14) -> [UInt32] {
    // Few scalars a text, so that runs come about.
    let own = (0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
    return (0..<Int.random(in: 0...count, using: &generator)).map { _ in
      Int.random(in: 0..<3, using: &generator) == 0
        ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        : own[Int.random(in: 0..<4, using: &generator)]
    }
  }

  /// Whether an automaton was made, and finds what ICU finds.
  static func check(
    _ pattern: String, rounds: Int, _ generator: inout SeededGenerator
  ) throws -> Bool {
    let compiled = try Pattern.compile(.regex(pattern))
    guard case .automaton = compiled.kind else { return false }
    let automaton = try PatternSearch(compiled)
    let engine = try PatternSearch(compiled.byICU)
    for _ in 0..<rounds {
      let text = text(&generator)
      guard let expected = try? engine.matches(in: text) else { continue }
      let found = try automaton.matches(in: text)
      let shown = String(String.UnicodeScalarView(text.compactMap { Unicode.Scalar($0) }))
      #expect(found == expected, "\(pattern) in \(shown.debugDescription)")
      if found != expected { return true }
    }
    return true
  }

  @Test(arguments: PublishedPatterns.all.indices)
  func `say what published files ask for, in few states, as ICU does`(index: Int) throws {
    let (name, pattern, states) = PublishedPatterns.all[index]
    guard case .automaton(let automaton, _) = try Pattern.compile(.regex(pattern)).kind else {
      Issue.record("\(name) is left to ICU")
      return
    }
    #expect(automaton.stateCount <= states, "\(name): \(automaton.stateCount)")
    var generator = SeededGenerator(seed: UInt64(index))
    #expect(try Self.check(pattern, rounds: 400, &generator))
  }

  @Test(arguments: SplitPattern.allCases)
  func `say Jukta's own patterns`(_ pattern: SplitPattern) throws {
    var generator = SeededGenerator(seed: 142)
    #expect(try Self.check(pattern.regex, rounds: 400, &generator))
  }

  /// A pattern drawn at random, in Ruby's syntax.
  static func pattern(_ depth: Int, _ generator: inout SeededGenerator) -> String {
    func draw(_ parts: [String]) -> String { parts.randomElement(using: &generator) ?? "a" }
    func inner() -> String { pattern(depth - 1, &generator) }
    let atoms = [
      "a", "b", "k", "s", " ", "'", ".", "ক", "\\p{L}", "\\p{M}", "\\p{N}", "\\s", "\\S", "\\w",
      "\\W",
      "[ab]", "[^a]", "[^\\s\\p{L}]", "[\\r\\n]", "[A-Ca-c\\d]", "\\p{Lu}", "[\\p{Ll}\\p{Lo}]",
      "\\n", "1", "é",
    ]
    let places = [
      "^", "$", "\\b", "\\B", "\\A", "\\z", "(?!\\S)", "(?=a)", "(?<=a)", "(?<!\\s)", "(?=\\s|$)",
      "(?<=[ab])(?=[^b])", "(?![ab]|\\z)",
    ]
    let quantifiers = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{2,}", "{0,2}?", "{,2}"]
    guard depth > 0 else { return draw(atoms) }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0, 1, 2: return inner() + inner()
    case 3, 4: return "(?:" + inner() + "|" + inner() + ")"
    case 5, 6: return "(?:" + inner() + ")" + draw(quantifiers)
    case 7: return draw(atoms) + draw(quantifiers)
    case 8: return draw(atoms) + draw(["++", "*+", "?+"])
    case 9: return draw(places) + inner()
    case 10: return inner() + draw(places)
    default: return "(?i:" + inner() + ")"
    }
  }

  @Test func `find what ICU finds, whatever the pattern`() throws {
    var generator = SeededGenerator(seed: 143)
    var compiled = 0
    for _ in 0..<800 {
      var pattern = Self.pattern(Int.random(in: 0...4, using: &generator), &generator)
      if Bool.random(using: &generator) {
        pattern += "|" + Self.pattern(Int.random(in: 0...3, using: &generator), &generator)
      }
      guard (try? Pattern.compile(.regex(pattern))) != nil else { continue }
      if try Self.check(pattern, rounds: 25, &generator) { compiled += 1 }
    }
    #expect(compiled > 250, "\(compiled)")
  }

  @Test func `find what ICU finds for the patterns asked of Oniguruma`() throws {
    let fixture = try Fixture.json("tokenizers-0.23.3/regexes.json")
    var generator = SeededGenerator(seed: 144)
    var compiled = 0
    for row in try #require(fixture["patterns"]).items.map(\.items) {
      let pattern = try #require(row[0].text)
      guard (try? Pattern.compile(.regex(pattern))) != nil else { continue }
      if try Self.check(pattern, rounds: 20, &generator) { compiled += 1 }
    }
    #expect(compiled > 150, "\(compiled)")
  }

  @Test(arguments: [
    (#"(a)\1"#, "a reference to a group"), ("(?=ab)", "looking further than one character"),
    ("(?>a|ab)c", "an atomic group"), ("(?:a*)*", "a loop over nothing"),
    ("(?i:ss)", "letters that fold together"), ("(?i)éa", "letters that fold together"),
    ("(?i)ß", "the set [\\x{df}]"), (#"a\Z"#, "looking further than one character"),
    ("(?:a|b{2})++", "a possessive loop over more than one character"),
    ("[ab]*a[ab]{11}", "too many states"),
  ])
  func `leave to ICU by name what they do not say`(pattern: String, reason: String) throws {
    guard case .icu(_, let because) = try Pattern.compile(.regex(pattern)).kind else {
      Issue.record("\(pattern) became an automaton")
      return
    }
    #expect(because == reason)
  }

  @Test func `give up where a pattern begins everywhere and matches nowhere`() throws {
    let text = [UInt32](repeating: 0x61, count: 20_000)
    let search = try PatternSearch(.regex("a*b"))
    #expect(
      throws: NormalizationError.patternGaveUp(pattern: "a*b", reason: "it takes too many steps")
    ) { try search.matches(in: text) }
    #expect(try search.matches(in: Array(text.prefix(3000)) + [0x62]) == [0..<3001])
  }
}
