import TestSupport
import Testing

@testable import Jukta

@Suite("The options of the segmenter")
struct SegmentationOptionsTests {
  private func cut(_ text: String, _ change: (inout SegmentationOptions) -> Void) -> [String] {
    var options = SegmentationOptions()
    change(&options)
    return SentenceSegmenter(options).sentences(in: text).map(String.init)
  }

  @Test("A quotation of several sentences stays whole if asked for")
  func quotations() {
    let text = "সে বলল, “ভয় নেই। আমি আছি।” তারপর সে গেল। আমি রইলাম।"
    #expect(
      cut(text) { $0.keepsQuotations = true }
        == ["সে বলল, “ভয় নেই। আমি আছি।”", "তারপর সে গেল।", "আমি রইলাম।"])
    #expect(cut(text) { _ in }.count == 4)
  }

  @Test("In wrapped text only a blank line ends a unit")
  func wrapped() {
    let text = "আমি কাল\nঢাকা যাব। সে\r\nথাকবে।\n\nশিরোনাম\n \nশেষ"
    #expect(
      cut(text) { $0.isWrapped = true }
        == ["আমি কাল\nঢাকা যাব।", "সে\r\nথাকবে।", "শিরোনাম", "শেষ"])
  }

  @Test("An abbreviation of one's own does not end a sentence")
  func abbreviations() {
    let text = "চেয়ার. হাসান এলেন। সবাই বসল।"
    #expect(cut(text) { _ in }.count == 3)
    #expect(
      cut(text) { $0.abbreviations = ["চেয়ার."] } == ["চেয়ার. হাসান এলেন।", "সবাই বসল।"])
  }

  @Test("An abbreviation is known in both spellings of its letters")
  func spellings() {
    let decomposed = "চে\u{9AF}\u{9BC}ার. হাসান এলেন।"
    #expect(cut(decomposed) { $0.abbreviations = ["চে\u{9DF}ার"] }.count == 1)
  }

  @Test("A sentence that is too long is cut at a space, and without one between letters")
  func maximum() {
    let words = Array(repeating: "আকাশ", count: 20).joined(separator: " ")
    let parts = cut(words) { $0.maximumLength = 64 }
    #expect(parts.joined(separator: " ") == words)
    #expect(parts.allSatisfy { $0.utf8.count <= 64 })
    let solid = String(repeating: "কি", count: 50)
    let pieces = cut(solid) { $0.maximumLength = 64 }
    #expect(pieces.joined() == solid)
    #expect(pieces.allSatisfy { $0.unicodeScalars.first != "\u{9BF}" })
  }

  @Test("A decision names its rule and the policy's number")
  func decisions() throws {
    let text = Array("ড. রহমান এলেন। “কে?” সে বলল।".utf8)
    let decisions = SentenceSegmenter.bengali.decisions(in: text.span)
    #expect(decisions.map(\.rule) == [.abbreviation, .terminator, .reportingClause, .lineEnd])
    #expect(decisions.map(\.rule.policy) == [4, 1, 2, 9])
    #expect(decisions.map(\.rule.isBoundary) == [false, true, false, true])
    #expect(try #require(decisions.first).offset == 3)
  }
}
