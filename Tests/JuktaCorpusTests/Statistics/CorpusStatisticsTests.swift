import TestSupport
import Testing

@testable import JuktaCorpus

@Suite struct `Corpus statistics` {
  static func statistics(
    _ paths: [String], _ change: (inout Corpus.Options) -> Void = { _ in }
  ) throws -> CorpusStatistics {
    let corpus = Corpus(
      paths,
      options: .with {
        $0.readsMetadata = true
        change(&$0)
      })
    var batch = CorpusBatch()
    var sum = CorpusStatistics()
    while try corpus.next(into: &batch) { sum.add(batch) }
    return sum
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `counts of text are those of the standard library`(_ seed: UInt64) throws {
    let files = try Files()
    let text = RandomText.make(seed: seed)
    let found = try Self.statistics([files.add("a", text)]) {
      $0.layout = .paragraphs
      $0.blockSize = 100
    }
    let documents = RandomText.documents(text, .paragraphs).map(\.text)
    #expect(found.documents == documents.count)
    #expect(found.bytes == documents.reduce(0) { $0 + $1.utf8.count })
    #expect(found.scalars == documents.reduce(0) { $0 + $1.unicodeScalars.count })
    #expect(
      found.words
        == documents.reduce(0) {
          $0 + $1.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.count
        })
    #expect(found.lines == documents.reduce(0) { $0 + $1.utf8.split(separator: 0x0A).count })
    #expect(found.documentBytes.count == documents.count)
  }

  @Test func `metadata are counted by what they say`() throws {
    let files = try Files()
    let path = files.add("a", Oscar.v2201 + Oscar.v2301)
    let found = try Self.statistics([path])
    #expect(found.layouts == [.jsonl: [path]])
    #expect(found.languages == ["bn": 6])
    #expect(found.languageProbabilities == [0, 0, 0, 0, 0, 0, 0, 3, 0, 3])
    #expect(found.warnings == ["short_sentences": 3, "footer": 3, "tiny": 3])
    #expect(found.categories == ["blog": 3, "press": 3])
    #expect(found.lineLanguages == ["bn": 9, "none": 3])
    #expect(found.harmfulPerplexity.count == 3)
    #expect(found.harmfulPerplexity.range == 412.5...412.5)
  }

  @Test func `a warning that is named twice counts once a document`() throws {
    let files = try Files()
    let path = files.add("a", #"{"content":"ক","metadata":{"annotation":["tiny","tiny"]}}"#)
    #expect(try Self.statistics([path]).warnings == ["tiny": 1])
  }

  @Test(arguments: ["1e300", "-1e300", "1e-320", "-0.5", "0", "1"])
  func `numbers of any size are counted`(_ number: String) throws {
    let files = try Files()
    let record =
      #"{"content":"ক","metadata":{"identification":{"prob":N},"harmful_pp":N}}"#
      .replacing("N", with: number)
    let found = try Self.statistics([files.add("a", record)])
    #expect(found.languageProbabilities.reduce(0, +) == 1)
    #expect(found.harmfulPerplexity.count == 1)
    #expect(found.harmfulPerplexity.quantile(0.5) != nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `sums of parts in any order are the sum of the whole`(_ seed: UInt64) throws {
    let files = try Files()
    var generator = SeededGenerator(seed: seed)
    let paths = [
      files.add("a", Oscar.v2019), files.add("b", Oscar.v2109), files.add("c", Oscar.v2201),
      files.add("d", Oscar.v2301),
    ]
    var sum = CorpusStatistics()
    for path in paths.shuffled(using: &generator) { sum.add(try Self.statistics([path])) }
    #expect(sum == (try Self.statistics(paths)))
  }

  @Test func `scalars are sorted by script`() throws {
    let files = try Files()
    let found = try Self.statistics([files.add("a", "আমি। ৫\u{200D}\u{200C}x é 42 हि - “ আ🙂 عر\n")])
    #expect(
      found.scripts == [
        .bengali: 6, .joiners: 2, .latin: 2, .digits: 2, .devanagari: 2, .punctuation: 2,
        .other: 1, .arabic: 2, .space: 8,
      ])
  }
}
