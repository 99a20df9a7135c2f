import TestPacking
import TestSupport
import Testing

@testable import JuktaCorpus

@Suite struct `Blocks` {
  static let sizes = [64, 65, 100, 257, 4096, 1 << 20]

  static func options(
    _ layout: RandomText.CorpusLayoutOfText, _ size: Int, paragraphLimit: Int = 16 << 20
  ) -> Corpus.Options {
    .with {
      $0.layout = layout == .lines ? .lines : .paragraphs
      $0.blockSize = size
      $0.paragraphLimit = paragraphLimit
    }
  }

  @Test(arguments: RandomText.CorpusLayoutOfText.allCases, 1...40 as ClosedRange<UInt64>)
  func `documents and their lines are those of the obvious way, whatever the size of blocks`(
    _ layout: RandomText.CorpusLayoutOfText, _ seed: UInt64
  ) throws {
    let files = try Files()
    let text = RandomText.make(seed: seed)
    let path = files.add("a.txt", text)
    let expected = RandomText.documents(text, layout)
    for size in Self.sizes {
      let reading = try read([path], Self.options(layout, size))
      #expect(reading.documents == expected, "blocks of \(size)")
      #expect(reading.tally.documents == expected.count)
      #expect(reading.tally.bytes == expected.reduce(0) { $0 + $1.text.utf8.count })
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>, [1, 200, 1000])
  func `a paragraph beyond the limit comes in parts that make it whole`(
    _ seed: UInt64, _ limit: Int
  ) throws {
    let files = try Files()
    let text = RandomText.make(seed: seed)
    let path = files.add("a.txt", text)
    let reading = try read([path], Self.options(.paragraphs, 64, paragraphLimit: limit))
    let expected = RandomText.documents(text, .paragraphs)
    #expect(reading.documents == expected)
    #expect(reading.tally.documents == expected.count)
    #expect(reading.tally.bytes == expected.reduce(0) { $0 + $1.text.utf8.count })
  }

  @Test(arguments: [1, 2, 7], RandomText.CorpusLayoutOfText.allCases)
  func `nothing depends on the number of callers`(
    _ callers: Int, _ layout: RandomText.CorpusLayoutOfText
  ) throws {
    let files = try Files()
    let all = (1...12).map { RandomText.make(seed: UInt64($0) + 100) }
    let paths = all.enumerated().map { files.add("\($0)", $1) }
    let reading = try read(paths, Self.options(layout, 128), callers: callers)
    let expected = all.flatMap { RandomText.documents($0, layout) }
    #expect(reading.documents == expected)
    #expect(reading.tally.kept == expected.count)
  }

  @Test func `a line much longer than a block comes whole`() throws {
    let files = try Files()
    let long = String(repeating: "কখ ", count: 300_000)
    let path = files.add("a.txt", "এক\n\(long)\nদুই")
    let found = try documents([path], .with { $0.blockSize = 1000 })
    #expect(found.map(\.line) == [1, 2, 3])
    #expect(found[1].text == long)
  }

  @Test func `a line beyond the limit is an error with its number`() throws {
    let files = try Files()
    let path = files.add("a.txt", "এক\nদুই\n" + String(repeating: "ক", count: 1000) + "\nতিন")
    let error = try failure(
      [path],
      .with {
        $0.blockSize = 64
        $0.lineLimit = 512
      })
    #expect(error == CorpusError(file: path, line: 3, reason: .lineTooLong(limit: 512)))
  }

  @Test(arguments: ["", "\n", "\n\n\n", "  \n\t\n", "\r\n\r\n", "\u{FEFF}", "\u{FEFF}\n"])
  func `a file without text has no documents`(_ text: String) throws {
    let files = try Files()
    for layout in CorpusLayout.allCases where layout != .parquet {
      let reading = try read([files.add("a.txt", text)], .with { $0.layout = layout })
      #expect(reading.documents.isEmpty)
      #expect(reading.tally == CorpusTally())
    }
  }

  @Test func `line ends of Windows and a byte order mark leave no trace`() throws {
    let files = try Files()
    let path = files.add("a.txt", "\u{FEFF}এক\r\nদুই\r\n")
    #expect(try texts([path]) == ["এক", "দুই"])
    let json = files.add("a.jsonl", "\u{FEFF}{\"content\":\"এক\"}\r\n\r\n{\"content\":\"দুই\"}\r\n")
    #expect(
      try documents([json]) == [Document(text: "এক", line: 1), Document(text: "দুই", line: 3)])
  }

  @Test func `how far reading has come is told in bytes of the files`() throws {
    let files = try Files()
    let paths = [files.add("a", "এক\n"), files.add("b", Packed.gzip("দুই\n"))]
    let corpus = Corpus(paths)
    var batch = CorpusBatch()
    while try corpus.next(into: &batch) {}
    #expect(corpus.bytesRead == corpus.size)
    #expect(Corpus(["-"]).size == nil)
  }
}
