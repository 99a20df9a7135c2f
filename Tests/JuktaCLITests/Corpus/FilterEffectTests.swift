import Foundation
import Testing

@Suite struct `What each filter would drop` {
  struct Row: Hashable {
    let option: String
    let value: String
    let documents: Int
    let bytes: Int
    let lines: Int?
  }

  static func rows(_ stats: NSDictionary) throws -> [Row] {
    let groups = try #require(stats["filters"] as? [[String: Any]])
    return try groups.flatMap { group in
      let option = try #require(group["filter"] as? String)
      return try #require(group["values"] as? [[String: Any]]).map { row in
        Row(
          option: option, value: try #require(row["value"] as? String),
          documents: try #require(row["documents"] as? Int),
          bytes: try #require(row["bytes"] as? Int), lines: row["lines"] as? Int)
      }
    }
  }

  // Each run of the program takes its time: a value or two a filter here, all of them in the
  // library's own test.
  @Test func `is what it drops when it runs`() throws {
    let paths = `jukta corpus stats`.paths
    let whole = try `jukta corpus stats`.stats(paths)
    let rows = try Self.rows(whole)
    // Every option is there, and those with names have names where the sample has metadata.
    #expect(rows.count > 45)
    let (documents, bytes) = (
      try #require(whole["documents"] as? Int), try #require(whole["bytes"] as? Int)
    )
    for (index, row) in rows.enumerated() where index.isMultiple(of: 5) {
      let run = try `jukta corpus stats`.stats(paths + ["--" + row.option, row.value])
      let found = Row(
        option: row.option, value: row.value, documents: documents - (run["kept"] as? Int ?? 0),
        bytes: bytes - (run["bytes"] as? Int ?? 0),
        lines: row.lines == nil ? nil : run["dropped_lines"] as? Int)
      #expect(found == row)
      // Whatever is on, each is told by itself.
      #expect(try Self.rows(run) == rows, "\(row)")
    }
    #expect(rows.contains { $0.documents > 0 })
  }

  @Test func `says plainly where there are no metadata`() throws {
    let text = try Jukta.run("corpus", "stats", input: "এক দুই\nতিন\n").text
    #expect(text.contains("--drop-warnings  (no metadata: no document has quality warnings)"))
    #expect(
      text.contains("--keep-categories  (no metadata: no document has categories; the others drop)")
    )
    #expect(text.contains("of 2 documents and 25 bytes"))
    #expect(
      text.split(separator: "\n").last?.split(separator: " ").joined(separator: " ")
        == "2000 2 documents 100.0 % 25 bytes 100.0 %")
  }

  @Test func `shows names as text in the page`() throws {
    let record = #"{"content":"ক","metadata":{"quality_warnings":["<img src=x>"]}}"#
    let page = try Jukta.run("corpus", "stats", "--html", input: record).text
    #expect(page.contains("<section id=\"filters\">") && !page.contains("<img"))
    #expect(page.contains("&lt;img src=x&gt;</td><td class=\"n\">1</td><td class=\"n\">100.0 %"))
    #expect(page.contains("no metadata: no document has harmful_pp"))
  }

  @Test func `a length that is none ends with status 2`() throws {
    #expect(try Jukta.run("corpus", "text", "--min-chars", "-1", input: "ক").status == 2)
  }

  @Test func `short documents go, counted in characters of what line filters leave`() throws {
    let records = `jukta corpus text`.records
    let found = try `jukta corpus text`.run(records, "--min-chars", "7")
    #expect(found.text == "তিন\nfour\n\nপাঁচ \"ছয়\"\n")
    let lines = try `jukta corpus text`.run(records, "--min-chars", "7", "--line-language", "bn")
    #expect(lines.text == "পাঁচ \"ছয়\"\n")
    #expect(
      try `jukta corpus text`.run("এক\nদুই তিন\n", "--layout", "lines", "--min-chars", "4").text
        == "দুই তিন\n")
  }
}
