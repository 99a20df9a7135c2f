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

  // The rooms inside Jukta, which are folders and share one module: the compiler guards no arrow here.

  /// What each room may know.
  static let rooms: [String: Set<String>] = [
    "Text": [],
    "Unicode": ["Text"],
    "Patterns": ["Text", "Unicode"],
    "Normalization": ["Text", "Unicode", "Patterns"],
    "Graphemes": ["Text", "Unicode"],
    "Segmentation": ["Text", "Unicode"],
    "Tokenization": ["Text", "Unicode", "Patterns", "Normalization", "Graphemes"],
    // What people call with strings of any kind: on top of all but the files.
    "Strings": [
      "Text", "Unicode", "Patterns", "Normalization", "Graphemes", "Segmentation", "Tokenization",
    ],
    "Formats": [
      "Text", "Unicode", "Patterns", "Normalization", "Graphemes", "Segmentation", "Tokenization",
    ],
  ]
  /// Arrows that point the wrong way, by name: to be taken out, and not to be added to.
  static let debts: Set<String> = [
    "Patterns → Normalization: NormalizationError", "Patterns → Normalization: NormalizationStep",
  ]

  /// The Swift files of each room, without comments and strings.
  static func texts() throws -> [(room: String, file: String, text: String)] {
    let folder = sources.appendingPathComponent("Jukta")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var texts: [(String, String, String)] = []
    let depth = folder.pathComponents.count
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
        .replacing(/\/\/.*/, with: "").replacing(/"(?:[^"\\\n]|\\.)*"/, with: "\"\"")
      texts.append((file.pathComponents[depth], file.lastPathComponent, text))
    }
    return texts
  }

  @Test func `a room knows only the rooms below it`() throws {
    let declaration =
      /^(?:(?:public|package|internal|final|indirect|@\w+)\s+)*(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)/
      .anchorsMatchLineEndings()
    let texts = try Self.texts()
    var owners: [Substring: Set<String>] = [:]
    for (room, _, text) in texts {
      for match in text.matches(of: declaration) { owners[match.1, default: []].insert(room) }
    }
    #expect(owners.count > 200, "few types were found: is this test looking at the sources?")
    var arrows = 0
    for (room, file, text) in texts {
      let allowed = try #require(Self.rooms[room], "no rule for the room \(room)")
      var seen: Set<Substring> = []
      for match in text.matches(of: /(?:^|[^.\w])([A-Z]\w+)/) where seen.insert(match.1).inserted {
        guard let owner = owners[match.1], owner.count == 1, let other = owner.first,
          other != room
        else { continue }
        arrows += 1
        #expect(
          allowed.contains(other) || Self.debts.contains("\(room) → \(other): \(match.1)"),
          "\(file) in \(room) must not know \(match.1) in \(other)")
      }
    }
    #expect(arrows > 150)
  }
}
