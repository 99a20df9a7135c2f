import Foundation
import TestSupport
import Testing

@testable import Jukta

/// Everything that is done with texts before and after the model, beside what tokenizers 0.23.3 does:
/// pairs, words, truncation, padding, post-processors, look-ups, batches, decoding, added tokens.
///
/// `Tests/Conformance/surface.py FILE` draws other tokenizers and texts; JUKTA_SURFACE names the file.
@Suite struct `Surface, beside tokenizers 0.23.3` {
  static let lines: [JSONValue] = {
    let path = ProcessInfo.processInfo.environment["JUKTA_SURFACE"]
    return (try? Fixture.jsonLines(path ?? "tokenizers-0.23.3/surface.jsonl")) ?? []
  }()

  @Test(arguments: lines.indices)
  func `comes out the same`(index: Int) async throws {
    let line = Self.lines[index]
    let document = JSONWriter.document(try #require(line["tokenizer"]))
    var tokenizer = try TokenizerJSON.read(document.span)
    try Self.readsBack(tokenizer)
    tokenizer.encodesSpecialTokensAsText = line["as_text"] == .bool(true)
    var ids: [Int?] = []
    for row in try #require(line["added"]).items.map(\.items) {
      ids.append(try Self.add(row, to: &tokenizer))
    }
    #expect(ids == line["ids"]?.items.map(\.whole))
    let cases = try #require(line["cases"]).items
    #expect(!cases.isEmpty)
    for row in cases.map(\.items) {
      let difference =
        switch row[0].text {
        case "encode": try SurfaceCase.encode(row, tokenizer)
        case "batch": try await SurfaceCase.batch(row, tokenizer)
        case "decode": SurfaceCase.decode(row, tokenizer)
        default: "unknown kind"
        }
      guard let difference else { continue }
      Issue.record("tokenizer \(index): \(difference), of \(row.dropFirst().prefix(3))")
    }
  }

  @Test func `is looked at`() { #expect(Self.lines.count >= 20) }

  /// Reading, writing and reading give the same file.
  static func readsBack(_ tokenizer: Tokenizer) throws {
    var first = ByteBuffer()
    try TokenizerJSON.write(tokenizer, to: &first)
    let again = try TokenizerJSON.read(first.span)
    var second = ByteBuffer()
    try TokenizerJSON.write(again, to: &second)
    #expect(first.bytes == second.bytes)
    #expect(again.postProcessor == tokenizer.postProcessor)
    #expect(again.truncation == tokenizer.truncation && again.padding == tokenizer.padding)
    #expect(again.addedTokens == tokenizer.addedTokens)
  }

  static func add(_ row: [JSONValue], to tokenizer: inout Tokenizer) throws -> Int? {
    let definition = AddedToken.Definition(
      row[0].text ?? "", singleWord: row[1] == .bool(true), stripsLeft: row[2] == .bool(true),
      stripsRight: row[3] == .bool(true), isNormalized: row[4] == .bool(true))
    let ids =
      row[5] == .bool(true)
      ? try tokenizer.addSpecialTokens([definition]) : try tokenizer.addTokens([definition])
    return ids[0].map(Int.init)
  }
}
