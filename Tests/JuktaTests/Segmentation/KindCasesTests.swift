import Foundation
import Testing

@testable import Jukta

/// Small inputs of our own by kind: Tests/Fixtures/segmentation/kinds, half of them written after the
/// rules. Benchmarks/Peers/score_cases.py reads the same files.
struct KindCase: Sendable, CustomTestStringConvertible {
  var kind: String
  var command: String
  var input: String
  var expected: [String]
  var testDescription: String { "\(kind): \(input)" }

  static func read(_ name: String) -> [KindCase] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../../Fixtures/segmentation/kinds/\(name).txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var kind = ""
    var command = ""
    return text.split(separator: "\n").compactMap { line in
      if line.hasPrefix("# ") {
        let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
        kind = String(parts[0])
        command =
          parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "jukta segment"
        return nil
      }
      if command.contains("normalize") {
        let parts = String(line).components(separatedBy: " ⇒ ")
        return KindCase(
          kind: kind, command: command, input: parts[0], expected: [parts.last ?? parts[0]])
      }
      let constructed = ConstructedCase(line)
      return KindCase(
        kind: kind, command: command, input: constructed.text, expected: constructed.sentences)
    }
  }
}

@Suite("Inputs by kind")
struct KindCasesTests {
  static let cases = KindCase.read("before") + KindCase.read("after")

  /// Where a rule of closed classes does not reach; the figures count them as wrong.
  static let known: Set<String> = KnownKindCases.inputs

  @Test("are answered right, but for the known ones", arguments: cases)
  func answer(_ one: KindCase) throws {
    let found: [String]
    if one.command.contains("normalize") {
      found = [try Normalizer.bengali.normalize(one.input).text]
    } else {
      var options = SegmentationOptions()
      options.keepsQuotations = one.command.contains("--keep-quotations")
      found = SentenceSegmenter(options).sentences(in: one.input).map(String.init)
    }
    let isRight =
      found.count == one.expected.count
      && zip(found, one.expected).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    #expect(isRight != Self.known.contains(one.input), "\(found)")
  }

  @Test("are at least ten a kind for the kinds of the segmenter")
  func size() {
    let kinds = Dictionary(grouping: Self.cases, by: \.kind)
    #expect(kinds.count >= 38)
    for (kind, cases) in kinds { #expect(cases.count >= 10, "\(kind)") }
  }
}

@Suite("Paragraphs of twelve genres")
struct GenreTests {
  /// Hits, and what is extra or missed, over one genre.
  struct Count {
    var hits = 0
    var wrong = 0
    var f1: Double { Double(2 * hits) / Double(max(1, 2 * hits + wrong)) }
  }

  static let genres = [
    "academic", "drama", "encyclopaedia", "fiction", "interviews", "law", "letters", "news",
    "recipes", "social", "sports", "weather",
  ]

  static func places(_ sentences: [String]) -> Set<Int> {
    var count = 0
    return Set(
      sentences.dropLast().map { sentence in
        count += sentence.unicodeScalars.count { !ScalarClass.isSpace($0.value) }
        return count
      })
  }

  @Test("are cut as marked in nearly all places", arguments: genres)
  func genre(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../../Fixtures/segmentation/genres/\(name).txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count >= 30)
    var count = Count()
    for line in lines {
      let marked = line.replacing("¦", with: "‖").replacing("¬", with: "")
      let one = ConstructedCase(marked[...])
      let found = Self.places(SentenceSegmenter.bengali.sentences(in: one.text).map(String.init))
      let gold = Self.places(one.sentences)
      count.hits += found.intersection(gold).count
      count.wrong += found.symmetricDifference(gold).count
    }
    #expect(count.f1 >= 0.93)
  }
}
