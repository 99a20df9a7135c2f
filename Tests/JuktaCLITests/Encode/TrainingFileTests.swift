import Foundation
import Testing

/// `encode --format megatron` and `datatrove`, by the bytes of the files; `training_files.py` of the
/// conformance run opens them with the programs' own classes.
@Suite struct `Files for training programs` {
  static let text = "আমি যাই\n\nতুমি যাও আমি যাই\nসে যায়\n"

  /// A folder with a small model, and the ids that `encode` prints for the text.
  private static func model(_ scratch: Scratch, _ options: [String] = []) throws -> [[Int]] {
    let made = try Jukta.run(
      [
        "train", "unigram", "-q", "-", "-o", scratch.place("m"), "--vocab-size", "40",
        "--soft-vocab-limit",
      ], input: Data(text.utf8))
    try #require(made.status == 0, "\(made.errors)")
    let ids = try Jukta.run(
      ["encode", "-m", scratch.place("m")] + options, input: Data(text.utf8))
    return ids.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      $0.split(separator: " ").compactMap { Int($0) }
    }
  }

  private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func encode(_ scratch: Scratch, _ format: String, _ options: [String] = []) throws
    -> Jukta.Result
  {
    try Jukta.run(
      ["encode", "-m", scratch.place("m"), "--format", format, "-o", scratch.place("x")] + options,
      input: Data(text.utf8))
  }

  @Test(arguments: [[], ["--append-eos"]])
  func `Megatron's two files`(_ options: [String]) throws {
    let scratch = try Scratch()
    let texts = try Self.model(scratch, options)
    let made = try Self.encode(scratch, "megatron", options)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.contains("\(texts.flatMap(\.self).count) ids of 4 texts"))
    #expect(
      try Self.read(scratch.place("x.bin")) == texts.flatMap(\.self).flatMap { Self.bytes($0, 2) })
    var index = Array("MMIDIDX".utf8) + [0, 0] + Self.bytes(1, 8) + [8]
    index += Self.bytes(4, 8) + Self.bytes(5, 8)
    index += texts.flatMap { Self.bytes($0.count, 4) }
    var start = 0
    for ids in texts {
      index += Self.bytes(start, 8)
      start += 2 * ids.count
    }
    index += (0...4).flatMap { Self.bytes($0, 8) }
    #expect(try Self.read(scratch.place("x.idx")) == index)
    #expect(scratch.names == ["m", "x.bin", "x.idx"])
  }

  @Test func `datatrove's three files`() throws {
    let scratch = try Scratch()
    let texts = try Self.model(scratch, ["--append-eos"])
    let made = try Self.encode(scratch, "datatrove", ["--append-eos"])
    #expect(made.status == 0, "\(made.errors)")
    let ids = texts.flatMap(\.self)
    #expect(try Self.read(scratch.place("x.ds")) == ids.flatMap { Self.bytes($0, 2) })
    var ends: [UInt8] = []
    var end = 0
    for ids in texts {
      end += ids.count
      ends += Self.bytes(end, 8)
    }
    #expect(try Self.read(scratch.place("x.ds.index")) == ends)
    let metadata = String(decoding: try Self.read(scratch.place("x.ds.metadata")), as: UTF8.self)
    #expect((10..<100).contains(ids.count))
    #expect(metadata == "\(scratch.place("m"))|2\n\(ids.count)\n\(ids.count).0 T")
  }

  @Test func `an end is appended once, and only where there is none`() throws {
    let scratch = try Scratch()
    let plain = try Self.model(scratch, ["--no-special-tokens"])
    let ended = try Jukta.run(
      ["encode", "-m", scratch.place("m"), "--append-eod", "--eos-token", "[SEP]"],
      input: Data(Self.text.utf8))
    // This model's template puts nothing around a text, or an end: one end stands there either way.
    let lines = ended.text.split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Int($0) }
    }
    #expect(Set(lines.map(\.last)).count == 1)
    #expect(zip(lines, plain).allSatisfy { Array($0.suffix($1.count + 1).dropLast()) == $1 })
  }

  @Test func `what cannot be is refused before any work`() throws {
    let scratch = try Scratch()
    _ = try Self.model(scratch)
    for options in [
      ["--format", "megatron"], ["--format", "datatrove", "-o", "-"],
      ["--format", "megatron", "-o", scratch.place("x"), "--index", scratch.place("i")],
      ["--format", "pieces", "--append-eos"], ["--eos-token", "</s>"],
    ] {
      let found = try Jukta.run(
        ["encode", "-m", scratch.place("m")] + options, input: Data("ক\n".utf8))
      #expect(found.status == 2, "\(options): \(found.errors)")
    }
    let unknown = try Self.encode(scratch, "megatron", ["--append-eos", "--eos-token", "<nix>"])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("has no token '<nix>'"))
    #expect(scratch.names == ["m"])
  }

  @Test func `no texts make empty files`() throws {
    let scratch = try Scratch()
    _ = try Self.model(scratch)
    for format in ["megatron", "datatrove"] {
      let made = try Jukta.run([
        "encode", "-q", "-m", scratch.place("m"), "--format", format, "-o", scratch.place("x"),
      ])
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.errors.isEmpty)
    }
    #expect(try Self.read(scratch.place("x.bin")).isEmpty)
    #expect(try Self.read(scratch.place("x.idx")).count == 34 + 8)
    #expect(
      try Self.read(scratch.place("x.ds.metadata"))
        == Array("\(scratch.place("m"))|2\n0\n0.00 T".utf8))
  }
}
