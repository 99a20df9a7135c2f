import Testing

@testable import Jukta

@Suite struct `Normal form report` {
  private func report(_ hexadecimal: String) -> NormalFormReport {
    let bytes = Array(text(hexadecimal).utf8)
    var scanner = SyllableScanner()
    scanner.scan(bytes.span)
    return NormalFormReport(bytes.span, graphemeEnds: scanner.graphemeEnds)
  }

  @Test(arguments: [
    ("995 9DF", false, false, false), ("995 9AF 9BC", true, true, true),
    ("995 9CB", true, false, true), ("995 9C7 9BE", false, true, false),
    ("995 9CD 9BC", false, false, false), ("2026", true, true, false),
    ("995 200D 964", true, true, true),
  ])
  func `says which forms a text is in`(hexadecimal: String, nfc: Bool, nfd: Bool, nfkc: Bool) {
    let report = report(hexadecimal)
    #expect(report.isIn(.nfc) == nfc)
    #expect(report.isIn(.nfd) == nfd)
    #expect(report.isIn(.nfkc) == nfkc)
  }

  @Test func `says where, and whether ড় ঢ় য় are spelt in two ways`() {
    #expect(report("995 9DF").changes[.nfc] == [3..<6])
    #expect(!report("995 9DF").mixesNukta)
    #expect(report("9DF 9AF 9BC").mixesNukta)
  }
}
