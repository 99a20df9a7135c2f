import Foundation
import Testing

/// What strangers' files must not do: pass unseen where they are bad, drive the terminal, or make the
/// output grow faster than they do.
@Suite struct `A stranger's file` {
  static let bad = Data("ক\n".utf8) + Data([0xE0, 0xA6, 0x0A])

  @Test(arguments: [
    ["segment"], ["segment", "--explain"], ["segment", "--wrapped"], ["normalize"], ["inspect"],
    ["segment", "--threads", "3"],
  ])
  func `that is not UTF-8 is refused with its line`(_ command: [String]) throws {
    let scratch = try Scratch()
    let file = scratch.file("bad.txt", Self.bad)
    let result = try Jukta.run(command + [file])
    #expect(
      result.status == 1 && result.errors.contains("bad.txt:2: ")
        && result.errors.contains("not UTF-8"), "\(result.errors)")
    #expect(String(validating: result.output, as: UTF8.self) != nil)
  }

  @Test func `with bad UTF-8 in a record is refused, in the text and beside it`() throws {
    for record in ["{\"text\":\"\u{1}\",\"id\":1}", "{\"text\":\"ক\",\"x\":\"\u{1}\"}"] {
      let bytes = Data(record.utf8.map { $0 == 1 ? 0xFF : $0 } + [0x0A])
      let result = try Jukta.run(["segment", "--format", "jsonl"], input: bytes)
      #expect(result.status == 1 && result.errors.contains("standard input:1: not UTF-8"))
    }
  }

  @Test func `does not reach the terminal with its controls`() throws {
    let scratch = try Scratch()
    let model = scratch.file(
      "tokenizer.json", "{\"model\":{\"type\":\"\\u001b[31mred\\u202eder\\u009b\"}}")
    let result = try Jukta.run("encode", "-m", model, input: "ক\n")
    #expect(result.status == 1 && result.errors.contains("⟨U+001B⟩[31mred⟨U+202E⟩der⟨U+009B⟩"))
    let shown = try Jukta.run("inspect", input: "ক\u{202E}খ\u{1B}[0m\u{2028}র\u{200D}‍্য\n")
    #expect(shown.status == 0)
    for scalar: Unicode.Scalar in ["\u{202E}", "\u{1B}", "\u{2028}"] {
      #expect(!shown.text.unicodeScalars.contains(scalar))
    }
    #expect(shown.text.unicodeScalars.contains("\u{200D}"))
  }

  @Test func `is not quoted without end`() throws {
    let scratch = try Scratch()
    let long = String(repeating: "x", count: 100_000)
    let model = scratch.file("tokenizer.json", "{\"model\":{\"type\":\"\(long)\"}}")
    let result = try Jukta.run("encode", "-m", model, input: "ক\n")
    #expect(result.status == 1 && result.errors.utf8.count < 8000)
    #expect(result.errors.contains("[…94,") && result.errors.contains("characters…]"))
  }

  @Test(arguments: ["m.model", "tokenizer.json"])
  func `that is empty is told so by name, and a device is no model`(_ name: String) throws {
    let scratch = try Scratch()
    let result = try Jukta.run("encode", "-m", scratch.file(name, ""), input: "ক\n")
    #expect(result.status == 1 && result.errors.contains("/\(name): is empty"), "\(result.errors)")
    let device = try Jukta.run("encode", "-m", "/dev/zero", input: "ক\n")
    #expect(device.status == 1 && device.errors.contains("/dev/zero: is a device"))
  }

  @Test func `that is a text is answered with what to do`() throws {
    let result = try Jukta.run(["normalize", "আমি গান"])
    #expect(result.status == 1 && result.errors.contains("echo 'আমি গান' | jukta normalize"))
    let missing = try Jukta.run(["normalize", "nowhere.txt"])
    #expect(missing.status == 1 && !missing.errors.contains("echo"))
  }

  /// Texts that are twice as long make output that is twice as long, and not four times.
  @Test(
    arguments: ["\u{200D}", "\u{0982}", "\u{09CD}", "ক\u{09BE}", "\u{0981}\u{200C}"],
    ["text", "html"])
  func `makes inspect write in proportion`(_ part: String, _ format: String) throws {
    let sizes = try [500, 1000].map { count in
      let text = "ক" + String(repeating: part, count: count) + "\n"
      let result = try Jukta.run("inspect", "--format", format, input: text)
      #expect(result.status == 0)
      return result.output.count
    }
    #expect(sizes[1] < sizes[0] * 5 / 2, "\(sizes)")
  }
}
