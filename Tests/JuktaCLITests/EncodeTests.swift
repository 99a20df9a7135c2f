import Foundation
import Testing

@Suite struct `jukta encode and decode` {
  static let line = "আমি বাংলায় গান গাই।"

  @Test func `write the same ids in every format`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = try Jukta.run("encode", "-m", model, input: Self.line + "\n").text
    let ids = text.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0) }
    #expect(ids.count > 3 && text.hasSuffix("\n"))
    let u16 = try Jukta.run("encode", "-m", model, "--format", "u16", input: Self.line).output
    #expect(Array(u16) == ids.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    let u32 = try Jukta.run("encode", "-m", model, "--format", "u32", input: Self.line).output
    let expected: [UInt8] = ids.flatMap { id in withUnsafeBytes(of: id.littleEndian, Array.init) }
    #expect(Array(u32) == expected)
    let jsonl = try Jukta.run("encode", "-m", model, "--format", "jsonl", input: Self.line).output
    let record = try #require(try JSONSerialization.jsonObject(with: jsonl) as? [String: Any])
    #expect(record["ids"] as? [UInt32] == ids)
    #expect((record["tokens"] as? [String])?.count == ids.count)
  }

  /// Little-endian numbers of so many bytes.
  static func numbers(_ path: String, _ width: Int) throws -> [UInt64] {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(bytes.count.isMultiple(of: width))
    return stride(from: 0, to: bytes.count, by: width).map { start in
      bytes[start..<start + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  @Test(arguments: [("u16", 2, "1"), ("u16", 2, "7"), ("u32", 4, "2")])
  func `write an index of where texts end beside ids`(
    _ format: String, _ width: Int, _ threads: String
  ) throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    // Enough for several blocks.
    let lines =
      (0..<9000).map { SmallText.lines[$0 % SmallText.lines.count] + " \($0)" } + ["", "ক"]
    let text = scratch.file("a.txt", lines.joined(separator: "\n"))
    let plain = try Jukta.run(["encode", "-m", model, "--no-special-tokens", text]).text
    let expected = plain.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      $0.split(separator: " ").compactMap { UInt64($0) }
    }
    let output = scratch.place("ids.bin")
    let result = try Jukta.run([
      "encode", "-m", model, "--no-special-tokens", "--format", format, "--threads", threads, text,
      "-o", output,
    ])
    #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
    let ids = try Self.numbers(output, width)
    let ends = try Self.numbers(output + ".idx", 8)
    #expect(ends.count == lines.count && ends.last == UInt64(ids.count))
    var start = 0
    let found = ends.map { end in
      defer { start = Int(end) }
      return Array(ids[start..<Int(end)])
    }
    #expect(found == expected)
    #expect(scratch.names.filter { $0.hasPrefix("ids") } == ["ids.bin", "ids.bin.idx"])
  }

  @Test func `leave the index out where it is not asked for`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let run = { (options: [String]) throws in
      try Jukta.run(
        ["encode", "-m", model, "--format", "u32"] + options, input: Data(Self.line.utf8))
    }
    let (output, index) = (scratch.place("ids"), scratch.place("ends"))
    #expect(try run(["-o", output, "--no-index"]).status == 0)
    #expect(scratch.names.filter { $0.hasPrefix("ids") } == ["ids"])
    let piped = try run(["--index", index])
    #expect(piped.output == (try Data(contentsOf: URL(fileURLWithPath: output))))
    #expect(try Self.numbers(index, 8) == [UInt64(piped.output.count / 4)])
    #expect(try run(["-o", output, "--index", index, "--no-index"]).status == 2)
    #expect(try run(["--index", index, "--format", "ids"]).status == 2)
    #expect(try run(["-o", output, "--index", scratch.place("no/such")]).status == 1)
  }

  @Test func `leave neither ids nor index behind where a line is broken`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", Data("গান\n".utf8) + Data([0xFF]))
    let result = try Jukta.run([
      "encode", "-m", model, "--format", "u16", text, "-o", scratch.place("ids"),
    ])
    #expect(result.status == 1 && !scratch.names.contains { $0.hasPrefix("ids") })
  }

  @Test func `take the documents of a corpus for texts, after filters`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let records = Data(`jukta corpus text`.records.utf8)
    let output = scratch.place("ids")
    let run = try Jukta.run(
      [
        "encode", "-m", model, "--documents", "--drop-warnings", "noisy", "--format", "u32", "-o",
        output,
      ], input: records)
    #expect(run.status == 0, "\(run.errors)")
    let ends = try Self.numbers(output + ".idx", 8)
    // A document of two lines is one text, its line feed in the middle.
    let jsonl = try Jukta.run(
      ["encode", "-m", model, "--documents", "--drop-warnings", "noisy", "--format", "jsonl"],
      input: records
    ).text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let ids = try jsonl.flatMap { try #require($0["ids"] as? [UInt64]) }
    #expect(ends.count == 2 && jsonl.count == 2)
    #expect(try Self.numbers(output, 4) == ids)
    let offsets = try #require(jsonl.first?["offsets"] as? [[Int]])
    #expect(offsets.map { $0[1] }.max() == "এক\nদুই".unicodeScalars.count)
    #expect(try Jukta.run(["encode", "-m", model, "--drop-warnings", "x"]).status == 2)
    let broken = try Jukta.run("encode", "-m", model, "--documents", input: "{\"a\":1}\n")
    #expect(broken.status == 1 && broken.errors.contains("standard input:1"))
  }

  @Test func `refuse u16 for a vocabulary that it cannot hold`() throws {
    let scratch = try Scratch()
    let vocabulary = (0..<65_537).map { "\"\($0)\":\($0)" }.joined(separator: ",")
    let model = scratch.file(
      "tokenizer.json",
      """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,\
      "pre_tokenizer":null,"post_processor":null,"decoder":null,"model":{"type":"BPE",\
      "dropout":null,"unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,\
      "fuse_unk":false,"byte_fallback":false,"ignore_merges":false,"merges":[],\
      "vocab":{\(vocabulary)}}}
      """)
    let result = try Jukta.run(
      "encode", "-m", model, "--format", "u16", "-o", scratch.place("ids"), input: "12")
    #expect(result.status == 2 && result.errors.contains("has 65,537: use --format u32"))
    #expect(!scratch.names.contains { $0.hasPrefix("ids") })
    #expect(try Jukta.run("encode", "-m", model, "--format", "u32", input: "12").output.count == 8)
  }

  @Test func `write offsets in the unit that is asked for`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let line = "😀 গান 𝐀 গাই"
    let counts = [
      "bytes": line.utf8.count, "scalars": line.unicodeScalars.count, "utf16": line.utf16.count,
    ]
    for (unit, count) in counts {
      let jsonl = try Jukta.run(
        "encode", "-m", model, "--format", "jsonl", "--offsets", unit, "--no-special-tokens",
        input: line
      ).output
      let record = try #require(try JSONSerialization.jsonObject(with: jsonl) as? [String: Any])
      let offsets = try #require(record["offsets"] as? [[Int]])
      #expect(offsets.first?[0] == 0 && offsets.last?[1] == count)
      #expect(offsets.allSatisfy { $0.count == 2 && $0[0] <= $0[1] && $0[1] <= count })
    }
  }

  @Test func `cut and fill lines up where the file says so`() throws {
    let scratch = try Scratch()
    let folder = try SmallText.model(in: scratch)
    let file = URL(fileURLWithPath: folder + "/tokenizer.json")
    var json = try String(contentsOf: file, encoding: .utf8)
    for (key, value) in [
      ("truncation", #"{"max_length": 4, "strategy": "LongestFirst", "stride": 0}"#),
      (
        "padding",
        #"{"strategy": {"Fixed": 6}, "direction": "Left", "pad_id": 0, "pad_type_id": 0, "pad_token": "<pad>"}"#
      ),
    ] {
      json = json.replacingOccurrences(of: "\"\(key)\": null", with: "\"\(key)\": \(value)")
    }
    let whole = try Jukta.run("encode", "-m", folder, input: Self.line).text.split(separator: " ")
    try json.write(to: file, atomically: true, encoding: .utf8)
    let cut = try Jukta.run("encode", "-m", folder, input: Self.line).text.split(separator: " ")
    #expect(whole.count > 4 && cut.count == 6)
    #expect(cut.prefix(2) == ["0", "0"] && cut.dropFirst(2).prefix(3) == whole.prefix(3))
    let jsonl = try Jukta.run(
      "encode", "-m", folder, "--format", "jsonl", "--no-special-tokens", input: Self.line
    ).output
    let record = try #require(try JSONSerialization.jsonObject(with: jsonl) as? [String: Any])
    #expect((record["tokens"] as? [String])?.prefix(2) == ["<pad>", "<pad>"])
    #expect((record["offsets"] as? [[Int]])?.count == 6)
    // Figures are of whole texts all the same.
    let report = try Jukta.run("evaluate", "-m", folder, "--format", "json", input: Self.line).text
    #expect(
      report.contains("\"tokens\":\(whole.count - 2)")
        || report.contains("\"tokens\": \(whole.count - 2)"))
  }

  @Test func `lead back to the normalised text`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", SmallText.lines.joined(separator: "\n") + "\n")
    let clean = try Jukta.run(["normalize", "-m", model, text]).text
    let back = try Jukta.run(
      [model, text], through: "\"$0\" encode -m \"$1\" \"$2\" | \"$0\" decode -m \"$1\"")
    #expect(back.status == 0, Comment(rawValue: back.errors))
    #expect(back.text == clean)
  }

  @Test func `give an empty line for an empty line`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let ids = try Jukta.run("encode", "-m", model, "--no-special-tokens", input: "\nগান\n\n").text
    #expect(
      ids.split(separator: "\n", omittingEmptySubsequences: false).map(\.isEmpty)
        == [true, false, true, true])
    #expect(try Jukta.run("decode", "-m", model, input: "\n\n").text == "\n\n")
  }

  @Test func `name the line that is not UTF-8, behind the lines before it`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("a.txt", Data("গান\nগাই\n".utf8) + Data([0x80, 0x0A]))
    let result = try Jukta.run(["encode", "-m", model, text])
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("jukta: ") && result.errors.contains("a.txt:3"))
    #expect(result.text.split(separator: "\n").count == 2)
  }

  @Test func `name a truncated file and a folder`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let packed = try `Bad input`.gzip(SmallText.text, in: scratch, "a.txt.gz")
    try `Bad input`.cutShort(packed)
    let result = try Jukta.run(["encode", "-m", model, packed, "-o", scratch.place("ids")])
    #expect(result.status == 1 && result.errors.contains("a.txt.gz"))
    #expect(!scratch.names.contains { $0.hasPrefix("ids") })
    let folder = try Jukta.run(["encode", "-m", model, scratch.path])
    #expect(folder.status == 1 && folder.errors.contains(scratch.path))
  }

  @Test func `name what is no id, with its line`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    for word in ["-1", "1.5", "0x10", "99999999999", "১"] {
      let result = try Jukta.run("decode", "-m", model, input: "5\n\n\(word)\n")
      #expect(result.status == 1)
      #expect(result.errors.contains("standard input:3") && result.errors.contains("'\(word)'"))
    }
  }

  @Test(arguments: [
    ["encode"], ["decode"], ["encode", "-m"], ["encode", "-m", "x", "--format", "xml"],
    ["encode", "-m", "x", "--offsets", "words"], ["decode", "-m", "x", "--threads", "-1"],
    ["normalize", "--preset", "nothing"], ["normalize", "--format", "csv"],
    ["normalize", "--threads", "0"], ["train", "magic"], ["nonsense"], ["--nonsense"],
  ])
  func `end with status 2 where they are called wrongly`(arguments: [String]) throws {
    let result = try Jukta.run(arguments)
    #expect(result.status == 2, Comment(rawValue: result.errors))
    #expect(result.output.isEmpty && result.errors.contains("--help"))
  }
}
