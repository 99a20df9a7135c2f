import Foundation
import Testing

@Suite struct `jukta evaluate` {
  private func models(_ result: Jukta.Result) throws -> [[String: Any]] {
    let report = try JSONSerialization.jsonObject(with: result.output) as? [String: Any]
    return try #require(report?["models"] as? [[String: Any]])
  }

  /// With clusters that the vocabulary has never seen, so that some are cut.
  private static let lines = SmallText.lines + ["ন্গ্যে র্ছ্বা ল্তৈ ব্ন্যি", "গ্টা ত্লে"]

  @Test func `counts as encode does, and cuts as the ranges say`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("text.txt", Self.lines.joined(separator: "\n") + "\n")
    let figures = try #require(
      try models(Jukta.run(["evaluate", "--format", "json", "-m", model, text])).first)
    let encoded = try Jukta.run(
      [
        "encode", "-m", model, "--no-special-tokens", "--format", "jsonl", "--offsets", "bytes",
        text,
      ])
    let inspected = try Jukta.run(
      ["inspect", "--format", "jsonl", "--details", "none"],
      input: Data(
        Self.lines.map { line in
          String(decoding: try JSONEncoder().encode(["text": line]), as: UTF8.self)
        }.joined(separator: "\n").utf8))
    var (tokens, cut, aksharas) = (0, 0, 0)
    for (first, second) in zip(
      encoded.text.split(separator: "\n"), inspected.text.split(separator: "\n"))
    {
      let encoding = try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any]
      let record = try JSONSerialization.jsonObject(with: Data(second.utf8)) as? [String: Any]
      let starts = Set((encoding?["offsets"] as? [[Int]] ?? []).map { $0[0] })
      tokens += (encoding?["ids"] as? [Int])?.count ?? 0
      var place = 0
      for akshara in record?["aksharas"] as? [String] ?? [] {
        let size = akshara.utf8.count
        defer { place += size }
        let first = akshara.unicodeScalars.first?.value ?? 0
        // Letters of Bengali; digits, dandas and spaces are no syllables.
        guard (0x0985...0x09CE).contains(first) || (0x09DC...0x09E3).contains(first) else {
          continue
        }
        aksharas += 1
        if (place + 1..<place + size).contains(where: starts.contains) { cut += 1 }
      }
    }
    #expect(figures["tokens"] as? Int == tokens)
    #expect(figures["aksharas"] as? Int == aksharas)
    #expect(figures["aksharas_cut"] as? Int == cut)
    #expect(cut > 0)
    let words = Self.lines.joined(separator: " ").split { $0 == " " }.count
    #expect(figures["words"] as? Int == words)
    let lengths = try #require(figures["token_lengths"] as? [Int])
    #expect(lengths.reduce(0, +) == tokens)
    #expect((figures["bits_per_character"] as? Double ?? 0) > 0.5)
  }

  @Test func `gives the same figures from any number of threads, and compares models`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let text = scratch.file("text.txt", String(repeating: SmallText.text, count: 200))
    let results = try ["1", "2", "5"].map { threads in
      try Jukta.run(
        ["evaluate", "--format", "json", "-m", model, "-m", model, "--threads", threads, text])
    }
    #expect(Set(results.map(\.output)).count == 1)
    #expect(try models(results[0]).count == 2)
  }

  @Test func `sees only unknown tokens in a script without pieces`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let result = try Jukta.run("evaluate", "--format", "json", "-m", model, input: "日本\n")
    let figures = try #require(try models(result).first)
    #expect((figures["unknown_tokens"] as? Int ?? 0) >= 1)
    #expect(figures["aksharas"] as? Int == 0)
  }

  @Test func `lines its table up, and writes a page without markup from outside`() throws {
    let scratch = try Scratch()
    let model = try SmallText.model(in: scratch)
    let evil = scratch.place("<img src=x>")
    try FileManager.default.copyItem(atPath: model, toPath: evil)
    let table = try Jukta.run("evaluate", "-m", model, "-m", evil, input: SmallText.text).text
    let rows = table.split(separator: "\n").prefix(3)
    #expect(Set(rows.map(\.count)).count == 1)
    let page = try Jukta.run(
      "evaluate", "--format", "html", "-m", evil, input: SmallText.text + "<script>\n"
    ).text
    #expect(page.contains("<svg") && !page.contains("<img") && !page.contains("<script>"))
  }

  @Test func `wants a model`() throws {
    #expect(try Jukta.run("evaluate", input: "").status == 2)
  }

  @Test func `comes after training as report.html, with the curves of EM`() throws {
    let scratch = try Scratch()
    let page = try String(
      contentsOfFile: try SmallText.model(in: scratch) + "/report.html", encoding: .utf8)
    #expect(page.components(separatedBy: "<polyline").count == 4)
    #expect(page.contains("tokens per word") && !page.contains(scratch.path))
  }

  /// Figures from ids and decoded pieces alone, in another way than evaluate's.
  @Test func `counts cuts inside characters of a byte-level model`() throws {
    let scratch = try Scratch()
    let text = scratch.file("train.txt", SmallText.text)
    let model = scratch.place("bytes")
    let trained = try Jukta.run(
      ["train", "bpe", text, "-o", model, "--byte-level", "--vocab-size", "270", "-q"])
    #expect(trained.status == 0, Comment(rawValue: trained.errors))
    let line = "কি খা গ"
    let encoded = try Jukta.run(
      ["encode", "-m", model, "--format", "pieces", "--no-special-tokens"],
      input: Data((line + "\n").utf8))
    // Each character of the pieces is a byte, so the ends of the pieces are ends in bytes.
    var ends: Set<Int> = []
    var place = 0
    for piece in encoded.text.dropLast().split(separator: " ") {
      place += piece.unicodeScalars.count
      ends.insert(place)
    }
    #expect(place == line.utf8.count)
    var (start, cut) = (0, 0)
    for word in ["কি", "খা", "গ"] {
      if (start + 1..<start + word.utf8.count).contains(where: ends.contains) { cut += 1 }
      start += word.utf8.count + 1
    }
    let figures = try #require(
      try models(
        Jukta.run(
          ["evaluate", "--format", "json", "-m", model], input: Data((line + "\n").utf8))
      ).first)
    #expect(figures["aksharas"] as? Int == 3)
    #expect(figures["aksharas_cut"] as? Int == cut && cut > 0)
    let lengths = try #require(figures["token_lengths"] as? [Int])
    #expect(
      lengths.enumerated().reduce(0) { $0 + $1.offset * $1.element } == line.unicodeScalars.count)
  }

  @Test func `lets bytes cost what an unknown character does`() throws {
    let scratch = try Scratch()
    let plain = try SmallText.model(in: scratch)
    let text = scratch.file("text.txt", "আমি😀 গান গাই। 😀😀\n")
    let bytes = scratch.place("bytes")
    let trained = try Jukta.run([
      "train", "unigram", scratch.place("train.txt"), "-o", bytes, "--vocab-size", "400", "-q",
      "--soft-vocab-limit", "--byte-fallback",
    ])
    #expect(trained.status == 0, Comment(rawValue: trained.errors))
    let figures = try models(
      Jukta.run(["evaluate", "--format", "json", "-m", plain, "-m", bytes, text]))
    let bits = figures.compactMap { $0["bits_per_character"] as? Double }
    #expect(bits.count == 2 && bits[1] > bits[0] / 2, "\(bits)")
  }
}
