import Foundation
import Testing

@Suite struct `jukta inspect` {
  private func record(_ text: String, _ options: String...) throws -> [String: Any] {
    let input = try JSONSerialization.data(withJSONObject: ["id": 7, "text": text, "more": "x"])
    let result = try Jukta.run(["inspect", "--format", "jsonl"] + options, input: input)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONSerialization.jsonObject(with: result.output) as? [String: Any] ?? [:]
  }

  @Test func `gives the six fields of the contract`() throws {
    let record = try record("ক্ষ্মী হঠাত্")
    #expect(
      Set(record.keys) == ["id", "graphemes", "aksharas", "conjuncts", "anomalies", "details"])
    #expect(record["id"] as? Int == 7)
    #expect(record["graphemes"] as? [String] == ["ক্ষ্মী", " ", "হ", "ঠা", "ত্"])
    #expect(record["aksharas"] as? [String] == ["ক্ষ্মী", " ", "হ", "ঠা", "ত্"])
    #expect(record["conjuncts"] as? [String] == ["ক্ষ্ম"])
    #expect(record["anomalies"] as? [String] == ["khanda-ta-sequence"])
    let details = try #require(record["details"] as? [[String: Any]])
    #expect(details.first?["ranges"] as? [[Int]] == [[10, 12]])
    #expect(details.first?["repairs"] as? [String] == ["ৎ"])
  }

  @Test func `tells structure, names and normal forms where all details are wanted`() throws {
    let details = try #require(
      try record("র্\u{09DF}", "--details", "all")["details"] as? [[String: Any]])
    let forms = try #require(details.first { $0["normal_forms"] != nil }?["normal_forms"])
    #expect((forms as? [String: Any])?["nfd"] as? [[Int]] == [[0, 3]])
    let akshara = try #require(details.first { $0["akshara"] != nil })
    let parts = try #require(akshara["parts"] as? [[String: String]])
    #expect(parts.map { $0["role"] } == ["reph", "hasanta", "consonant"])
    #expect(parts.first?["bengali"] == "রেফ")
    #expect(parts.first?["name"] == "BENGALI LETTER RA")
  }

  @Test func `repairs what is safe and tells the way back`() throws {
    let record = try record("অামি", "--fix")
    #expect(record["fixed"] as? String == "আমি")
    let changes = try #require(record["changes"] as? [[String: Any]])
    #expect(changes.first?["range"] as? [Int] == [0, 2])
    #expect(changes.first?["anomaly"] as? String == "vowel-lookalike")
  }

  @Test func `keeps ids of any kind, and passes over empty lines`() throws {
    let result = try Jukta.run(
      "inspect", "--format", "jsonl", "--details", "none",
      input: "{\"id\":{\"a\":[1,null]},\"text\":\"\"}\n\n{\"text\":\"ক\"}\n")
    #expect(
      result.text == """
        {"id":{"a":[1,null]},"graphemes":[],"aksharas":[],"conjuncts":[],"anomalies":[],"details":[]}
        {"id":null,"graphemes":["ক"],"aksharas":["ক"],"conjuncts":[],"anomalies":[],"details":[]}

        """)
  }

  @Test(arguments: [
    ("{\"id\":1}", "standard input:1: the record has no 'text'; name the field with --field"),
    ("{\"text\":3}", "standard input:1: 'text' is a number, not a string"),
    ("ক", "standard input:1: not a JSON record: byte 0"),
  ])
  func `says which record is bad`(input: String, message: String) throws {
    let result = try Jukta.run("inspect", "--format", "jsonl", input: input)
    #expect(result.status == 1)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func `says where a line is not UTF-8`() throws {
    let result = try Jukta.run(["inspect"], input: Data([0xE0, 0xA6, 0x95, 0xFF, 0x0A]))
    #expect(result.status == 1)
    #expect(result.errors.contains("not UTF-8, at byte 3"))
  }

  @Test func `takes arguments as texts, and paths as files`() throws {
    let text = try Jukta.run(["inspect", "ক্ষ"])
    #expect(text.text.contains("KA"))
    let missing = try Jukta.run(["inspect", "nowhere/at-all.txt"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("nowhere/at-all.txt"))
  }

  @Test func `lets no control character through to a terminal`() throws {
    let result = try Jukta.run("inspect", input: "ক\u{1B}[31mখ\n")
    #expect(!result.output.contains(0x1B))
  }

  @Test func `lines columns up by what is seen`() throws {
    let rows = try Jukta.run(["inspect", "ক্ষ্মী কা"]).text.split(separator: "\n")
      .filter { $0.contains("U+") }
    let columns = rows.map { row -> Int in
      let before = row.unicodeScalars.prefix { $0 != "U" }
      return before.count { $0.properties.generalCategory != .nonspacingMark }
    }
    #expect(Set(columns).count == 1)
  }

  @Test func `writes a page that holds text, never markup`() throws {
    let evil = "<script>alert('ক')</script>\"&<img src=x onerror=alert(1)>"
    let page = try Jukta.run("inspect", "--format", "html", input: evil + "\n").text
    #expect(page.contains("Unicode 17.0.0"))
    let body = page[(page.range(of: "<body>")?.upperBound ?? page.startIndex)...]
    #expect(!body.contains("<script"))
    #expect(!body.contains("<img"))
    // Each character is an akshara of its own, escaped.
    #expect(body.contains(">&lt;</span>"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }

  @Test func `shows the most likely ways to cut a word`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let input = "{\"id\":1,\"text\":\"আমি বাংলায় গাই\"}\n"
    let json = try Jukta.run(
      "inspect", "--format", "jsonl", "-m", model, "--n-best", "3", input: input)
    #expect(json.status == 0, Comment(rawValue: json.errors))
    #expect(json.text.contains("\"nbest\":[{\"word\":\"▁আমি\",\"ways\":[{\"tokens\":["))
    let spiece = `SentencePiece's presets of normalize`.fixtures + "/unigram.model"
    let list = try Jukta.run(
      "inspect", "--format", "jsonl", "-m", spiece, "--n-best", "3", input: input)
    #expect(list.text.contains("\"nbest\":[{\"word\":\"▁আমি\",\"ways\":[{\"tokens\":["))
    let plain = try Jukta.run("inspect", "--format", "jsonl", "-m", model, input: input)
    #expect(!plain.text.contains("nbest"))
    let page = try Jukta.run("inspect", "--format", "html", "-m", model, input: "আমি <b>\n")
    #expect(page.text.contains("other ways to cut") && !page.text.contains("<b>\n"))
    let usage = try Jukta.run("inspect", "--n-best", "-1", input: input)
    #expect(usage.status == 2)
  }

  @Test func `shows tokens of several models, whatever they and their folders are called`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let evil = scratch.place("<img src=x onerror=alert(1)>")
    try FileManager.default.copyItem(atPath: model, toPath: evil)
    let file = evil + "/tokenizer.json"
    let json = try String(contentsOfFile: file, encoding: .utf8)
    // A piece of the vocabulary that is markup.
    try json.replacingOccurrences(of: "\"ক\"", with: "\"<b>ক\"").write(
      toFile: file, atomically: true, encoding: .utf8)
    let page = try Jukta.run(
      "inspect", "--format", "html", "-m", model, "-m", evil, input: "আমি <b>ক গান গাই।\n")
    #expect(page.status == 0, "\(page.errors)")
    #expect(!page.text.contains("<img") && !page.text.contains("<b>ক"))
    #expect(page.text.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(page.text.components(separatedBy: "class=\"toks\"").count == 3)
  }

  @Test(arguments: [
    "1234567890123456789", "9007199254740993", "1.50", "-0", "1e5", "\"\\u0995\"", "null",
    "[1, 2.0 ]", "{\"a\": 1}",
  ])
  func `jsonl gives the id back byte for byte`(_ id: String) throws {
    let result = try Jukta.run(
      "inspect", "--format", "jsonl", input: "{\"text\":\"ক\",\"id\":0,\"id\": \(id) }\n")
    #expect(result.status == 0, Comment(rawValue: result.errors))
    #expect(result.text.hasPrefix("{\"id\":\(id),\"graphemes\""), "\(result.text)")
  }
}
