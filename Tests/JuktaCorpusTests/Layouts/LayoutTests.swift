import TestPacking
import Testing

@testable import JuktaCorpus

@Suite struct `Layouts` {
  static let withMetadata = Corpus.Options.with { $0.readsMetadata = true }

  @Test func `OSCAR 2019 is a document a line`() throws {
    let files = try Files()
    let reading = try read([files.add("bn_dedup.txt.gz", Packed.gzip(Oscar.v2019))])
    #expect(reading.layouts == [.lines])
    #expect(
      reading.documents.map(\.text) == Oscar.documents.map { $0.joined(separator: " ") })
  }

  @Test func `OSCAR 21.09 has blank lines between documents`() throws {
    let files = try Files()
    let reading = try read([files.add("bn_part_1.txt.gz", Packed.gzip(Oscar.v2109))])
    #expect(reading.layouts == [.paragraphs])
    #expect(reading.documents.map(\.text) == Oscar.joined)
    #expect(reading.documents.map(\.line) == [1, 4, 6])
  }

  @Test func `OSCAR 22.01 has annotations and languages of lines`() throws {
    let files = try Files()
    let reading = try read(
      [files.add("bn_part_1.jsonl.gz", Packed.gzip(Oscar.v2201))], Self.withMetadata)
    #expect(reading.layouts == [.jsonl])
    #expect(reading.documents.map(\.text) == Oscar.joined)
    var expected = CorpusRecord()
    expected.language = "bn"
    expected.languageProbability = 0.75
    expected.warnings = ["short_sentences", "footer"]
    expected.lines = [
      LineLanguage(label: "bn", probability: 0.9), LineLanguage(label: "bn", probability: 0.9),
    ]
    #expect(reading.records.first == expected)
  }

  @Test func `OSCAR 23.01 has warnings, perplexities and categories`() throws {
    let files = try Files()
    let reading = try read(
      [files.add("bn_meta_part_1.jsonl.zst", Packed.zstd(Oscar.v2301))], Self.withMetadata)
    #expect(reading.documents.map(\.text) == Oscar.joined)
    var expected = CorpusRecord()
    expected.language = "bn"
    expected.languageProbability = 0.99
    expected.harmfulPerplexity = 412.5
    expected.warnings = ["tiny"]
    expected.categories = ["blog", "press"]
    expected.lines = [nil, LineLanguage(label: "bn", probability: 1)]
    #expect(reading.records.first == expected)
  }

  @Test func `the same lines come out of all layouts that keep lines`() throws {
    let files = try Files()
    for text in [Oscar.v2109, Oscar.v2201, Oscar.v2301, Oscar.lines.joined(separator: "\n")] {
      let corpus = Corpus([files.add("a", text)])
      var batch = CorpusBatch()
      var lines: [String] = []
      while try corpus.next(into: &batch) {
        for document in batch.documents {
          batch.forEachLine(of: document) { line in
            lines.append(line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
          }
        }
      }
      #expect(lines == Oscar.lines)
    }
  }

  @Test func `files of different layouts may follow one another`() throws {
    let files = try Files()
    let paths = [Oscar.v2019, Oscar.v2109, Oscar.v2301].enumerated().map { files.add("\($0)", $1) }
    let reading = try read(paths)
    #expect(reading.layouts == [.lines, .paragraphs, .jsonl])
    #expect(reading.documents.count == 9)
  }

  static let beginnings: [(String, CorpusLayout)] = [
    ("", .lines), ("\n\n", .lines), ("এক\nদুই\n", .lines), ("এক\n\nদুই", .paragraphs),
    ("এক\r\n\r\nদুই", .paragraphs), ("\n\nএক\nদুই\n", .lines), ("এক\nদুই\n\n\n", .lines),
    ("{\"a\":1}", .jsonl), ("  \n {\"a\":1}", .jsonl), ("[1] এক\n", .lines),
    ("এক {\n", .lines), ("এক\n \nদুই", .lines),
  ]

  @Test(arguments: beginnings)
  func `the beginning of a file tells its layout`(_ text: String, _ layout: CorpusLayout) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { CorpusLayout.detect($0) } == layout)
  }

  @Test func `a layout can be forced on text that looks like another`() throws {
    let files = try Files()
    let path = files.add("a", "{ এক\n\nদুই\nতিন\n")
    #expect(try texts([path], .with { $0.layout = .lines }) == ["{ এক", "দুই", "তিন"])
    #expect(try texts([path], .with { $0.layout = .paragraphs }) == ["{ এক", "দুই\nতিন"])
  }

  @Test(arguments: [
    ("text", "{\"id\":7,\"text\":\"এক\",\"more\":[{\"text\":\"না\"}]}"),
    ("doc.body", "{\"doc\":{\"title\":\"না\",\"body\":\"এক\"}}"),
    ("doc.body", "{\"doc\":7,\"doc.body\":\"এক\"}"), ("a.b.c", "{\"a\":{\"b\":{\"c\":\"এক\"}}}"),
    ("a.b.c", "{\"a\":{\"b.c\":\"এক\"}}"), ("বাংলা", "{\"বাংলা\":\"এক\"}"),
  ])
  func `text may be in any field, in objects inside too`(_ field: String, _ record: String) throws {
    let files = try Files()
    #expect(try texts([files.add("a", record)], .with { $0.field = field }) == ["এক"])
  }

  @Test func `a batch can be used again with another field`() throws {
    let files = try Files()
    let path = files.add("a", "{\"a\":\"এক\",\"b\":\"দুই\"}")
    var batch = CorpusBatch()
    for (field, text) in [("a", "এক"), ("b", "দুই")] {
      let corpus = Corpus([path], options: .with { $0.field = field })
      #expect(try corpus.next(into: &batch))
      #expect(String(decoding: batch.bytes, as: UTF8.self) == text)
    }
  }

  @Test(arguments: [
    #"{"content":"এক"}"#, #"{"content":"এক","metadata":null}"#, #"{"content":"এক","metadata":5}"#,
    #"{"content":"এক","metadata":{"identification":null,"quality_warnings":null,"annotation":null}}"#,
    #"{"content":"এক","metadata":{"identification":"bn","harmful_pp":null,"categories":null}}"#,
    #"{"content":"এক","metadata":{"identification":{"label":5,"prob":"high"},"harmful_pp":"x"}}"#,
    #"{"content":"এক","metadata":{"sentence_identifications":{},"categories":"blog"}}"#,
    #"{"warc_headers":{"content-length":1e400,"x":[]},"new":{"y":[[]]},"content":"এক"}"#
      .replacing("1e400", with: "123456789012"),
  ])
  func `metadata that are missing, null or of another type are no error`(_ record: String) throws {
    let files = try Files()
    let reading = try read([files.add("a", record)], Self.withMetadata)
    #expect(reading.documents.map(\.text) == ["এক"])
    #expect(reading.records == [CorpusRecord()])
  }

  @Test func `a list that is there but empty is not a missing one`() throws {
    let files = try Files()
    let record =
      #"{"content":"","metadata":{"annotation":[],"categories":[],"sentence_identifications":[]}}"#
    let reading = try read([files.add("a", record)], Self.withMetadata)
    #expect(reading.records.first?.warnings == [])
    #expect(reading.records.first?.categories == [])
    #expect(reading.records.first?.lines == [])
    #expect(reading.documents.map(\.text) == [""])
  }

  @Test func `a list with items of another type keeps those that fit`() throws {
    let files = try Files()
    let record = """
      {"content":"এক","metadata":{"annotation":["tiny",5,null],"sentence_identifications":\
      [null,5,{"label":null,"prob":1},{"label":"bn"},{"label":"hi","prob":1}]}}
      """
    let found = try read([files.add("a", record)], Self.withMetadata).records.first
    #expect(found?.warnings == ["tiny"])
    #expect(
      found?.lines == [
        nil, nil, nil, LineLanguage(label: "bn", probability: 0),
        LineLanguage(label: "hi", probability: 1),
      ])
  }

  @Test func `escapes of JSON become what they stand for`() throws {
    let files = try Files()
    let path = files.add("a", #"{"content":"\u0995\u09CD\u09b7 \ud83d\ude00 \"\\\/\b\f\n\r\t"}"#)
    #expect(try texts([path]) == ["ক্ষ 😀 \"\\/\u{8}\u{C}\n\r\t"])
  }

  @Test func `metadata are read only where they are asked for`() throws {
    let files = try Files()
    let path = files.add("a", Oscar.v2301)
    #expect(try read([path]).records.allSatisfy { $0 == CorpusRecord() })
  }

  @Test(arguments: [64, 100, 1000], [1, 3])
  func `records do not depend on the size of blocks or the number of callers`(
    _ size: Int, _ callers: Int
  ) throws {
    let files = try Files()
    let path = files.add("a", String(repeating: Oscar.v2201 + "\n" + Oscar.v2301, count: 20))
    let reading = try read(
      [path],
      .with {
        $0.blockSize = size
        $0.readsMetadata = true
      }, callers: callers)
    let whole = try read([path], Self.withMetadata)
    #expect(reading.documents == whole.documents)
    #expect(reading.records == whole.records)
    #expect(reading.tally == whole.tally)
    #expect(whole.documents.count == 120)
  }
}
