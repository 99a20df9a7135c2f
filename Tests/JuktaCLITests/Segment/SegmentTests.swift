import Foundation
import Testing

@Suite struct `jukta segment` {
  static let text = "ড. রহমান এসেছেন। “কে?” সে বলল।\n\nশিরোনাম\n"

  static func objects(_ result: Jukta.Result) throws -> [NSDictionary] {
    try result.text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
    }
  }

  @Test func `text comes out one sentence a line`() throws {
    let result = try Jukta.run("segment", input: Self.text)
    #expect(result.status == 0)
    #expect(result.text == "ড. রহমান এসেছেন।\n“কে?” সে বলল।\nশিরোনাম\n")
  }

  @Test func `in records the text gives way to sentences and ranges, and all else stays as it is`()
    throws
  {
    let record = #"{ "id" : 7.0e1,"text":"ক খ। গ\tঘ? \"ঙ\"" ,"x":{"b":[1, 2],"a":"é"}}"#
    let result = try Jukta.run("segment", "--format", "jsonl", input: record + "\n")
    let sentences = #""sentences":["ক খ।","গ\tঘ?","\"ঙ\""],"ranges":[[0,10],[11,19],[20,25]]"#
    #expect(
      result.text == #"{ "id" : 7.0e1,"# + sentences + #" ,"x":{"b":[1, 2],"a":"é"}}"# + "\n")
  }

  @Test(arguments: [
    ("bytes", [[0, 10], [11, 18]]), ("scalars", [[0, 4], [5, 7]]), ("utf16", [[0, 4], [5, 8]]),
  ])
  func `ranges count what was asked for`(_ unit: String, _ ranges: [[Int]]) throws {
    let result = try Jukta.run(
      "segment", "--format", "jsonl", "--offsets", unit, input: "{\"text\":\"ক খ। গ\u{1F600}\"}\n")
    #expect(try Self.objects(result)[0]["ranges"] as? [[Int]] == ranges)
  }

  @Test func `escapes of the text are read before it is cut`() throws {
    let record = #"{"text":"\u0995\u0995\u0964\u0996 \ud83d\ude00 \/ \u00e9\n\b\f\r"}"#
    let found = try Self.objects(try Jukta.run("segment", "--format", "jsonl", input: record))
    #expect(found[0]["sentences"] as? [String] == ["কক।", "খ 😀 / é", "\u{8}"])
  }

  @Test func `OSCAR's records go in with --field content`() throws {
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Resources/sample/bn_meta_part_1.jsonl.zst")
      .standardizedFileURL
      .path
    let plain = try Packing.text(sample).split(separator: "\n")
    let result = try Jukta.run(["segment", "--format", "jsonl", "--field", "content", sample])
    let found = try Self.objects(result)
    #expect(found.count == plain.count)
    for (line, object) in zip(plain, found) {
      let before = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let text = Array(try #require(before["content"] as? String).utf8)
      let ranges = try #require(object["ranges"] as? [[Int]])
      let pieces = ranges.map { String(decoding: text[$0[0]..<$0[1]], as: UTF8.self) }
      #expect(object["sentences"] as? [String] == pieces)
      for (key, value) in before where key != "content" {
        #expect((object[key] as? NSObject) == (value as? NSObject))
      }
    }
  }

  @Test func `a field inside an object is reached by dots`() throws {
    let result = try Jukta.run(
      "segment", "--format", "jsonl", "--field", "a.b",
      input: #"{"b":"x. y","a":{"c":1,"b":"কথা। খ"}}"#)
    #expect(
      result.text
        == #"{"b":"x. y","a":{"c":1,"sentences":["কথা।","খ"],"ranges":[[0,12],[13,16]]}}"# + "\n")
  }

  @Test func `records can come out as plain lines`() throws {
    let result = try Jukta.run(
      "segment", "--field", "text", input: "{\"text\":\"কথা। খ\"}\n{\"text\":\"গ\"}\n")
    #expect(result.text == "কথা।\nখ\nগ\n")
  }

  @Test(arguments: ["1", "2", "5"])
  func `for pre-training a blank line stands between documents`(_ threads: String) throws {
    let records = (0..<4000).map { "{\"content\":\"আমি \($0)। তুমি কে?\\nশেষ\"}" }
    let result = try Jukta.run(
      ["segment", "--pretrain", "--threads", threads],
      input: Data((records.joined(separator: "\n") + "\n").utf8))
    let expected = (0..<4000).map { "আমি \($0)।\nতুমি কে?\nশেষ\n" }.joined(separator: "\n")
    #expect(result.text == expected)
  }

  @Test func `for pre-training a paragraph of plain text is a document`() throws {
    let result = try Jukta.run("segment", "--pretrain", input: "কথা। খ\nগ\n\n\nঘর। ঙ\n")
    #expect(result.text == "কথা।\nখ\nগ\n\nঘর।\nঙ\n")
  }

  @Test(arguments: ["1", "2", "7"])
  func `the number of workers does not show in the output`(_ threads: String) throws {
    let scratch = try Scratch()
    let file = scratch.file("a.txt", (0..<3000).map { "\($0) " + SmallText.text }.joined())
    let one = try Jukta.run(["segment", file, "--threads", "1"])
    #expect(try Jukta.run(["segment", file, "--threads", threads]).output == one.output)
  }

  @Test func `wrapped text is put together again`() throws {
    let result = try Jukta.run("segment", "--wrapped", input: "আমি কাল\nঢাকা যাব। সে\r\nথাকবে\n\nশেষ")
    #expect(result.text == "আমি কাল ঢাকা যাব।\nসে থাকবে\nশেষ\n")
  }

  @Test func `abbreviations of one's own come from a file`() throws {
    let scratch = try Scratch()
    let file = scratch.file("words.txt", "# ours\nচেয়ার.\n\nভাইস চেয়ার.\n")
    let result = try Jukta.run(
      "segment", "--abbreviations", file, input: "চেয়ার. হাসান এলেন। সবাই বসল।\n")
    #expect(result.text == "চেয়ার. হাসান এলেন।\nসবাই বসল।\n")
  }

  @Test func `quotations stay whole, and long sentences do not, if asked for`() throws {
    let text = "সে বলল, “ভয় নেই। আমি আছি।”\n"
    #expect(try Jukta.run("segment", "--keep-quotations", input: text).text == text)
    let long = String(repeating: "আকাশ ", count: 40)
    let lines = try Jukta.run("segment", "--max-length", "64", input: long).text
      .split(separator: "\n")
    #expect(lines.count > 5 && lines.allSatisfy { $0.utf8.count <= 64 })
  }

  @Test func `what decided is told with --explain`() throws {
    let result = try Jukta.run("segment", "--explain", input: "ড. রহমান এলেন। “কে?” সে বলল।\n")
    let rows = result.text.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.map { $0[3] } == ["abbreviation", "terminator", "reportingClause", "lineEnd"])
    #expect(rows.map { $0[2] } == ["rule 4", "rule 1", "rule 2", "rule 9"])
    #expect(rows.map { $0[1] } == ["-", "boundary", "-", "boundary"])
    let record = try Jukta.run(
      "segment", "--explain", "--format", "jsonl", input: "{\"text\":\"ড. ক\"}\n")
    let decisions = try Self.objects(record)[0]["decisions"] as? [[String: Any]]
    #expect(decisions?.first?["rule"] as? String == "abbreviation")
    #expect(decisions?.first?["policy"] as? Int == 4)
  }

  @Test(arguments: [
    ("{\"text\":\"ক\"}\n{\"text\":\n", "standard input:2", "ends in the middle"),
    ("[1]\n", "standard input:1", "not a JSON object"),
    ("{\"content\":\"ক\"}\n", "no field \"text\"", "content"),
    ("{\"text\":5}\n", "standard input:1", "not a string"),
    ("{\"text\":\"\\ud800\"}\n", "standard input:1", "surrogate"),
    ("{\"text\":\"ক\",\"n\":01}\n", "standard input:1", "expected a value"),
    ("{\"text\":\"ক\"} x\n", "standard input:1", "text after the end"),
  ])
  func `a broken record is named with its line`(_ input: String, _ one: String, _ other: String)
    throws
  {
    let result = try Jukta.run("segment", "--format", "jsonl", input: input)
    #expect(result.status == 1)
    #expect(
      result.errors.contains(one) && result.errors.contains(other), Comment(rawValue: result.errors)
    )
  }

  @Test(arguments: [
    ["--format", "xml"], ["--max-length", "5"], ["--pretrain", "--format", "jsonl"],
    ["--pretrain", "--explain"], ["--wrapped", "--explain"], ["--threads", "0"],
  ])
  func `bad usage ends with status 2`(_ options: [String]) throws {
    #expect(try Jukta.run(["segment"] + options, input: Data("ক".utf8)).status == 2)
  }

  @Test(arguments: [
    (#"{"sentences":["x"],"text":"ক।","id":1}"#, #"{"#, #","id":1}"#),
    (#"{"text":"ক।","ranges":5}"#, "{", "}"),
    (
      #"{"a":1, "sentences":0 ,"ranges":{}, "text":"ক।" , "sentences":2,"b":12345678901234567890}"#,
      #"{"a":1, "#, #","b":12345678901234567890}"#
    ),
    (#"{"text":"খ","text":"ক।"}"#, "{", "}"),
    (#"{"sentences":1,"x":{"sentences":2},"text":"ক।"}"#, #"{"x":{"sentences":2},"#, "}"),
  ])
  func `writes no key twice, and the rest byte for byte`(
    _ record: String, _ start: String, _ end: String
  ) throws {
    let result = try Jukta.run("segment", "--format", "jsonl", input: record + "\n")
    #expect(
      result.text == start + #""sentences":["ক।"],"ranges":[[0,6]]"# + end + "\n", "\(result.text)")
  }
}
