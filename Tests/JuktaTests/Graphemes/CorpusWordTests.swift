import Foundation
import Testing

@testable import Jukta

/// Over the word types of a corpus, one a line in the file that JUKTA_WORDS names:
/// Tests/Conformance/run.sh makes it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["JUKTA_WORDS"] != nil))
struct `Words of a corpus` {
  static let words: [String] = {
    guard let path = ProcessInfo.processInfo.environment["JUKTA_WORDS"],
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").map(String.init)
  }()

  @Test func `have the clusters that Swift gives them`() {
    #expect(!Self.words.isEmpty)
    for word in Self.words {
      let found = units(word).graphemes.map { Array($0.utf8) }
      let expected = word.map { Array(String($0).utf8) }
      if found != expected { Issue.record("\(word) \(scalars(word))") }
    }
  }

  @Test func `have the same aksharas as stored, in NFC and in NFD`() {
    for word in Self.words {
      let stored = units(word).aksharas
      for form in [
        word.precomposedStringWithCanonicalMapping, word.decomposedStringWithCanonicalMapping,
      ] {
        // Strings compare by canonical equivalence, which is what is asked here.
        if units(form).aksharas != stored { Issue.record("\(word) \(scalars(word))") }
      }
    }
  }

  @Test func `are partitioned by their aksharas`() {
    for word in Self.words where Array(units(word).aksharas.joined().utf8) != Array(word.utf8) {
      Issue.record("\(word)")
    }
  }
}
