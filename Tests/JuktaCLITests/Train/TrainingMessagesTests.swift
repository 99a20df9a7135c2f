import Foundation
import Testing

@testable import JuktaCLI

@Suite struct `What a training says of wrong options` {
  private static func failure(_ arguments: [String]) throws -> String {
    let result = try Jukta.run(["train"] + arguments + ["/nowhere"])
    #expect(result.status == 2, "\(arguments)")
    #expect(result.output.isEmpty)
    return result.errors
  }

  @Test(arguments: [
    ["unigram", "--shrinking-factor", "2"], ["unigram", "--max-piece-length", "0"],
    ["unigram", "--sub-iterations", "0"], ["unigram", "--token-cost", "101"],
    ["unigram", "--seed-size", "0"], ["unigram", "--character-coverage", "0.1"],
    ["unigram", "--vocab-size", "0"], ["bpe", "--vocab-size", "0"],
    ["bpe", "--max-token-length", "1"], ["bpe", "--limit-alphabet", "0"],
    ["bpe", "--akshara-safe", "--byte-level"], ["bpe", "--byte-fallback", "--byte-level"],
  ])
  func `names the option as people type it`(_ arguments: [String]) throws {
    let message = try Self.failure(arguments + ["-o", "/tmp/never"])
    #expect(message.contains("Error: \(arguments[1]) must be "), "\(message)")
  }

  @Test(arguments: [
    ("32,000", "is 32,000 one size or two? Write 32000 for one, '32, 000' for two."),
    ("8,000,000", "is 8,000,000 one size or three?"), ("100,100", "is 100,100 one size or two?"),
    ("8000,8000", "a size is given twice"), ("8000,x", "a size is a whole number"),
    ("8000,", "a size is a whole number"), ("", "a size is a whole number"),
  ])
  func `asks what a size means`(_ sizes: String, _ says: String) throws {
    let message = try Self.failure(["unigram", "-o", "/tmp/never", "--vocab-size", sizes])
    #expect(message.contains(says), "\(message)")
  }

  @Test func `several sizes have commas between them, with or without spaces`() throws {
    #expect(try VocabularySizes(text: "8000,32000").sizes == [8000, 32_000])
    #expect(try VocabularySizes(text: "100, 200").sizes == [100, 200])
    #expect(try VocabularySizes(text: "500,1000").sizes == [500, 1000])
    #expect(try VocabularySizes(text: "32000").sizes == [32_000])
    #expect(throws: (any Error).self) { try VocabularySizes(text: "32,000") }
  }

  @Test(arguments: ["unigram", "bpe"])
  func `refuses to write a folder to standard output`(_ kind: String) throws {
    let message = try Self.failure([kind, "-o", "-"])
    #expect(message.contains("a training writes a folder, not standard output"))
    #expect(!FileManager.default.fileExists(atPath: "-"))
  }

  @Test func `turns names of settings into options`() {
    #expect(ErrorMessages.option("maxPieceLength") == "--max-piece-length")
    #expect(ErrorMessages.option("vocabularySize") == "--vocab-size")
    #expect(ErrorMessages.option("isAksharaSafe") == "--akshara-safe")
    #expect(ErrorMessages.option("threads") == "--threads")
  }
}
