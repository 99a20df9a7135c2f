import Foundation
import TestPacking
import Testing

/// Bad input gets a message that names the place and says what to do, the right exit status, and
/// leaves nothing half-written.
@Suite struct `Bad input` {
  /// Runs a training into a folder of the scratch and expects that it fails without a trace.
  static func expectTrainingFails(
    _ scratch: Scratch, _ files: [String], _ options: String..., status: Int32 = 1,
    says parts: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = scratch.names
    let result = try Jukta.run(
      ["train", "unigram"] + files + ["-o", scratch.place("model"), "--vocab-size", "150"]
        + options)
    #expect(
      result.status == status, Comment(rawValue: result.errors), sourceLocation: sourceLocation)
    for part in parts {
      #expect(
        result.errors.contains(part), Comment(rawValue: result.errors),
        sourceLocation: sourceLocation)
    }
    #expect(scratch.names == before, "something was left behind", sourceLocation: sourceLocation)
  }

  static func gzip(_ text: String, in scratch: Scratch, _ name: String) throws -> String {
    scratch.file(name, Data(Packed.gzip(text)))
  }

  static func zstd(_ text: String, in scratch: Scratch, _ name: String) throws -> String {
    scratch.file(name, Data(Packed.zstd(text)))
  }

  static func cutShort(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count * 2 / 3).write(to: URL(fileURLWithPath: path))
  }

  @Test func `a line on which a pattern is given up is named, and the pattern`() throws {
    let scratch = try Scratch()
    let steps = #"{"type":"Replace","pattern":{"Regex":"(a+)+\\1b"},"content":""}"#
    let file = scratch.file("normalizer.json", steps)
    let lines = "aab\n" + String(repeating: "a", count: 40) + "\n"
    let result = try Jukta.run("normalize", "--normalizer", file, input: lines)
    #expect(result.status == 1)
    #expect(
      result.errors.contains(#":2: the pattern (a+)+\1b was given up"#),
      Comment(rawValue: result.errors))
  }

  @Test func `a missing file is named`() throws {
    let scratch = try Scratch()
    try Self.expectTrainingFails(
      scratch, [scratch.place("nowhere.txt")], says: "nowhere.txt", "No such file")
  }

  @Test func `a folder in the place of a file is named, with what to write instead`() throws {
    let scratch = try Scratch()
    try Self.expectTrainingFails(scratch, [scratch.path], says: scratch.path, "is a folder", "/*")
  }

  @Test func `an empty file gives nothing to train on`() throws {
    let scratch = try Scratch()
    try Self.expectTrainingFails(
      scratch, [scratch.file("empty.txt", "")], says: "no word to learn from")
  }

  @Test func `a truncated gzip file is named`() throws {
    let scratch = try Scratch()
    let file = try Self.gzip(SmallText.text, in: scratch, "a.txt.gz")
    try Self.cutShort(file)
    try Self.expectTrainingFails(scratch, [file], says: "a.txt.gz", "gzip", "ends in the middle")
  }

  @Test func `a truncated zstd file is named`() throws {
    let scratch = try Scratch()
    let file = try Self.zstd(SmallText.text, in: scratch, "a.txt.zst")
    try Self.cutShort(file)
    try Self.expectTrainingFails(scratch, [file], says: "a.txt.zst", "zstd", "ends in the middle")
  }

  @Test func `a gzip file with a flipped byte is broken`() throws {
    let scratch = try Scratch()
    let file = try Self.gzip(SmallText.text, in: scratch, "a.gz")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[bytes.count / 2] ^= 0x55
    try bytes.write(to: URL(fileURLWithPath: file))
    try Self.expectTrainingFails(scratch, [file], says: "a.gz", "gzip data")
  }

  @Test func `bytes that are not UTF-8 are named with file and line`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", Data("ভালো\nভা".utf8) + Data([0xE0, 0xA6]) + Data("\n".utf8))
    try Self.expectTrainingFails(scratch, [file], says: "a.txt:2", "not UTF-8", "--skip-bad")
  }

  @Test func `a NUL byte is named with file and line`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", "ভালো\nমন্দ\n\u{0}\n")
    try Self.expectTrainingFails(scratch, [file], says: "a.txt:3", "NUL byte")
  }

  @Test func `UTF-16 is recognised`() throws {
    let scratch = try Scratch()
    let text = "আমি".data(using: .utf16LittleEndian) ?? Data()
    let file = scratch.file("a.txt", Data([0xFF, 0xFE]) + text)
    try Self.expectTrainingFails(scratch, [file], says: "a.txt", "UTF-16LE", "iconv")
  }

  @Test func `a broken line of JSON is named with file and line`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.jsonl", "{\"content\":\"ক\"}\n{\"content\":\n")
    try Self.expectTrainingFails(scratch, [file], says: "a.jsonl:2", "not JSON")
  }

  @Test func `a record without its field names the fields that it has`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.jsonl", "{\"body\":\"ক\",\"n\":1}\n")
    try Self.expectTrainingFails(scratch, [file], says: "a.jsonl:1", "--field body")
  }

  @Test func `a field of another type is named`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.jsonl", "{\"content\":[\"ক\"]}\n")
    try Self.expectTrainingFails(scratch, [file], says: "a.jsonl:1", "an array, not text")
  }

  @Test func `a line of JSON that is no object is named`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.jsonl", "{\"content\":\"ক\"}\n17\n")
    try Self.expectTrainingFails(scratch, [file], says: "a.jsonl:2", "not an object")
  }

  @Test func `a JSON array is told apart from JSON lines`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.json", "[{\"content\":\"ক\"}]")
    try Self.expectTrainingFails(scratch, [file], says: "a.json", "JSON array", "jq -c")
  }

  @Test func `text in JSON that is not UTF-8 is named`() throws {
    let scratch = try Scratch()
    let file = scratch.file(
      "a.jsonl", Data("{\"content\":\"".utf8) + Data([0xFF]) + Data("\"}\n".utf8))
    try Self.expectTrainingFails(scratch, [file], says: "a.jsonl:1", "UTF-8")
  }

  @Test func `a vocabulary larger than the text can fill is refused with the largest size`() throws
  {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", SmallText.text)
    try Self.expectTrainingFails(scratch, [file], "--vocab-size", "99000", says: "99000")
  }

  @Test func `a vocabulary too small for the characters is refused`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", SmallText.text)
    try Self.expectTrainingFails(scratch, [file], "--vocab-size", "10", says: "too small")
  }

  @Test(arguments: [
    ["--vocab-size", "0"], ["--vocab-size", "-3"], ["--vocab-size", "many"],
    ["--vocab-size", "100,100"], ["--preset", "none"], ["--threads", "0"], ["--layout", "pdf"],
    ["--min-language-prob", "2"], ["--no-such-option"], ["--shrinking-factor", "1.5"],
  ])
  func `bad usage ends with status 2 and a hint`(options: [String]) throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", SmallText.text)
    let result = try Jukta.run(
      ["train", "unigram", file, "-o", scratch.place("model")] + options)
    #expect(result.status == 2)
    #expect(result.errors.contains("--help") || result.errors.contains("Usage"))
    #expect(scratch.names == ["a.txt"])
  }

  @Test func `a target under a file cannot be written, and that is told before any work`() throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", SmallText.text)
    let result = try Jukta.run([
      "train", "unigram", scratch.place("nowhere.txt"), "-o", file + "/model",
    ])
    #expect(result.status == 1)
    #expect(result.errors.contains(file) && result.errors.contains("-o"))
  }

  @Test func `a full disk is told and leaves nothing`() throws {
    // 8 KB of file size is what this shell lets a file grow to: writing further fails with EFBIG, as
    // a full disk does with ENOSPC.
    let scratch = try Scratch()
    let text = scratch.file("a.txt", SmallText.text)
    let target = scratch.place("out.txt")
    let result = try Jukta.run(
      ["normalize", text, "-o", target], through: "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"")
    #expect(result.status == 1)
    #expect(result.errors.contains("out.txt") && result.errors.contains("cannot be written"))
    #expect(scratch.names == ["a.txt"])
  }

  @Test func `a full device is told`() throws {
    let result = try Jukta.run(
      ["normalize"], input: Data(SmallText.text.utf8), through: "\"$0\" \"$@\" > /dev/full")
    #expect(result.status == 1)
    #expect(result.errors.contains("standard output"))
  }

  @Test func `a closed pipe ends quietly`() throws {
    let scratch = try Scratch()
    let text = scratch.file("a.txt", (0..<200).map { _ in SmallText.text }.joined())
    let result = try Jukta.run(
      ["normalize", text], through: "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: ["{", "[]", "{\"model\":{\"type\":\"Magic\"}}", "{\"model\":{\"vocab\":3}}", ""])
  func `a broken tokenizer.json is named`(content: String) throws {
    let scratch = try Scratch()
    let file = scratch.file("tokenizer.json", content)
    let result = try Jukta.run("encode", "-m", file, input: "ক\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("tokenizer.json"))
    #expect(result.output.isEmpty)
  }

  @Test func `a model that is not there is named`() throws {
    let result = try Jukta.run("encode", "-m", "/nowhere/model", input: "ক\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("/nowhere/model"))
  }

  @Test func `a line that cannot be normalised is named, and what comes before it is written`()
    throws
  {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", Data("এক\nদুই\n".utf8) + Data([0xC0, 0x80, 0x0A]))
    let result = try Jukta.run(["normalize", file])
    #expect(result.status == 1)
    #expect(result.errors.contains("a.txt:3"))
    #expect(result.text == "এক\nদুই\n")
  }

  @Test func `words in the place of ids are named`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let result = try Jukta.run("decode", "-m", model, input: "5 6\n7 eight\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("standard input:2") && result.errors.contains("'eight'"))
  }

  @Test func `an id beyond the vocabulary is left out, and told of`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let result = try Jukta.run("decode", "-m", model, input: "4000000\n")
    #expect(result.status == 0 && result.text == "\n")
    #expect(result.errors.contains("1 id left out"))
  }

  @Test func `a huge line is read whole`() throws {
    let scratch = try Scratch()
    let line = String(repeating: "ক", count: 2_000_000)
    let result = try Jukta.run(["normalize", scratch.file("a.txt", line)])
    #expect(result.status == 0)
    #expect(result.text == line + "\n")
  }

  @Test func `with --skip-bad broken lines are counted and the rest is trained on`() throws {
    let scratch = try Scratch()
    let file = scratch.file(
      "a.txt", Data(SmallText.text.utf8) + Data([0xFF, 0x0A]) + Data("ভালো \u{0}\n".utf8))
    let result = try Jukta.run([
      "train", "unigram", file, "-o", scratch.place("model"), "--vocab-size", "150", "--skip-bad",
      "--soft-vocab-limit",
    ])
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(result.errors.contains("2 broken lines left out"))
    #expect(result.errors.contains("a.txt:161") && result.errors.contains("a.txt:162"))
  }

  @Test func `several pipelines at once are bad usage`() throws {
    let result = try Jukta.run("normalize", "--preset", "nfc", "-m", "x", input: "ক\n")
    #expect(result.status == 2)
  }

  @Test func `a normalizer file that is none is named with the place in it`() throws {
    let scratch = try Scratch()
    let file = scratch.file(
      "n.json", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Nfx\"}]}")
    let result = try Jukta.run("normalize", "--normalizer", file, input: "ক\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("n.json") && result.errors.contains("normalizers[1]"))
    #expect(result.errors.contains("Nfx"))
  }
}
