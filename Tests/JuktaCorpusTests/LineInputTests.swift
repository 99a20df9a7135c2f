import TestPacking
import TestSupport
import Testing

@testable import JuktaCorpus

/// Lines for commands that work on one text a line: nothing is taken away but the line feed.
@Suite struct `Line input` {
  static func lines(_ paths: [String]) throws -> [(text: String, number: Int, file: String)] {
    let input = LineInput(paths)
    var found: [(String, Int, String)] = []
    while try input.withNextBlock({ block in
      block?.forEachLine { line, number in
        found.append(
          (
            line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }, number,
            block?.file ?? ""
          ))
      }
      return block != nil
    }) {}
    return found
  }

  @Test func `blank lines, carriage returns and byte order marks are text`() throws {
    let files = try Files()
    let path = files.add("a", "\u{FEFF}এক\r\n\n \n\0\r\nশেষ")
    let found = try Self.lines([path])
    #expect(found.map(\.text) == ["\u{FEFF}এক\r", "", " ", "\0\r", "শেষ"])
    #expect(found.map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test func `compressed files are read as plain ones, each with its own line numbers`() throws {
    let files = try Files()
    let text = "এক\nদুই\n"
    let paths = [
      files.add("a", text), files.add("b", Packed.gzip(text) + Packed.gzip(text)),
      files.add("c", Packed.zstd(text)),
    ]
    let found = try Self.lines(paths)
    #expect(found.map(\.text) == ["এক", "দুই", "এক", "দুই", "এক", "দুই", "এক", "দুই"])
    #expect(found.map(\.number) == [1, 2, 1, 2, 3, 4, 1, 2])
    #expect(found.map(\.file) == [0, 0, 1, 1, 1, 1, 2, 2].map { paths[$0] })
  }

  @Test func `a text of many blocks keeps its lines and their numbers`() throws {
    let files = try Files()
    let lines = (1...200_000).map { "লাইন \($0)" }
    let found = try Self.lines([files.add("a", lines.joined(separator: "\n"))])
    #expect(found.map(\.text) == lines)
    #expect(found.map(\.number) == Array(1...200_000))
  }

  @Test func `a file cut off gives its whole lines, then the error`() throws {
    let files = try Files()
    let path = files.add("a", Array(Packed.gzip("এক\nদুই\n").dropLast()))
    let input = LineInput([path])
    var found: [String] = []
    let error = #expect(throws: CorpusError.self) {
      while try input.withNextBlock({ block in
        block?.forEachLine { line, _ in
          found.append(line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        }
        return block != nil
      }) {}
    }
    #expect(found == ["এক", "দুই"])
    #expect(error?.line == 3)
  }
}
