import Foundation
import Jukta
import JuktaCorpus
import JuktaTraining
import TestPacking
import Testing

/// The library's call and the command give the same bytes.
@Suite struct `A training job` {
  private static func files(_ folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
      })
  }

  struct Case: Sendable {
    let arguments: [String]
    let model: TrainingJob.Model
    let recipe: FrontEndRecipe
    var change: @Sendable (inout TrainingJob) -> Void = { _ in }
  }

  private static var unigram: UnigramSettings {
    var settings = UnigramSettings.usual
    settings.allowsSmallerVocabulary = true
    return settings
  }

  private static var bpe: BPESettings {
    var settings = BPESettings.usual
    settings.allowsSmallerVocabulary = true
    return settings
  }

  static let cases: [Case] = [
    Case(
      arguments: ["unigram", "--vocab-size", "150", "--soft-vocab-limit"],
      model: .unigram(unigram), recipe: .bengali),
    Case(
      arguments: [
        "unigram", "--vocab-size", "150", "--soft-vocab-limit", "--preset", "identity",
        "--byte-fallback", "--vocab-size", "350",
      ],
      model: .unigram(
        {
          var settings = unigram
          settings.byteFallback = true
          return settings
        }()), recipe: .preset("identity")
    ) { $0.vocabularySizes = [350] },
    Case(
      arguments: [
        "bpe", "--vocab-size", "200", "--soft-vocab-limit", "--preset", "sahajbert",
        "--lossy-spiece",
      ],
      model: .bpe(bpe), recipe: .sahajbert
    ) {
      $0.vocabularySizes = [200]
      $0.writesLossySentencePiece = true
    },
    Case(
      arguments: [
        "bpe", "--vocab-size", "420", "--soft-vocab-limit", "--byte-level", "--pattern", "gpt2",
      ],
      model: .bpe(bpe), recipe: .byteLevel(.gpt2)
    ) { $0.vocabularySizes = [420] },
    Case(
      arguments: [
        "bpe", "--vocab-size", "180", "--soft-vocab-limit", "--preset", "identity",
        "--input-sentence-size", "50", "--seed",
        "7", "--max-sentence-length", "90",
      ],
      model: .bpe(bpe), recipe: .preset("identity")
    ) {
      $0.vocabularySizes = [180]
      $0.sample = .lines(50, seed: 7)
      $0.longestText = 90
    },
  ]

  @Test(arguments: cases)
  func `gives the files of the command, from files, strings and counts`(_ one: Case) throws {
    let scratch = try Scratch()
    let text = scratch.file("train.txt", SmallText.text)
    let heldOut = scratch.file("heldout.txt", "আমি আজ গান শুনব।\nসে কাল যাবে।\n")
    let command = try Jukta.run(
      ["train"] + one.arguments
        + [text, "-o", scratch.place("command"), "-q", "--threads", "1", "--held-out", heldOut])
    #expect(command.status == 0, Comment(rawValue: command.errors))
    let expected = try Self.files(scratch.place("command"))
    #expect(expected.count >= 5)

    var job = TrainingJob(one.model, recipe: one.recipe)
    job.vocabularySizes = [150]
    job.threads = 3
    one.change(&job)
    func check(_ results: [TrainedTokenizer], _ name: String) throws {
      try #require(results.count == 1)
      try results[0].write(toFolder: scratch.place(name))
      let found = try Self.files(scratch.place(name))
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (file, bytes) in expected { #expect(found[file] == bytes, "\(name)/\(file)") }
    }
    job.heldOut = Corpus([heldOut])
    try check(job.run(on: Corpus([text])), "files")
    // Strings, some of more than one line.
    let lines = SmallText.text.split(separator: "\n")
    let strings = stride(from: 0, to: lines.count, by: 3).map {
      lines[$0..<min($0 + 3, lines.count)].joined(separator: "\r\n")
    }
    job.heldOut = TextSource(["আমি আজ গান শুনব।", "সে কাল যাবে।"])
    try check(job.run(on: strings.reversed()), "strings")
    guard job.sample == nil else { return }
    let words = one.arguments.contains("--byte-level") ? ["--byte-level", "--pattern", "gpt2"] : []
    let counted = try Jukta.run(["count", "-q", text, "--preset", one.recipe.name] + words)
    #expect(counted.status == 0)
    let counts = scratch.file("counts.gz", Data(Packed.gzip(counted.output)))
    job.heldOut = Corpus([heldOut])
    try check(job.run(counts: [counts], open: DecompressedFile.init), "counts")
  }
}
