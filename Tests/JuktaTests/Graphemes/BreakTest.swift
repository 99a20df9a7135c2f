import Foundation

/// Unicode's break test file: each case as the code points of its units.
enum BreakTest {
  static func cases(_ path: StaticString = #filePath) throws -> [[String]] {
    let folder = URL(filePath: String(describing: path)).deletingLastPathComponent()
    let file = folder.appending(path: "../../Fixtures/unicode-17.0.0/GraphemeBreakTest.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        line.split(separator: "÷").map { $0.split(separator: "×").joined(separator: " ") }
          .filter { $0.contains { $0 != " " } }
      }
  }
}
