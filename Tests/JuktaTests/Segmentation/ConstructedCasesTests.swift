import Testing

@testable import Jukta

/// A case of the constructed set: a text and its sentences.
struct ConstructedCase: CustomTestStringConvertible {
  let text: String
  let sentences: [String]
  var testDescription: String { text }

  /// Reads a line of `Cases/`: `‖` marks a boundary, `⏎` stands for a line feed.
  init(_ line: Substring) {
    let marked = line.replacing("⏎", with: "\n")
    text = String(marked.replacing("‖", with: ""))
    sentences = marked.split(separator: "‖").map { part in
      let scalars = part.unicodeScalars.drop { ScalarClass.isSpace($0.value) }
      return String(
        String.UnicodeScalarView(
          scalars.reversed().drop { ScalarClass.isSpace($0.value) }.reversed()))
    }
  }
}

/// The cases of a policy's category.
struct CaseCategory: CustomTestStringConvertible {
  let name: String
  let cases: [ConstructedCase]
  var testDescription: String { name }

  init(_ name: String, _ lines: String) {
    self.name = name
    cases = lines.split(separator: "\n").map(ConstructedCase.init)
  }

  static let all = [
    CaseCategory("danda", TerminatorCases.danda), CaseCategory("runs", TerminatorCases.runs),
    CaseCategory("pipes", TerminatorCases.pipes),
    CaseCategory("questions", TerminatorCases.questions),
    CaseCategory("latin stops", TerminatorCases.latinStops),
    CaseCategory("titles", AbbreviationCases.titles),
    CaseCategory("initials", AbbreviationCases.initials),
    CaseCategory("units", AbbreviationCases.units),
    CaseCategory("formulas", AbbreviationCases.formulas),
    CaseCategory("latin abbreviations", AbbreviationCases.latinAbbreviations),
    CaseCategory("decimals", NumberCases.decimals),
    CaseCategory("addresses", NumberCases.addresses), CaseCategory("lists", NumberCases.lists),
    CaseCategory("ordinals", NumberCases.ordinals),
    CaseCategory("reporting", QuotationCases.reporting),
    CaseCategory("several", QuotationCases.several),
    CaseCategory("objects", QuotationCases.objects),
    CaseCategory("narration", QuotationCases.narration),
    CaseCategory("closers", QuotationCases.closers),
    CaseCategory("dialogue", QuotationCases.dialogue),
    CaseCategory("ellipsis", MixedCases.ellipsis),
    CaseCategory("parentheses", MixedCases.parentheses),
    CaseCategory("references", MixedCases.references), CaseCategory("emoji", MixedCases.emoji),
    CaseCategory("interjections", MixedCases.interjections),
    CaseCategory("colons", MixedCases.colons), CaseCategory("lines", MixedCases.lines),
    CaseCategory("cut off", MixedCases.cutOff),
  ]
}

@Suite("The constructed cases")
struct ConstructedCasesTests {
  /// Where the words alone do not tell: a clause may report the quotation before it or the one behind.
  /// The mark in the cases is what a reader would do; this is what the segmenter does (decision 0050).
  static let undecidable = [
    "“পালাও!” রহিম চেঁচিয়ে বলল, “পুলিশ আসছে!”": [
      "“পালাও!”", "রহিম চেঁচিয়ে বলল, “পুলিশ আসছে!”",
    ]
  ]

  @Test("Every case of a category is cut as marked", arguments: CaseCategory.all)
  func category(_ category: CaseCategory) {
    for one in category.cases {
      let found = SentenceSegmenter.bengali.sentences(in: one.text).map(String.init)
      #expect(found == Self.undecidable[one.text] ?? one.sentences)
    }
  }

  @Test("There are at least three hundred cases")
  func size() { #expect(CaseCategory.all.map(\.cases.count).reduce(0, +) >= 300) }
}
