import Foundation
import Testing

@Suite struct `jukta corpus text` {
  static let records = """
    {"content":"এক\\nদুই","metadata":{"identification":{"label":"bn","prob":0.9},\
    "annotation":["tiny"],"harmful_pp":100,"categories":["blog"],\
    "sentence_identifications":[{"label":"bn","prob":0.9},{"label":"bn","prob":0.3}]}}
    {"content":"তিন\\nfour","metadata":{"identification":{"label":"bn","prob":0.5},\
    "quality_warnings":["noisy"],"harmful_pp":900,"categories":["adult"],\
    "sentence_identifications":[{"label":"bn","prob":0.9},{"label":"en","prob":0.9}]}}
    {"content":"পাঁচ \\"ছয়\\""}

    """

  static func run(_ text: String, _ options: String...) throws -> Jukta.Result {
    try Jukta.run(["corpus", "text"] + options, input: Data(text.utf8))
  }

  @Test func `a document a line stays a document a line`() throws {
    let result = try Self.run("এক দুই\r\n\n  \nতিন", "--layout", "lines")
    #expect(result.status == 0)
    #expect(result.text == "এক দুই\nতিন\n")
  }

  @Test func `paragraphs and records have a blank line between them`() throws {
    #expect(try Self.run("এক\nদুই\n\n\n\nতিন").text == "এক\nদুই\n\nতিন\n")
    #expect(try Self.run(Self.records).text == "এক\nদুই\n\nতিন\nfour\n\nপাঁচ \"ছয়\"\n")
  }

  @Test func `records come out as JSON lines that read back the same`() throws {
    let json = try Self.run(Self.records, "--format", "jsonl").text
    let texts = try json.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])["text"]
    }
    #expect(texts == ["এক\nদুই", "তিন\nfour", "পাঁচ \"ছয়\""])
    #expect(
      try Self.run(json, "--field", "text").text == (try Self.run(Self.records)).text)
  }

  static let filters: [([String], String)] = [
    (["--min-language-prob", "0.9"], "এক\nদুই\n\nপাঁচ \"ছয়\"\n"),
    (["--drop-warnings", "tiny, noisy"], "পাঁচ \"ছয়\"\n"),
    (["--drop-warnings", "footer,noisy"], "এক\nদুই\n\nপাঁচ \"ছয়\"\n"),
    (["--min-harmful-pp", "100.5"], "তিন\nfour\n\nপাঁচ \"ছয়\"\n"),
    (["--max-harmful-pp", "899"], "এক\nদুই\n\nপাঁচ \"ছয়\"\n"),
    (["--line-language", "bn"], "এক\nদুই\n\nতিন\n\nপাঁচ \"ছয়\"\n"),
    (["--min-line-prob", "0.5"], "এক\n\nতিন\nfour\n\nপাঁচ \"ছয়\"\n"),
    (["--drop-categories", "adult,press"], "এক\nদুই\n\nপাঁচ \"ছয়\"\n"),
    (["--keep-categories", "blog"], "এক\nদুই\n"),
    (["--line-language", "en", "--keep-categories", "adult"], "four\n"),
  ]

  @Test(arguments: filters)
  func `each filter takes out what it names`(_ options: [String], _ expected: String) throws {
    let result = try Jukta.run(["corpus", "text"] + options, input: Data(Self.records.utf8))
    #expect(result.status == 0)
    #expect(result.text == expected)
  }

  @Test(arguments: Packing.allCases)
  func `packed text is read from standard input and from files of any name`(_ packing: Packing)
    throws
  {
    let scratch = try Scratch()
    let packed = scratch.file("odd.txt", packing.pack(Self.records))
    let expected = try Self.run(Self.records).text
    let piped = try Jukta.run(
      [packed], through: "cat \"$1\" \"$1\" | \"$0\" corpus text -")
    #expect(piped.text == expected + "\n" + expected)
    #expect(try Jukta.run(["corpus", "text", packed]).text == expected)
  }

  @Test func `-o writes a file that is there whole or not at all`() throws {
    let scratch = try Scratch()
    let good = scratch.file("good", "এক\n")
    let bad = scratch.file("bad", "দুই\n\0\n")
    let target = scratch.place("out")
    #expect(try Jukta.run(["corpus", "text", good, "-o", target]).status == 0)
    let failed = try Jukta.run(["corpus", "text", good, bad, "-o", target])
    #expect(failed.status == 1 && failed.errors.contains("\(bad):2: a NUL byte"))
    #expect(scratch.names == ["bad", "good", "out"])
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "এক\n")
  }

  @Test func `--skip-bad reports what was left out on standard error, unless quiet`() throws {
    let scratch = try Scratch()
    let lines = scratch.file("lines.jsonl", "{\"content\":\"এক\"}\n{\"content\":\n{}\n")
    let foreign = scratch.file("foreign.txt", Data([0xFF, 0xFE, 0x95, 0x09]))
    let arguments = ["corpus", "text", lines, foreign, "--skip-bad"]
    let result = try Jukta.run(arguments)
    #expect(result.status == 0)
    #expect(result.text == "এক\n")
    let report = result.errors.split(separator: "\n")
    #expect(report.first == "jukta: 2 broken lines and 1 broken file left out; the first:")
    #expect(report.count == 4)
    for (line, start) in zip(
      report.dropFirst(),
      ["\(lines):2: not JSON", "\(lines):3: there is no field", "\(foreign): looks like UTF-16LE"])
    {
      #expect(line.hasPrefix("  " + start))
    }
    let quiet = try Jukta.run(arguments + ["--quiet"])
    #expect(quiet.text == "এক\n" && quiet.errors.isEmpty)
  }

  @Test func `without --skip-bad the first broken line ends it with status 1`() throws {
    let result = try Self.run("{\"content\":\"এক\"}\n{\"title\":\"দুই\"}\n")
    #expect(result.status == 1)
    #expect(
      result.errors
        == "jukta: standard input:2: there is no field 'text' in this record; text is in 'title': "
        + "use --field title\n")
  }

  @Test(arguments: [
    ["--layout", "pdf"], ["--format", "xml"], ["--min-line-prob", "1.5"],
    ["--min-language-prob", "-0.1"], ["--min-harmful-pp", "many"], ["--nonsense"],
  ])
  func `bad usage ends with status 2`(_ options: [String]) throws {
    let result = try Jukta.run(["corpus", "text"] + options, input: Data())
    #expect(result.status == 2)
    #expect(result.output.isEmpty && result.errors.contains("--help"))
  }
}
