import TestPacking
import Testing

@testable import JuktaCorpus

@Suite struct `Skipping what is broken` {
  @Test(arguments: [64, 100, 1 << 20], [1, 2, 7])
  func `broken lines are left out and counted, the first five named`(
    _ size: Int, _ callers: Int
  ) throws {
    let files = try Files()
    var bytes: [UInt8] = []
    for line in 1...100 {
      bytes += line.isMultiple(of: 9) ? [0x61, 0xFF, 0x0A] : Array("লাইন \(line)\n".utf8)
    }
    let path = files.add("a", bytes)
    let reading = try read(
      [path, path],
      .with {
        $0.blockSize = size
        $0.skipsBad = true
      }, callers: callers)
    #expect(reading.documents.count == 178)
    #expect(reading.documents.allSatisfy { $0.text == "লাইন \($0.line)" })
    #expect(reading.tally.bad == 22 && reading.tally.kept == 178)
    #expect(
      reading.tally.firstBad
        == [9, 18, 27, 36, 45].map {
          CorpusError(file: path, line: $0, reason: .invalidUTF8(byte: 0xFF, offset: 1))
        })
  }

  @Test func `every kind of broken record is left out`() throws {
    let files = try Files()
    let path = files.add(
      "a",
      """
      {"content":"এক"}
      {"content":
      {"title":"না"}
      {"content":null}
      7
      {"content":"দুই"}
      """)
    let reading = try read([path], .with { $0.skipsBad = true })
    #expect(reading.documents.map(\.text) == ["এক", "দুই"])
    #expect(reading.tally.documents == 2 && reading.tally.bad == 4)
    #expect(reading.tally.firstBad.map(\.line) == [2, 3, 4, 5])
  }

  @Test func `a broken line inside a paragraph leaves the rest of it together`() throws {
    let files = try Files()
    let path = files.add("a", "এক\n\0\nদুই\n\n\0\nতিন\n")
    let reading = try read([path], .with { $0.skipsBad = true })
    #expect(reading.documents.map(\.text) == ["এক\nদুই", "তিন"])
    #expect(reading.tally.bad == 2)
  }

  @Test(arguments: [1, 3])
  func `a file that breaks gives its whole lines, is counted, and the next is read`(
    _ callers: Int
  ) throws {
    let files = try Files()
    let good = files.add("good", "শেষ ফাইল\n")
    let text = (1...3000).map { "লাইন \($0) \($0 * 7919 % 10_007)\n" }.joined()
    for packed in [Packed.gzip(text), Packed.zstd(text)] {
      let cut = files.add("cut", Array(packed[..<(packed.count / 2)]))
      let reading = try read(
        [cut, good],
        .with {
          $0.blockSize = 1000
          $0.skipsBad = true
        }, callers: callers)
      #expect(reading.documents.last?.text == "শেষ ফাইল")
      #expect(
        reading.documents.dropLast().allSatisfy {
          $0.text == "লাইন \($0.line) \($0.line * 7919 % 10_007)"
        })
      #expect(reading.tally.badFiles == 1 && reading.tally.bad == 0)
      #expect(reading.tally.firstBad.map(\.file) == [cut])
      #expect(reading.tally.firstBad.first?.line == reading.documents.count)
    }
  }

  @Test func `files in another encoding, arrays and files with an endless line are left out`()
    throws
  {
    let files = try Files()
    let paths = [
      files.add("a", [0xFF, 0xFE, 0x95, 0x09]), files.add("b", "[{\"content\":\"না\"}]"),
      files.add("c", "এক\n" + String(repeating: "a", count: 5000)), files.add("d", "দুই\n"),
    ]
    let reading = try read(
      paths,
      .with {
        $0.skipsBad = true
        $0.blockSize = 64
        $0.lineLimit = 1000
      })
    #expect(reading.documents.map(\.text) == ["এক", "দুই"])
    #expect(reading.tally.badFiles == 3)
    #expect(reading.tally.firstBad.map(\.file) == Array(paths[..<3]))
    #expect(reading.tally.firstBad.map(\.line) == [nil, 1, 2])
  }

  @Test func `more broken files than there are blocks do not stop reading`() throws {
    let files = try Files()
    let paths = (0..<20).map { files.add("\($0)", [0xFF, 0xFE, 0x95, 0x09]) }
    let reading = try read(paths + [files.add("a", "এক\n")], .with { $0.skipsBad = true })
    #expect(reading.documents.map(\.text) == ["এক"])
    #expect(reading.tally.badFiles == 20 && reading.tally.firstBad.count == 5)
  }

  @Test func `a file that is not there still ends reading`() throws {
    #expect(try failure(["/nowhere"], .with { $0.skipsBad = true })?.file == "/nowhere")
  }
}
