import Foundation
import TestSupport
import Testing

@testable import Jukta

@Suite struct `Lines of a file as a stream` {
  /// A model of a few pieces, and what is not among them as bytes of their own.
  static let tokenizer: Tokenizer? = try? {
    let pieces = ["<unk>", "▁", "ক", "খ", "▁ক", "a"].enumerated().map { ($1, -Double($0)) }
    return try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: Normalizer([]), preTokenizer: .metaspace()),
      model: .unigram(UnigramModel(pieces: pieces, unknownID: 0, byteFallback: false)))
  }()

  static func file(_ text: Data) throws -> String {
    let path = NSTemporaryDirectory() + "jukta-lines-" + UUID().uuidString
    try text.write(to: URL(fileURLWithPath: path))
    return path
  }

  static func lines(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      String(
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          "কখ a\r".randomElement(using: &random) ?? "a"
        })
    }
  }

  @Test(arguments: ["", "\n", "\n\n", "ক", "ক\n", "\nক\n\nখ", "ক\r\nখ\r\n"])
  func `are the lines, with and without an end`(_ text: String) async throws {
    let tokenizer = try #require(Self.tokenizer)
    let path = try Self.file(Data(text.utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var found: [[UInt32]] = []
    for try await ids in tokenizer.ids(ofLinesIn: path) { found.append(ids) }
    #expect(
      try found == lines.map { try tokenizer.encode(String(decoding: $0, as: UTF8.self)).ids })
  }

  @Test func `come in order and as by themselves, from many blocks`() async throws {
    let tokenizer = try #require(Self.tokenizer)
    let lines = Self.lines(15_000, seed: 1)
    let path = try Self.file(Data((lines.joined(separator: "\n") + "\n").utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var expected: [[UInt32]] = []
    var encoder = try tokenizer.makeEncoder()
    for line in lines {
      var ids: [UInt32] = []
      try encoder.encode(Array(line.utf8).span, into: &ids)
      expected.append(ids)
    }
    let stream = tokenizer.ids(ofLinesIn: path)
    for _ in 0..<2 {
      var found: [[UInt32]] = []
      for try await ids in stream { found.append(ids) }
      #expect(found == expected)
    }
    var number = 0
    for try await encoding in tokenizer.encode(contentsOf: path) {
      if number.isMultiple(of: 1000) {
        let whole = try tokenizer.encode(lines[number])
        #expect(encoding.ids == whole.ids && encoding.ranges == whole.ranges)
      }
      number += 1
    }
    #expect(number == lines.count)
  }

  @Test func `hold a line that is longer than a block`() async throws {
    let tokenizer = try #require(Self.tokenizer)
    let long = String(repeating: "a", count: 300_000)
    let path = try Self.file(Data("ক\n\(long)\nখ\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var counts: [Int] = []
    for try await ids in tokenizer.ids(ofLinesIn: path) { counts.append(ids.count) }
    #expect(counts == [2, 300_001, 2])
  }

  @Test func `name the line that is not UTF-8, behind the lines before it`() async throws {
    let tokenizer = try #require(Self.tokenizer)
    var bytes = Data(String(repeating: "ক খ\n", count: 60_000).utf8)
    bytes += [0x80, 0x0A] + Array("ক\n".utf8)
    let path = try Self.file(bytes)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var count = 0
    let failure = await #expect(throws: TextFileError.self) {
      for try await _ in tokenizer.ids(ofLinesIn: path) { count += 1 }
    }
    #expect(count == 60_000 && failure?.line == 60_001 && failure?.path == path)
  }

  @Test func `may be left early, and a file that is not there is named`() async throws {
    let tokenizer = try #require(Self.tokenizer)
    let path = try Self.file(Data(String(repeating: "ক\n", count: 400_000).utf8))
    for try await _ in tokenizer.ids(ofLinesIn: path) { break }
    try FileManager.default.removeItem(atPath: path)
    let failure = await #expect(throws: TextFileError.self) {
      for try await _ in tokenizer.encode(contentsOf: path) {}
    }
    #expect(failure?.line == nil && failure?.description.hasPrefix(path + ": ") == true)
  }
}
