import Foundation
import Testing

@Suite struct `jukta count and merge` {
  private static func run(_ arguments: String...) throws -> Jukta.Result {
    let result = try Jukta.run(arguments)
    guard result.status == 0 else { throw SmallText.Failure(message: result.errors) }
    return result
  }

  private static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// The text in three files of different sizes.
  private static func parts(in folder: Scratch) -> [String] {
    let lines = SmallText.text.split(separator: "\n", omittingEmptySubsequences: false)
    return [(0, lines[..<3]), (1, lines[3..<100]), (2, lines[100...])].map { index, part in
      folder.file("part-\(index).txt", part.joined(separator: "\n"))
    }
  }

  @Test func `counts of parts, merged, are the counts of the whole, byte for byte`() throws {
    let folder = try Scratch()
    let whole = folder.place("whole.counts")
    _ = try Self.run("count", folder.file("t", SmallText.text), "-o", whole, "--threads", "3")
    var counts: [String] = []
    for part in Self.parts(in: folder) {
      _ = try Self.run("count", part, "-o", part + ".counts")
      counts.append(part + ".counts")
    }
    _ = try Self.run("merge", counts[2], counts[0], "-o", folder.place("some.counts"))
    let packed = folder.file("packed", Packing.gzip.pack(try Self.bytes(counts[1])))
    let merged = try Self.run("merge", "-q", folder.place("some.counts"), packed)
    #expect(merged.output == (try Self.bytes(whole)))
    #expect(merged.errors.isEmpty)
    #expect(merged.text.hasPrefix("jukta counts 1\npreset\tbengali\n"))
  }

  @Test func `counting on disk writes the same file, and leaves nothing out`() throws {
    let folder = try Scratch()
    // Enough distinct words to fill the smallest bound.
    let letters = Array("কখগঘচছজঝটঠডঢতথদধ".unicodeScalars.map(String.init))
    let text = (0..<40_000).map { number in
      (0..<4).map { letters[number >> (4 * $0) & 15] }.joined() + " ক"
    }.joined(separator: "\n")
    let file = folder.file("t", text)
    let one = try Self.run("count", file, "--preset", "nfc", "--threads", "1")
    let two = try Self.run(
      "count", file, "--preset", "nfc", "--threads", "16", "--memory", "16M")
    #expect(one.output == two.output && one.output.count > 500_000)
  }

  @Test(arguments: [
    ["unigram", "--vocab-size", "150", "--soft-vocab-limit"],
    ["bpe", "--vocab-size", "200", "--soft-vocab-limit"],
    ["bpe", "--vocab-size", "420", "--byte-level", "--pattern", "gpt2", "--soft-vocab-limit"],
  ])
  func `training from counts writes the same files as training from the text`(_ kind: [String])
    throws
  {
    let folder = try Scratch()
    let text = folder.file("t", SmallText.text)
    let words = kind.contains("--byte-level") ? ["--byte-level", "--pattern", "gpt2"] : []
    let preset = ["--preset", "sahajbert"]
    var counts: [String] = []
    for part in Self.parts(in: folder) {
      counts.append(part + ".counts")
      let result = try Jukta.run(["count", "-q", part, "-o", part + ".counts"] + words + preset)
      #expect(result.status == 0)
    }
    // Counts hold no lines, so the report measures on others.
    let heldOut = folder.file("heldout", "আমি আজ গান শুনব।\nসে কাল যাবে।\n")
    let train = ["train", kind[0], "-q", "--held-out", heldOut] + kind.dropFirst()
    let fromText = try Jukta.run(train + preset + [text, "-o", folder.place("text")])
    let fromCounts = try Jukta.run(
      train + ["--counts"] + counts.reversed() + ["-o", folder.place("counts")])
    let bounded = try Jukta.run(
      train + ["--counts", "--memory", "16M"] + counts + ["-o", folder.place("bounded")])
    #expect(fromText.status == 0 && fromCounts.status == 0 && bounded.status == 0)
    for name in ["tokenizer.json", "tokenizer_config.json", "recipe.json", "report.html"] {
      let expected = try Self.bytes(folder.place("text/\(name)"))
      #expect(!expected.isEmpty)
      #expect(try Self.bytes(folder.place("counts/\(name)")) == expected, "\(name)")
      #expect(try Self.bytes(folder.place("bounded/\(name)")) == expected, "\(name)")
    }
  }

