import Foundation
import Testing

@Suite struct `jukta with SentencePiece models` {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/sentencepiece-0.2.3").path
  static let unigram = folder + "/unigram.model"
  static let line = "আমি  ঢাকায় থাকি।"

  static func run(_ arguments: String..., input: String = line + "\n") throws -> Jukta.Result {
    try Jukta.run(arguments, input: Data(input.utf8))
  }

  static func lines(_ text: String) -> [[String]] {
    // By scalars: a space and a vowel sign behind it are one character.
    text.split(separator: "\n").map {
      $0.unicodeScalars.split(separator: " ").map { String($0) }
    }
  }

  @Test func `encode, decode and normalize from the .model alone`() throws {
    let ids = try Self.run("encode", "-m", Self.unigram).text
    #expect(Self.lines(ids).count == 1)
    let decoded = try Self.run("decode", "-m", Self.unigram, input: ids).text
    let normal = try Self.run("normalize", "-m", Self.unigram).text
    #expect(normal == "▁আমি▁ঢাকায়▁থাকি।\n")
    #expect("▁" + decoded.replacing(" ", with: "▁") == normal)
    let evaluated = try Self.run("evaluate", "-m", Self.unigram, "--format", "json")
    #expect(evaluated.status == 0, "\(evaluated.errors)")
  }

  @Test func `put bos and eos around, and turn the order around between them`() throws {
    let plain = Self.lines(try Self.run("encode", "-m", Self.unigram).text)[0]
    let all = Self.lines(
      try Self.run("encode", "-m", Self.unigram, "--add-bos", "--add-eos", "--reverse").text)[0]
    #expect(all == ["1"] + plain.reversed() + ["2"])
    let pieces = Self.lines(
      try Self.run("encode", "-m", Self.unigram, "--add-eos", "--format", "pieces").text)[0]
    #expect(pieces.last == "</s>" && pieces.count == plain.count + 1)
  }

  @Test func `write the n best ways on lines of their own`() throws {
    let plain = Self.lines(try Self.run("encode", "-m", Self.unigram).text)
    let ways = Self.lines(try Self.run("encode", "-m", Self.unigram, "--n-best", "4").text)
    #expect(ways.count == 4 && ways[0] == plain[0] && Set(ways).count == 4)
    let json = try Self.run("encode", "-m", Self.unigram, "--n-best", "2", "--format", "jsonl").text
    let records = try json.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let scores = records.compactMap { $0["score"] as? Double }
    #expect(scores.count == 2 && scores[0] > scores[1])
  }

  @Test func `draw by seed and line, on however many threads`() throws {
    let text = String(repeating: Self.line + "\n", count: 3) + "অন্য কথা\n"
    let input = String(repeating: text, count: 400)
    let arguments = ["encode", "-m", Self.unigram, "--sample", "--alpha", "0.2", "--seed", "5"]
    let one = try Jukta.run(arguments + ["--threads", "1"], input: Data(input.utf8)).text
    let three = try Jukta.run(arguments + ["--threads", "3"], input: Data(input.utf8)).text
    #expect(one == three)
    #expect(Set(Self.lines(one)).count == 2)
    let other = try Jukta.run(
      ["encode", "-m", Self.unigram, "--sample", "--alpha", "0.2", "--seed", "6"],
      input: Data(input.utf8))
    #expect(other.text != one)
  }

  @Test(arguments: [
    (["--n-best", "513"], "--n-best must be between 1 and 512"),
    (["--alpha", "0.5"], "--alpha needs --sample"),
    (["--sample", "--alpha", "nan"], "--alpha must be"),
  ])
  func `refuse what cannot be`(_ arguments: [String], _ message: String) throws {
    let result = try Jukta.run(
      ["encode", "-m", Self.unigram] + arguments, input: Data(Self.line.utf8))
    #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
  }

  @Test func `say where another kind of model is needed`() throws {
    let bpe = try Self.run("encode", "-m", Self.folder + "/bpe.model", "--n-best", "3")
    #expect(bpe.status == 2 && bpe.errors.contains("Unigram"), "\(bpe.errors)")
    let scratch = try Scratch()
    let json = try Self.run("encode", "-m", try SmallText.model(in: scratch), "--add-bos")
    #expect(json.status == 2 && json.errors.contains("SentencePiece models"), "\(json.errors)")
  }
}
