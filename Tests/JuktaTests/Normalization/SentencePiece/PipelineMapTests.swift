import TestSupport
import Testing

@testable import Jukta

@Suite struct `Pipelines as compiled maps` {
  /// What the map makes of a text, spaces left alone or, where a step collapses them, collapsed.
  private func result(_ compiled: PipelineMap, _ text: String) throws -> String {
    var options = SentencePieceNormalizer.Options.mapOnly
    options.removesExtraWhitespace = compiled.collapsesSpaces
    let normalizer = try SentencePieceNormalizer(map: compiled.map, options: options)
    return try normalizer.normalize(text).text
  }

  private func compare(_ steps: [NormalizationStep], _ texts: [String]) throws {
    let pipeline = try Normalizer(steps)
    let compiled = try PipelineMap(pipeline)
    #expect(compiled.leftOut.isEmpty)
    for text in texts {
      var expected = Array(try pipeline.normalize(text).text.unicodeScalars)[...]
      if compiled.collapsesSpaces {
        expected = expected.drop { $0 == " " }
        while expected.last == " " { expected.removeLast() }
      }
      let found = try result(compiled, text)
      #expect(Array(found.unicodeScalars) == Array(expected), "\(text) \(steps)")
    }
  }

  @Test func `what looks at single characters is expressed whole`() throws {
    try compare(
      [.nmt, .replace(.string("|"), content: "।"), .lowercase, .stripAccents],
      ["a|B\tc", "İ|I", "ক\u{200C}খ", "e\u{301}É", "\u{1}|\u{1}"])
    try compare(
      [
        .replace(.regex("[\\u0001-\\u0008\\u00AD]"), content: ""),
        .replace(.string("-"), content: "--"),
      ],
      ["a\u{AD}b\u{1}-", "--", ""])
  }

  @Test func `what looks at neighbours becomes rules for all that comes together to them`() throws {
    let colon = NormalizationStep.replace(.regex("(?<=[\\u0980-\\u09ff]):"), content: "\u{0983}")
    try compare(
      [
        .replace(.string("\u{985}\u{9BE}"), content: "\u{986}"),
        .replace(.string("："), content: ":"), colon,
      ],
      ["ক:", "a:", "ক::", "অা:", "অা：ক：a：", ":", "ক :", "অঅা:া"])
    try compare(
      [.lowercase, .replace(.string("ab"), content: "x"), .replace(.string("xc"), content: "y")],
      ["ABC", "abc xc XC", "aabb", "Abcab"])
    try compare(
      BengaliRepair.khandaTa.steps + BengaliRepair.reversedSigns.steps,
      [
        "ত\u{9CD}\u{200D}", "ত\u{9CD}ক", "\u{9BE}\u{9C7}\u{9BE}\u{9C7}",
        "ত\u{9CD}\u{200C}\u{9BE}\u{9C7}",
      ])
  }

  @Test func `the recipe of 2021 is expressed whole`() throws {
    try compare(
      Normalizer.sahajbertSteps,
      [
        "  আমি   বাংলায়  গান গাই | ", "ড়ঢ়য় কো কৌ", "ক\u{9C7}\u{9BE}: ক\u{9C7}\u{9D7}：", "র\u{200D}্যাব",
        "সময়: ১০:৩০ Time: ", "১২৩\u{9F7}", "ﬁ: ＡＢ é Å ẞ İ", "य़: \u{1100}\u{1161}\u{11A8}",
        "\u{9E4}\u{9E5}", "a\u{308}: Ａ\u{308}", "ক\u{200B}:", "ঃ::", "½: ①",
      ])
  }

  @Test func `a step that no map can say is named, or left out and told`() throws {
    let joiners = BengaliRepair.strayJoiners.steps[0]
    let pipeline = try Normalizer([.nmt, joiners, .lowercase])
    let error = #expect(throws: PipelineMap.Failure.self) { try PipelineMap(pipeline) }
    #expect(error == .inexpressible(index: 1, step: joiners))
    #expect(error.map { "\($0)".hasPrefix("step 1, ") } == true)
    let compiled = try PipelineMap(pipeline, leavingOut: true)
    #expect(compiled.leftOut == [joiners])
    #expect(try result(compiled, "A\tB") == "a b")
    for step: NormalizationStep in [
      .strip(left: true, right: true), .prepend("a"), .replace(.regex("a+"), content: "b"),
      .replace(.regex("a|b"), content: "c"), .replace(.regex("^a"), content: "b"),
      .replace(.regex("[^a]"), content: "b"), .replace(.string(""), content: "b"),
      .replace(.regex("(?<!a)b"), content: "c"), .replace(.regex("\\d"), content: "c"),
    ] {
      #expect(throws: PipelineMap.Failure.inexpressible(index: 0, step: step)) {
        try PipelineMap(Normalizer([step]))
      }
    }
  }

  @Test func `the same pipeline gives the same bytes`() throws {
    let steps: [NormalizationStep] = [.nmt, .lowercase, .replace(.string("ab"), content: "x")]
    let first = try PipelineMap(Normalizer(steps)).map?.bytes
    #expect(try PipelineMap(Normalizer(steps)).map?.bytes == first)
    #expect(try PipelineMap(Normalizer([])).map == nil)
  }
}
