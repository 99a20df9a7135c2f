import Testing

@testable import JuktaTraining

@Suite struct `A plot` {
  /// The texts of a picture that end at their place, with where that is.
  private static func labels(_ svg: String) -> [(place: Double, text: String)] {
    svg.matches(of: /<text x="([0-9.]+)" y="[0-9.]+" text-anchor="end">([^<]*)<\/text>/).compactMap
    {
      match in Double(match.1).map { ($0, String(match.2)) }
    }
  }

  @Test(arguments: [0.5, 12, 999, 32_000, 1_234_567, 98_765_432_101, 7.123_456_7])
  func `has room for the numbers of its axis`(_ top: Double) throws {
    let bars = SVGPlot.bars([("1", top / 3), ("2", top)], title: "t")
    let line = SVGPlot.line([("1", top), ("2", top / 7), ("3", top)], title: "t")
    for svg in [bars, line] {
      let labels = Self.labels(svg)
      #expect(labels.count == 2)
      // Type of 12 px has digits of about 7.
      for label in labels { #expect(label.place - 7 * Double(label.text.count) >= 0, "\(label)") }
    }
    #expect(
      Self.labels(bars)[0].text
        == (top == top.rounded() ? Figures.grouped(Int(top)) : Figures.fixed(top, 3)))
  }

  @Test func `of nothing, or of one point, is none`() {
    #expect(SVGPlot.bars([], title: "t").isEmpty && SVGPlot.bars([("1", 0)], title: "t").isEmpty)
    #expect(SVGPlot.line([("1", 5)], title: "t").isEmpty)
    #expect(!SVGPlot.line([("1", 5), ("2", 5)], title: "t").isEmpty)
  }
}
