import TestSupport
import Testing

@testable import Jukta

@Suite struct `Files of rules` {
  static func rules(_ text: String) throws -> [PrecompiledMap.Rule] {
    let bytes = Array(text.utf8)
    return try RuleFile.read(bytes.span)
  }

  static func rule(_ source: String, _ target: String) -> PrecompiledMap.Rule {
    .init(source: Array(source.utf8), target: Array(target.utf8))
  }

  // What sentencepiece 0.2.3 reads from the same lines.
  @Test(arguments: [
    ("61\t62\n", "a", "b"), ("61\t62", "a", "b"), ("U+61 62\tU+63\n", "ab", "c"),
    ("0x61\t62\n", "a", "b"), ("61  62\t63\n", "ab", "c"), (" 61\t62\n", "a", "b"),
    ("61 \t62 \n", "a", "b"), ("61\n", "a", ""), ("61\t\n", "a", ""),
    ("61\t62\tanything # x\n", "a", "b"), ("61\t62\r\n", "a", "b"), ("061\t0062\n", "a", "b"),
    ("1F600\t61\n", "\u{1F600}", "a"),
  ])
  func `a line is read as sentencepiece reads it`(line: String, source: String, target: String)
    throws
  {
    #expect(try Self.rules(line) == [Self.rule(source, target)])
  }

  @Test(arguments: [
    ("61\t62\n\n", "line 2: no source; a rule is hex, TAB, hex"),
    ("\t62\n", "line 1: no source; a rule is hex, TAB, hex"),
    ("zz\t62\n", "line 1: 'zz' is not a character in hexadecimal, such as 09DF"),
    ("61\tD800\n", "line 1: 'D800' is not a character in hexadecimal, such as 09DF"),
    ("61\n110000\t62\n", "line 2: '110000' is not a character in hexadecimal, such as 09DF"),
    ("0\t62\n", "line 1: '0' is not a character in hexadecimal, such as 09DF"),
    ("-61\t62\n", "line 1: '-61' is not a character in hexadecimal, such as 09DF"),
    ("# c\n", "line 1: '#' is not a character in hexadecimal, such as 09DF"),
  ])
  func `a line that is no rule is told`(text: String, message: String) {
    let error = #expect(throws: RuleFile.Failure.self) { try Self.rules(text) }
    #expect(error.map { "\($0)" } == message)
  }

  @Test func `the later of two rules holds`() throws {
    let map = try PrecompiledMap(rules: Self.rules("61\t62\n61\t63\n"))
    #expect(map.rules() == [Self.rule("a", "c")])
  }

  @Test func `a file gives the map that sentencepiece made of it`() throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/rules.tsv")
    let map = try PrecompiledMap(rules: RuleFile.read(bytes.span))
    let model = try Fixture.bytes("sentencepiece-0.2.3/word.model")
    let theirs = try PrecompiledMap(SentencePieceFile.read(model.span).normalizer.precompiledMap)
    #expect(map.rules() == theirs.rules())
    #expect(map.targets == theirs.targets)
  }
}
