import Foundation
import Testing

/// A line in, a line out, while standard input stays open: how another program talks to ours.
@Suite struct `A conversation through pipes` {
  static let texts = ["ক", "আমি বাংলায় গান গাই।", "", "a", "( [", "র‍্যাব ৳৫০", "Z*", "x"]

  /// What goes in for a text, for each command that answers with one line a line.
  static func commands(_ model: String) -> [(arguments: [String], isRecord: Bool)] {
    [
      (["encode", "-m", model], false), (["encode", "-m", model, "--format", "jsonl"], false),
      (["encode", "-m", model, "--format", "pieces"], false), (["normalize"], false),
      (["normalize", "--preset", "nmt_nfkc"], false), (["normalize", "--format", "jsonl"], false),
      (["segment", "--format", "jsonl"], true), (["inspect", "--format", "jsonl"], true),
    ]
  }

  static func record(_ text: String) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: ["text": text]), as: UTF8.self)
  }

  @Test(arguments: ["1", "4"])
  func `has an answer to each line before the next is asked`(_ threads: String) throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    for (arguments, isRecord) in Self.commands(model) {
      let asked = try isRecord ? Self.texts.map(Self.record) : Self.texts
      let whole = try Jukta.run(
        arguments, input: Data(asked.map { $0 + "\n" }.joined().utf8))
      let expected = whole.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(expected.count == asked.count, "\(arguments)")
      let partner = try Partner(arguments + ["--threads", threads])
      for (question, answer) in zip(asked, expected) {
        try partner.send(question + "\n")
        #expect(try partner.line() == answer, "\(arguments): \(question)")
      }
      let end = try partner.end()
      #expect(end.text.isEmpty && end.status == 0)
    }
  }

  @Test func `of ids has their text`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let partner = try Partner(["decode", "-m", model])
    for text in ["আমি", "গান গাই।"] {
      let ids = try Jukta.run("encode", "-m", model, input: text + "\n").text
      try partner.send(ids)
      #expect(try partner.line() == text)
    }
    #expect(try partner.end().status == 0)
  }

  @Test func `with segment and inspect in lines has all lines of each answer`() throws {
    for arguments in [
      ["segment"], ["segment", "--threads", "3"], ["segment", "--explain"],
      ["inspect"], ["segment", "--field", "text"],
    ] {
      let isRecord = arguments.contains("--field")
      let partner = try Partner(arguments)
      for text in ["আমি যাই। তুমি যাও।", "ড. রহমান এলেন। তিনি বসলেন।"] {
        let asked = (isRecord ? try Self.record(text) : text) + "\n"
        let whole = try Jukta.run(arguments, input: Data(asked.utf8)).text
        try partner.send(asked)
        for line in whole.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
          #expect(try partner.line() == line)
        }
      }
      #expect(try partner.end() == ("", 0))
    }
  }

  @Test func `with wrapped text has the sentences that are sure`() throws {
    let partner = try Partner(["segment", "--wrapped"])
    for text in ["আমি যাই।", "তুমি\nযাও।"] {
      try partner.send(text + "\n\n")
      #expect(try partner.line() == text.replacingOccurrences(of: "\n", with: " "))
    }
    #expect(try partner.end().status == 0)
  }

  @Test func `takes a line in pieces, many lines at once, and a last line without its end`() throws
  {
    let partner = try Partner(["normalize"])
    for character in "আমি  যা".unicodeScalars { try partner.send(String(character)) }
    try partner.send("ই\nতুমি")
    #expect(try partner.line() == "আমি যাই")
    let many = (0..<5000).map { "লাইন  \($0)\n" }.joined()
    try partner.send("\n" + many)
    #expect(try partner.line() == "তুমি")
    for index in 0..<5000 {
      let line = try partner.line()
      guard line == "লাইন \(index)" else {
        Issue.record("\(line)")
        break
      }
    }
    try partner.send("শেষ")
    #expect(try partner.end() == ("শেষ\n", 0))
  }

  @Test(arguments: Packing.allCases)
  func `in packed parts has the answer to each`(_ packing: Packing) throws {
    let partner = try Partner(["normalize"])
    for text in ["ক  খ", "গ  ঘ", "ঙ"] {
      try partner.send(packing.pack(text + "\n"))
      #expect(try partner.line() == text.replacingOccurrences(of: "  ", with: " "))
    }
    #expect(try partner.end() == ("", 0))
  }
}
