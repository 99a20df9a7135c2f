import Foundation
import Testing

@testable import JuktaTraining

@Suite struct `The report of a training` {
  private static func result(heldOut: [String]? = nil) throws -> TrainedTokenizer {
    var job = TrainingJob(.unigram())
    job.threads = 1
    job.heldOut = heldOut.map { JuktaTraining.TextSource($0) }
    let texts = (0..<30).map { "আমি \($0) নম্বর <লাইন> & গান গাই, তুমি \($0 * 7) বার শোনো।" }
    return try job.run(on: texts + ["ᱚᱞ"])[0]
  }

  private static func html(_ result: TrainedTokenizer) -> String {
    String(decoding: TrainingReport(result).html, as: UTF8.self)
  }

  @Test func `begins with what a reader asks`() throws {
    let result = try Self.result()
    let html = Self.html(result)
    let order = [
      "id=\"headline\"", "tokens a word", "aksharas cut", "drawn from the training text itself",
      "id=\"unknown\"", "Lines and their cuts", "The commonest on these lines", "The longest",
      "Rounds of training", "Corpus and settings",
    ].map { html.range(of: $0)?.lowerBound }
    #expect(!order.contains(nil))
    #expect(order.compactMap(\.self) == order.compactMap(\.self).sorted())
    let figures = try #require(result.figures)
    #expect(html.contains("<b>\(Figures.fixed(figures.evaluation.fertility, 3))</b>tokens a word"))
    #expect(html.contains("&lt;") && !html.contains("<লাইন>"))
  }

  @Test func `says on which lines it measures`() throws {
    let held = ["তুমি গান গাও।", "আমি শুনি।"]
    let result = try Self.result(heldOut: held)
    let html = Self.html(result)
    #expect(html.contains("On 2 lines that training has not seen: 5 words"))
    let figures = try #require(result.figures)
    #expect(figures.isHeldOut && figures.evaluation.words == 5)
    let tokens = try held.reduce(0) {
      try $0 + result.tokenizer.encode($1, addsSpecialTokens: false).ids.count
    }
    #expect(figures.evaluation.tokens == tokens)
  }

  @Test func `names the characters that stay unknown`() throws {
    let result = try Self.result()
    let html = Self.html(result)
    if result.unknown.distinct == 0 {
      #expect(html.contains("every character has a piece"))
    } else {
      #expect(html.contains("would keep all of these"))
    }
    var settings = UnigramSettings.usual
    settings.characterCoverage = 0.9
    var job = TrainingJob(.unigram(settings))
    job.alphabet = .corpus
    let poor = try job.run(on: ["কককককককককককককককককক ᱚ ᱚ ᱞ"])[0]
    #expect(poor.unknown.distinct > 0)
    let page = Self.html(poor)
    for entry in poor.unknown.commonest { #expect(page.contains("\(entry.character)")) }
  }
}
