import Foundation
import Testing

@testable import Jukta

@Suite struct `Saving a tokenizer` {
  private static func place() throws -> String {
    let path = NSTemporaryDirectory() + "jukta-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private static func tokenizer() throws -> Tokenizer {
    let pieces = ["<unk>", "<s>", "▁", "▁আমি", "▁গান", "গা", "ই", "গাই", "।"]
    let model = try UnigramModel(
      pieces: pieces.enumerated().map { ($1, $0 < 2 ? 0 : -Double($0)) }, unknownID: 0,
      byteFallback: false)
    return try TokenizerBuilder(.unigram(model)).preTokenizer(.metaspace())
      .specialTokens("<unk>", "<s>").decoder(.metaspace()).build()
  }

  @Test func `gives what is read back, as a file and as a folder`() throws {
    let place = try Self.place()
    defer { try? FileManager.default.removeItem(atPath: place) }
    let tokenizer = try Self.tokenizer()
    let expected = try tokenizer.encode("আমি গান গাই।")
    try tokenizer.write(to: place + "/a/b/some.json")
    try tokenizer.write(to: place + "/folder")
    try tokenizer.write(toFolder: place + "/other", maximumLength: 99)
    for name in ["a/b/some.json", "folder", "other"] {
      #expect(
        try Tokenizer(contentsOf: place + "/" + name).encode("আমি গান গাই।") == expected, "\(name)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: place + "/other").sorted()
    #expect(names == ["special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: place + "/folder/tokenizer.json"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: place + "/a/b/some.json")) == bytes)
  }

  @Test func `of a SentencePiece model gives that too`() throws {
    let place = try Self.place()
    defer { try? FileManager.default.removeItem(atPath: place) }
    try Self.tokenizer().write(to: place + "/x.model")
    let tokenizer = try Tokenizer(contentsOf: place + "/x.model")
    #expect(tokenizer.model.sentencePiece != nil)
    try tokenizer.write(to: place + "/folder")
    try tokenizer.write(to: place + "/y.model")
    try tokenizer.write(to: place + "/y.json")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: place + "/x.model"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: place + "/y.model")) == bytes)
    #expect(try Data(contentsOf: URL(fileURLWithPath: place + "/folder/spiece.model")) == bytes)
    let ids = try tokenizer.encode("আমি গান", addsSpecialTokens: false).ids
    for name in ["folder", "y.json"] {
      let read = try Tokenizer(contentsOf: place + "/" + name)
      #expect(try read.encode("আমি গান", addsSpecialTokens: false).ids == ids, "\(name)")
    }
  }

  @Test func `writes nothing that would lose a part`() throws {
    let place = try Self.place()
    defer { try? FileManager.default.removeItem(atPath: place) }
    let tokenizer = try TokenizerBuilder(copying: Self.tokenizer())
      .normalizer(.replace(.regex("(?<!a)b+"), content: "c")).build()
    let error = #expect(throws: ConversionLossError.self) {
      try tokenizer.write(to: place + "/x.model")
    }
    #expect(error?.description.contains("normalizer") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place).isEmpty)
    #expect(throws: FolderError.self) { try tokenizer.write(to: "/proc/none/x.json") }
  }
}
