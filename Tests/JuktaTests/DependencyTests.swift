import Foundation
import Testing

/// The arrows of Documentation/decisions: which module may know which.
@Suite struct `Dependencies point one way` {
  /// What each module may import, beside the system's own.
  static let allowed: [String: Set<String>] = [
    "Jukta": ["CJuktaICU", "CJuktaSupport"],
    "JuktaCorpus": ["Jukta", "CZlib", "CZstd", "CSnappy", "CLZ4", "CBrotli", "CJuktaJSON"],
    "JuktaTraining": ["Jukta"],
    "JuktaCLI": ["Jukta", "JuktaCorpus", "JuktaTraining", "ArgumentParser"],
  ]
  static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"]

  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

  /// The modules that the files under a folder import, each with one file that does.
  static func imports(of module: String) throws -> [String: String] {
    let folder = sources.appendingPathComponent(module)
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    let pattern =
      /^\s*(?:(?:public|package|internal|private|fileprivate|@\w+)\s+)*import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    var found: [String: String] = [:]
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: pattern) {
          found[String(match.1)] = file.lastPathComponent
        }
      }
    }
    return found
  }

  @Test(arguments: ["Jukta", "JuktaCorpus", "JuktaTraining", "JuktaCLI"])
  func `a module imports only what stands below it`(module: String) throws {
    let allowed = try #require(Self.allowed[module]).union(Self.system)
    let found = try Self.imports(of: module)
    #expect(!found.isEmpty, "no import was found in \(module): is this test looking at it?")
    for (name, file) in found {
      #expect(allowed.contains(name), "\(file) of \(module) must not import \(name)")
    }
  }

  @Test func `every Swift module has its rule`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    #expect(Set(names.filter { $0.hasPrefix("Jukta") }) == Set(Self.allowed.keys))
  }
}
