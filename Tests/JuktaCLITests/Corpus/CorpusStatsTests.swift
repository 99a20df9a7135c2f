import Foundation
import Testing

@Suite struct `jukta corpus stats` {
  /// The sample corpus: every layout that OSCAR has had.
  static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Resources/sample").standardizedFileURL.path
  static let layouts = [
    "bn_dedup.txt.gz": "lines", "bn_part_1.txt.gz": "paragraphs", "bn_part_1.jsonl.gz": "jsonl",
    "bn_meta_part_1.jsonl.zst": "jsonl",
  ]
  static var paths: [String] { layouts.keys.sorted().map { sample + "/" + $0 } }

  /// Statistics as a program reads them.
  static func stats(_ arguments: [String], input: String = "") throws -> NSDictionary {
    let result = try Jukta.run(
      ["corpus", "stats", "--format", "json"] + arguments, input: Data(input.utf8))
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return try #require(try JSONSerialization.jsonObject(with: result.output) as? NSDictionary)
  }

  @Test func `the layout of each file of the sample is found`() throws {
    let found = try Self.stats(Self.paths)["files"] as? [String: String]
    #expect(
      found
        == [String: String](
          uniqueKeysWithValues: Self.layouts.map { (Self.sample + "/" + $0, $1) }))
  }

  @Test(arguments: ["bn_part_1.jsonl.gz", "bn_meta_part_1.jsonl.zst"])
  func `what is counted in records is what Foundation's parser finds`(_ name: String) throws {
    let text = try Packing.text(Self.sample + "/" + name)
    var lines = 0
    var bytes = 0
    var warnings: [String: Int] = [:]
    var languages: [String: Int] = [:]
    let records = text.split(separator: "\n")
    for record in records {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any])
      let content = try #require(object["content"] as? String)
      lines += content.utf8.split(separator: 0x0A).count { $0.contains { $0 > 0x20 } }
      bytes += content.utf8.count
      let metadata = try #require(object["metadata"] as? [String: Any])
      for warning in (metadata["quality_warnings"] ?? metadata["annotation"]) as? [String] ?? [] {
        warnings[warning, default: 0] += 1
      }
      for line in metadata["sentence_identifications"] as? [Any] ?? [] {
        languages[(line as? [String: Any])?["label"] as? String ?? "none", default: 0] += 1
      }
    }
    let found = try Self.stats([Self.sample + "/" + name])
    #expect(records.count > 10 && !warnings.isEmpty && !languages.isEmpty)
    #expect(found["documents"] as? Int == records.count)
    #expect(found["lines"] as? Int == lines)
    #expect(found["bytes"] as? Int == bytes)
    #expect(found["warnings"] as? [String: Int] == warnings)
    #expect(found["line_languages"] as? [String: Int] == languages)
  }

  @Test(arguments: ["1", "2", "7"])
  func `the figures do not depend on the number of workers or the order of files`(
    _ threads: String
  ) throws {
    let one = try Self.stats(Self.paths + ["--threads", "1"])
    #expect(try Self.stats(Self.paths.reversed() + ["--threads", threads]) == one)
  }

  @Test func `the text of a dump has the figures of the dump`() throws {
    let scratch = try Scratch()
    for name in Self.layouts.keys.sorted() {
      let dump = Self.sample + "/" + name
      let text = scratch.place(name + ".txt")
      #expect(try Jukta.run(["corpus", "text", dump, "-o", text]).status == 0)
      let (before, after) = (try Self.stats([dump]), try Self.stats([text]))
      for key in ["documents", "lines", "words", "characters", "bytes", "scripts"] {
        #expect((before[key] as? NSObject) == (after[key] as? NSObject), "\(name): \(key)")
      }
    }
  }

  @Test func `what filters drop is counted under their names`() throws {
    let found = try Self.stats(
      ["--drop-warnings", "tiny", "--min-harmful-pp", "500", "--line-language", "bn"],
      input: `jukta corpus text`.records)
    #expect(found["documents"] as? Int == 3 && found["kept"] as? Int == 2)
    #expect(found["dropped"] as? [String: Int] == ["drop-warnings": 1])
    #expect(found["dropped_lines"] as? Int == 1)
  }

  @Test func `tables for reading have the same figures`() throws {
    let result = try Jukta.run(
      ["corpus", "stats", "--min-harmful-pp", "500", "--skip-bad"],
      input: Data((`jukta corpus text`.records + "broken\n").utf8))
    #expect(result.status == 0)
    let lines = result.text.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    for line in [
      "documents 2 kept of 3", "broken 1 lines, 0 files", "jsonl standard input",
      "1 50.0 % noisy", "1 33.3 % min-harmful-pp", "words 4",
    ] {
      #expect(lines.contains(line), "\(line) is missing in \(result.text)")
    }
    #expect(
      result.errors.contains("1 broken line left out") && result.errors.contains("standard input:4")
    )
  }

  @Test(arguments: [("", 0), ("\n\n", 0), ("{\"content\":\"\"}", 1)])
  func `a corpus of nothing has figures too`(_ text: String, _ documents: Int) throws {
    let found = try Self.stats([], input: text)
    #expect(found["documents"] as? Int == documents)
    #expect(found["words"] as? Int == 0 && found["bytes"] as? Int == 0)
    #expect(try Jukta.run("corpus", "stats", input: text).status == 0)
  }

  @Test func `numbers of any size can be written`() throws {
    let record =
      #"{"content":"ক","metadata":{"identification":{"label":"bn","prob":7e200},"harmful_pp":1e300}}"#
    let found = try Self.stats([], input: record)
    #expect((found["harmful_pp"] as? [String: Double])?["p50"] ?? 0 > 9e299)
    #expect(try Jukta.run("corpus", "stats", input: record).status == 0)
  }

  @Test(arguments: [
    ["--threads", "0"], ["--threads", "x"], ["--format", "yaml"], ["--layout", ""],
  ])
  func `bad usage ends with status 2`(_ options: [String]) throws {
    let result = try Jukta.run(["corpus", "stats"] + options, input: Data())
    #expect(result.status == 2)
    #expect(result.errors.contains("--help"))
  }
}
