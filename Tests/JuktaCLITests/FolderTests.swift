import Foundation
import Testing

/// Folders of a tokenizer.json and configuration files that name more tokens, against what
/// transformers 5.24.0 made of them (Fixtures/transformers-5.24.0/make_configured.py).
@Suite struct `A folder whose configuration names tokens` {
  struct Configured: Decodable, Sendable {
    struct Folder: Decodable, Sendable, CustomTestStringConvertible {
      let name: String
      let base: String
      let files: [String: String]
      let encodings: [`A folder without a tokenizer.json`.Fixture.Case]
      var testDescription: String { name }
    }
    let bases: [String: String]
    let folders: [Folder]
  }

  static let fixtures: Configured = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/transformers-5.24.0/configured.json")
    let data = (try? Data(contentsOf: path)) ?? Data()
    return (try? JSONDecoder().decode(Configured.self, from: data))
      ?? Configured(bases: [:], folders: [])
  }()

  @Test func `all kinds are there`() { #expect(Self.fixtures.folders.count == 19) }

  @Test(arguments: fixtures.folders)
  func `encodes and decodes as transformers does`(_ fixture: Configured.Folder) throws {
    let base = try #require(Self.fixtures.bases[fixture.base])
    let scratch = try `A folder without a tokenizer.json`.folder(
      fixture.files.merging(["tokenizer.json": base]) { $1 })
    let input = fixture.encodings.map { $0.text + "\n" }.joined()
    let result = try Jukta.run("encode", "-m", scratch.path, "--format", "jsonl", input: input)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let ids = fixture.encodings.map { $0.ids.map(String.init).joined(separator: " ") + "\n" }
    let decoded = try Jukta.run(
      "decode", "-m", scratch.path, "--format", "jsonl", input: ids.joined())
    let lines = result.text.split(separator: "\n")
    let texts = decoded.text.split(separator: "\n")
    #expect(lines.count == fixture.encodings.count && texts.count == lines.count)
    for (index, expected) in fixture.encodings.enumerated() where index < lines.count {
      let found = try #require(
        try JSONSerialization.jsonObject(with: Data(lines[index].utf8)) as? [String: Any])
      #expect(found["ids"] as? [Int] == expected.ids, "\(expected.text)")
      #expect(
        (found["tokens"] as? [String])?.map { Array($0.utf8) }
          == expected.tokens.map { Array($0.utf8) }, "\(expected.text)")
      let text = try JSONDecoder().decode([String: String].self, from: Data(texts[index].utf8))
      #expect(
        text["text"].map { Array($0.utf8) } == expected.decoded.map { Array($0.utf8) },
        "\(expected.text)")
    }
  }

  @Test(arguments: [
    ("tokenizer_config.json", "{", "tokenizer_config.json: not JSON"),
    ("tokenizer_config.json", #"{"eos_token":5}"#, "eos_token"),
    ("tokenizer_config.json", #"{"added_tokens_decoder":{"x":{}}}"#, "added_tokens_decoder.x"),
    ("tokenizer_config.json", #"{"added_tokens_decoder":{"5":"a"}}"#, "added_tokens_decoder.5"),
    ("added_tokens.json", #"{"a":-1}"#, "added_tokens.json.a"),
    ("special_tokens_map.json", "[]", "special_tokens_map.json: expected an object"),
  ])
  func `that is broken is refused with the place`(
    _ name: String, _ content: String, _ place: String
  ) throws {
    let base = try #require(Self.fixtures.bases["unigram"])
    let scratch = try `A folder without a tokenizer.json`.folder(
      ["tokenizer.json": base, name: content])
    let result = try Jukta.run("encode", "-m", scratch.path, input: "ক\n")
    #expect(result.status == 1)
    #expect(
      result.errors.contains(place) && result.errors.contains(scratch.path), "\(result.errors)")
  }
}

/// Folders of vocab.json and merges.txt against what transformers 5.24.0 made of them
/// (Fixtures/transformers-5.24.0/make_folders.py).
@Suite struct `A folder without a tokenizer.json` {
  struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Case: Decodable, Sendable {
      let text: String
      let ids: [Int]
      let tokens: [String]
      let offsets: [[Int]]
      let decoded: String?
    }

    let name: String
    let files: [String: String]
    let encodings: [Case]
    var testDescription: String { name }
  }

  static let fixtures: [Fixture] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/transformers-5.24.0/folders.json")
    guard let data = try? Data(contentsOf: path) else { return [] }
    return (try? JSONDecoder().decode([Fixture].self, from: data)) ?? []
  }()

  static func folder(_ files: [String: String]) throws -> Scratch {
    let scratch = try Scratch()
    for (name, text) in files { scratch.file(name, text) }
    return scratch
  }

  @Test func `all kinds are there`() { #expect(Self.fixtures.count == 9) }

  @Test(arguments: fixtures)
  func `encodes as transformers does`(_ fixture: Fixture) throws {
    let scratch = try Self.folder(fixture.files)
    let input = fixture.encodings.map { $0.text + "\n" }.joined()
    let result = try Jukta.run("encode", "-m", scratch.path, "--format", "jsonl", input: input)
    #expect(result.status == 0, Comment(rawValue: result.errors))
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == fixture.encodings.count)
    for (line, expected) in zip(lines, fixture.encodings) {
      let found = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(found["ids"] as? [Int] == expected.ids, "\(expected.text)")
      #expect(
        (found["tokens"] as? [String])?.map { Array($0.utf8) }
          == expected.tokens.map { Array($0.utf8) }, "\(expected.text)")
      #expect(found["offsets"] as? [[Int]] == expected.offsets, "\(expected.text)")
    }
  }

  @Test(arguments: [
    (["vocab.json"], "/merges.txt: missing"), (["merges.txt"], "/vocab.json: missing"),
    (
      [],
      ": holds no tokenizer.json, no spiece.model or tokenizer.model, and not vocab.json with merges.txt either"
    ),
  ])
  func `is refused with the name of what is missing`(_ names: [String], _ reason: String) throws {
    let files = try #require(Self.fixtures.first).files.filter { names.contains($0.key) }
    let scratch = try Self.folder(files)
    let result = try Jukta.run("encode", "-m", scratch.path, input: "ক\n")
    #expect(result.status == 1 && result.errors.contains(scratch.path + reason), "\(result.errors)")
  }

  @Test(arguments: [
    (
      "tokenizer_config.json", #"{"tokenizer_class":"CLIPTokenizer"}"#,
      "tokenizer_config.json: tokenizer_class"
    ),
    ("tokenizer_config.json", #"{"tokenizer_class":7}"#, "tokenizer_config.json: tokenizer_class"),
    ("tokenizer_config.json", "[]", "tokenizer_config.json: expected an object"),
    ("tokenizer_config.json", "{", "tokenizer_config.json: not JSON"),
    ("tokenizer_config.json", #"{"add_prefix_space":1}"#, "add_prefix_space"),
    ("tokenizer_config.json", #"{"bos_token":{}}"#, "bos_token.content: missing"),
    ("tokenizer_config.json", #"{"added_tokens_decoder":{"x":{}}}"#, "added_tokens_decoder.x"),
    ("added_tokens.json", #"{"a":-1}"#, "added_tokens.json.a"),
    ("vocab.json", "{\"a\":0", "vocab.json: not JSON"),
    ("vocab.json", "{\"a\":\"0\"}", "vocab.json.a"),
    ("merges.txt", "a b c\n", "merges.txt:1"),
    ("merges.txt", "a ~\n", "merges.txt: merge 0 makes \"a~\""),
    ("merges.txt", "\nxx yy\n", "merges.txt:1"),
  ])
  func `whose files are broken is refused with the place`(
    _ name: String, _ content: String, _ place: String
  ) throws {
    var files = try #require(Self.fixtures.first).files
    files[name] = content
    let scratch = try Self.folder(files)
    let result = try Jukta.run("encode", "-m", scratch.path, input: "ক\n")
    #expect(result.status == 1 && result.errors.contains(place), "\(result.errors)")
  }
}