  @Test func `counts of different presets are not added, nor trained on as another`() throws {
    let folder = try Scratch()
    let text = folder.file("t", SmallText.text)
    let (one, two) = (folder.place("one"), folder.place("two"))
    _ = try Self.run("count", text, "-o", one)
    _ = try Self.run("count", text, "-o", two, "--preset", "sahajbert")
    let merged = try Jukta.run(["merge", one, two, "-o", folder.place("never")])
    #expect(merged.status == 1)
    #expect(
      merged.errors.contains(
        "\(two): counted with the preset sahajbert, but \(one) with bengali: they cannot be added"))
    let trained = try Jukta.run(
      ["train", "bpe", "--counts", two, "--preset", "bengali", "-o", folder.place("never")])
    #expect(trained.status == 1 && trained.errors.contains("counted with --preset sahajbert"))
    let cut = try Jukta.run(
      ["train", "bpe", "--counts", two, "--byte-level", "-o", folder.place("never")])
    #expect(cut.status == 1 && cut.errors.contains("pass the same --byte-level and --pattern"))
    #expect(folder.names == ["one", "t", "two"])
  }

  @Test func `a damaged file is named with its line, and nothing is written`() throws {
    let folder = try Scratch()
    let whole = folder.place("whole")
    _ = try Self.run("count", folder.file("t", SmallText.text), "-o", whole)
    var lines = try String(contentsOfFile: whole, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    lines.swapAt(8, 9)
    let bad = folder.file("bad", lines.joined(separator: "\n"))
    for command in [["merge", whole, bad], ["train", "unigram", "--counts", whole, bad]] {
      let result = try Jukta.run(command + ["-o", folder.place("never")])
      #expect(result.status == 1)
      #expect(result.errors.contains("\(bad):10: the word does not come behind"))
    }
    let text = try Jukta.run(
      ["train", "unigram", "--counts", folder.place("t"), "-o", folder.place("never")])
    #expect(text.status == 1 && text.errors.contains("not a file of counts"))
    let missing = try Jukta.run(["merge", folder.place("nowhere")])
    #expect(missing.status == 1 && missing.errors.contains("nowhere: cannot be read"))
    #expect(folder.names == ["bad", "t", "whole"])
  }

  @Test func `a line may say how often it counts`() throws {
    let folder = try Scratch()
    let weighted = folder.file("w", "আমি গান\t3\nগান\t2\n\n\t5\n")
    let plain = folder.file("p", "আমি গান\nআমি গান\nআমি গান\nগান\nগান\n")
    func words(_ text: String) -> ArraySlice<Substring> {
      text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(4).prefix(2)
    }
    let counted = words(try Self.run("count", "--weighted", weighted).text)
    #expect(counted == ["▁আমি\t3", "▁গান\t5"])
    #expect(words(try Self.run("count", plain).text) == counted)
    for bad in ["আমি", "আমি\t", "আমি\t0", "আমি\t-1", "আমি\t99999999999999999999"] {
      let result = try Jukta.run(["count", "--weighted", folder.file("b", "ক\t1\n\(bad)\n")])
      #expect(result.status == 1 && result.errors.contains("b:2: "), "\(bad)")
    }
  }

  @Test func `options of the text are refused where there is none`() throws {
    for option in [["--skip-bad"], ["--weighted"], ["--field", "text"]] {
      let result = try Jukta.run(
        ["train", "unigram", "--counts", "/nowhere", "-o", "/tmp/never"] + option)
      #expect(result.status == 2)
      #expect(result.errors.contains("\(option[0]) says how text is read"))
    }
  }
}
