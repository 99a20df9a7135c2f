import Foundation
import Testing

/// Texts of the library are for everybody who calls it: options are the command's.
@Suite struct `Texts of the library` {
  @Test(arguments: ["Jukta", "JuktaCorpus", "JuktaTraining"])
  func `name no option of the command`(_ module: String) throws {
    let files = try #require(
      FileManager.default.enumerator(
        at: `Dependencies point one way`.sources.appendingPathComponent(module),
        includingPropertiesForKeys: nil))
    let option = /"[^"]*(?:^|[ (\["'])--[a-z][a-z-]+[^"]*"/
    var seen = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        seen += 1
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        #expect(code.firstMatch(of: option) == nil, "\(file.lastPathComponent): \(code)")
      }
    }
    #expect(seen > 1000)
    #expect("\"leave it out (--skip-bad)\"".firstMatch(of: option) != nil)
  }
}
