import TestSupport
import Testing

@testable import Jukta

@Suite struct `Ranges of tokens in a Swift string` {
  static func tokenizer() throws -> Tokenizer {
    let pieces = ["<unk>", "[CLS]", "[SEP]", "▁", "▁রবী", "ন্দ্র", "নাথ", "▁ঢাকা", "য়", "▁যান", "।", "👩"]
    let model = try UnigramModel(
      pieces: pieces.enumerated().map { ($1, -Double($0)) }, unknownID: 0, byteFallback: false)
    return try TokenizerBuilder(.unigram(model))
      .preTokenizer(.metaspace(), .punctuation()).specialTokens("[CLS]", "[SEP]")
      .template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B:1 [SEP]:1")
      .build()
  }

  @Test func `slice the string`() throws {
    let text = "রবীন্দ্রনাথ 👩 ঢাকায়  যান।"
    let encoding = try Self.tokenizer().encode(text)
    let slices = encoding.ranges(in: text).map { String(text[$0]) }
    #expect(
      zip(slices, encoding.tokens).allSatisfy { slice, token in
        slice.isEmpty || slice.hasSuffix(token.replacing("▁", with: ""))
      })
    #expect(slices.first == "" && slices.contains("ন্দ্র") && slices.contains("👩"))
    #expect(slices.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test func `count scalars and UTF-16 as Python and NSString do`() throws {
    let text = "👩 ঢাকায়"
    let encoding = try Self.tokenizer().encode(text, addsSpecialTokens: false)
    let bytes = Array(text.utf8)
    for unit in OffsetUnit.allCases {
      let map = OffsetMap(bytes.span, unit: unit)
      let expected = encoding.ranges.map {
        map.offset(of: $0.lowerBound)..<map.offset(of: $0.upperBound)
      }
      #expect(encoding.ranges(in: text, unit: unit) == expected)
    }
    #expect(encoding.ranges(in: text, unit: .scalars).last?.upperBound == text.unicodeScalars.count)
    #expect(encoding.ranges(in: text, unit: .utf16).last?.upperBound == text.utf16.count)
  }

  /// Named entities, annotated on the string and learnt by token, and the way back.
  @Test func `carry labels from the string to tokens and back`() throws {
    let text = "রবীন্দ্রনাথ ঢাকায় যান।"
    let encoding = try Self.tokenizer().encode(text)
    let name = try #require(text.firstRange(of: "রবীন্দ্রনাথ"))
    let tokens = try #require(encoding.tokens(overlapping: name, of: text))
    #expect(encoding.tokens[tokens] == ["▁রবী", "ন্দ্র", "নাথ"])
    #expect(encoding.token(at: name.lowerBound, of: text) == tokens.lowerBound)
    let ranges = encoding.ranges(in: text)
    #expect(
      text[ranges[tokens.lowerBound].lowerBound..<ranges[tokens.upperBound - 1].upperBound]
        == "রবীন্দ্রনাথ")
    #expect(encoding.tokens(overlapping: text.endIndex..<text.endIndex, of: text) == nil)
  }

  @Test func `tell the texts of a pair apart`() throws {
    let (one, two) = ("ঢাকা যান", "রবীন্দ্রনাথ।")
    let encoding = try Self.tokenizer().encode(one, pair: two)
    #expect(encoding.sequenceIDs == [nil, 0, 0, nil, 1, 1, 1, 1, nil])
    let (first, second) = (
      encoding.ranges(in: one, sequence: 0), encoding.ranges(in: two, sequence: 1)
    )
    #expect(first.map { one[$0] } == ["", "ঢাকা", " যান", "", "", "", "", "", ""])
    #expect(second.map { two[$0] } == ["", "", "", "", "রবী", "ন্দ্র", "নাথ", "।", ""])
    #expect(encoding.token(at: 0, inSequence: 0) == 1 && encoding.token(at: 0, inSequence: 1) == 4)
    #expect(encoding.range(ofWord: 0, inSequence: 1) == 0..<33)
    #expect(encoding.sequence(ofToken: 0) == nil && encoding.sequence(ofToken: 99) == nil)
  }

  @Test func `lie outside of another string and come out empty`() throws {
    let encoding = try Self.tokenizer().encode("রবীন্দ্রনাথ")
    let ranges = encoding.ranges(in: "রবী")
    #expect(ranges.count == encoding.count && ranges.dropFirst(2).allSatisfy(\.isEmpty))
  }
}
