import Testing

@testable import Jukta

/// No pattern of a file hangs, fills the memory or ends a search in silence.
@Suite struct `Patterns that ask for too much` {
  static let hostile = #"(a+)+\1b"#
  static let text = "b " + String(repeating: "a", count: 40)

  @Test func `are given up with an error, not with fewer matches`() throws {
    let failure = NormalizationError.patternGaveUp(
      pattern: Self.hostile, reason: "it takes too many steps")
    let normalizer = try Normalizer([.replace(.regex(Self.hostile), content: "_")])
    #expect(throws: failure) { try normalizer.normalize(Self.text) }
    #expect(try normalizer.normalize("x aab").text == "x _")

    let tokenizer = try Tokenizer(
      frontEnd: TextFrontEnd(
        normalizer: try Normalizer([]), preTokenizer: .split(.regex(Self.hostile), .isolated)),
      model: .wordLevel(WordLevelModel(pieces: ["?", "x "], unknownToken: "?")))
    #expect(throws: failure) { try tokenizer.encode(Self.text) }
    var encoder = try tokenizer.makeEncoder()
    var ids: [UInt32] = []
    #expect(throws: failure) { try encoder.encode(Array(Self.text.utf8).span, into: &ids) }
    ids = []
    try encoder.encode(Array("x aab".utf8).span, into: &ids)
    #expect(ids == [1, 0])
  }

  @Test(arguments: [
    "(?:a{1,1000}){1,1000}", "(?:(?:a{100}){100}){100}", "[^a]{0,50000}", "(a|b|ab){1,300}c",
    "(?:\\p{L}{1,200}|\\p{N}{1,200}){1,200}",
  ])
  func `are compiled in little time and memory`(pattern: String) throws {
    let search = try PatternSearch(.regex(pattern))
    #expect((try? search.matches(in: [0x61, 0x62, 0x63])) != nil)
    if case .automaton(let automaton, _) = search.pattern.kind {
      #expect(automaton.table.count <= PatternAutomaton.tableLimit)
    }
  }

  @Test func `are not repeated whole in messages`() {
    let long = String(repeating: "ক|", count: 50_000) + "("
    do throws(NormalizationError) {
      _ = try Normalizer([.replace(.regex(long), content: "")])
      Issue.record("an unmatched parenthesis was taken")
    } catch {
      #expect(error.description.unicodeScalars.count < 500)
      #expect(error.description.contains("(100001 characters)"))
    }
  }
}
