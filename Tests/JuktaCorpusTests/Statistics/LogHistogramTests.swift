import TestSupport
import Testing

@testable import JuktaCorpus

@Suite struct `Logarithmic histogram` {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `quantiles are those of the sorted values within 1.6 percent`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<500).map { _ in
      Double.random(in: 1...2, using: &generator)
        * Double(1 << Int.random(in: 0...40, using: &generator))
    }
    var (whole, first, second) = (LogHistogram(), LogHistogram(), LogHistogram())
    for (index, value) in values.enumerated() {
      whole.add(value)
      if index < 123 { first.add(value) } else { second.add(value) }
    }
    second.add(first)
    #expect(second == whole)
    let sorted = values.sorted()
    for share in [0, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999] {
      let (exact, found) = (sorted[Int(share * 500)], whole.quantile(share) ?? 0)
      #expect(found <= exact && exact < found * 1.016, "\(share)")
    }
    #expect(whole.quantile(1) == sorted.last)
  }

  @Test func `nothing has no quantile, and what is no number is passed over`() {
    var histogram = LogHistogram()
    #expect(histogram.quantile(0.5) == nil)
    histogram.add(.nan)
    histogram.add(.infinity)
    #expect(histogram.count == 0 && histogram.range == nil)
  }

  @Test func `values below one share a bin and keep the least`() {
    var histogram = LogHistogram()
    for value in [-3, 0, 0.25, 0.5] { histogram.add(value) }
    #expect(histogram.range == -3...0.5)
    #expect(histogram.quantile(0.5) == 0)
  }
}
