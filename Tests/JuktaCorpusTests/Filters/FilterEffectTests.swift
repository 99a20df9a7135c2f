import TestSupport
import Testing

@testable import JuktaCorpus

@Suite struct `Filter effects` {
  static func effects(
    _ paths: [String], callers: Int = 1, _ change: (inout Corpus.Options) -> Void = { _ in }
  ) throws -> FilterEffects {
    let corpus = Corpus(
      paths,
      options: .with {
        $0.measuresFilters = true
        change(&$0)
      })
    var batch = CorpusBatch()
    var sum = FilterEffects()
    while try corpus.next(into: &batch) { sum.add(batch.effects) }
    return sum
  }

  /// The filter that a row stands for.
  static func filters(_ option: String, _ value: String) -> CorpusFilters {
    var filters = CorpusFilters()
    switch option {
    case "min-language-prob": filters.minimumLanguageProbability = Double(value)
    case "drop-warnings": filters.droppedWarnings = [value]
    case "min-harmful-pp": filters.minimumHarmfulPerplexity = Double(value)
    case "max-harmful-pp": filters.maximumHarmfulPerplexity = Double(value)
    case "drop-categories": filters.droppedCategories = [value]
    case "keep-categories": filters.keptCategories = [value]
    case "line-language": filters.lineLanguage = value
    case "min-line-prob": filters.minimumLineProbability = Double(value)
    case "min-chars": filters.minimumCharacters = Int(value)
    default: Issue.record("no filter of the name \(option)")
    }
    return filters
  }

  /// Records with metadata of every kind, here and there, and lines of every length.
  static func records(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    func maybe(_ text: String) -> String? { Bool.random(using: &random) ? text : nil }
    func names(_ all: [String]) -> String {
      all.filter { _ in Bool.random(using: &random) }.map { "\"\($0)\"" }.joined(separator: ",")
    }
    return (0..<60).map { _ in
      let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        String(
          repeating: ["ক", "x", "ক্ষ "].randomElement(using: &random) ?? "",
          count: [0, 1, 9, 60, 700].randomElement(using: &random) ?? 0)
      }
      let languages = lines.dropLast(Int.random(in: 0...1, using: &random)).map { _ in
        maybe(
          "{\"label\":\"\(["bn", "en", "as"].randomElement(using: &random) ?? "")\","
            + "\"prob\":0.\(Int.random(in: 30...99, using: &random))}") ?? "null"
      }
      let metadata = [
        maybe("\"identification\":{\"prob\":0.\(Int.random(in: 10...99, using: &random))}"),
        maybe("\"harmful_pp\":\(Int.random(in: 0...60_000, using: &random))"),
        maybe("\"quality_warnings\":[\(names(["tiny", "noisy", "header"]))]"),
        maybe("\"categories\":[\(names(["blog", "press"]))]"),
        maybe("\"sentence_identifications\":[\(languages.joined(separator: ","))]"),
      ].compactMap(\.self)
      return "{\"content\":\"\(lines.joined(separator: "\\n"))\",\"metadata\":{"
        + metadata.joined(separator: ",") + "}}\n"
    }.joined()
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `are what a run with that filter alone drops`(_ seed: UInt64) throws {
    let files = try Files()
    let path = files.add("a", Self.records(seed))
    let effects = try Self.effects([path])
    let all = try read([path])
    func bytes(_ reading: Reading) -> Int {
      reading.documents.reduce(0) { $0 + $1.text.utf8.count }
    }
    #expect(effects.whole.documents == 60 && effects.whole.bytes == bytes(all))
    for group in effects.groups {
      #expect(group.rows.count >= 2)
      for row in group.rows {
        let run = try read([path], .with { $0.filters = Self.filters(group.option, row.value) })
        #expect(
          row.dropped
            == FilterEffects.Sum(
              documents: 60 - run.tally.kept, bytes: bytes(all) - bytes(run),
              lines: group.isAboutLines ? run.tally.droppedLines : 0),
          "--\(group.option) \(row.value)")
      }
    }
  }

  @Test func `do not depend on the filters in force, the size of blocks or the order of files`()
    throws
  {
    let files = try Files()
    let paths = [
      files.add("a", Self.records(7)), files.add("b", Oscar.v2109), files.add("c", Oscar.v2019),
    ]
    let whole = try Self.effects(paths)
    #expect(try Self.effects(paths.reversed()) { $0.filters = .all { _ in } } == whole)
    #expect(try Self.effects(paths) { $0.blockSize = 512 } == whole)
  }

  @Test func `count a paragraph in parts as one document, whose length is not its first part's`()
    throws
  {
    let files = try Files()
    let path = files.add("a", String(repeating: "এক দুই\n", count: 1000) + "\nতিন\n")
    let parts = try Self.effects([path]) {
      $0.layout = .paragraphs
      $0.blockSize = 256
      $0.paragraphLimit = 8192
    }
    #expect(parts.whole.documents == 2)
    #expect(parts.groups.last?.rows.first?.dropped.documents == 1)
  }
}
