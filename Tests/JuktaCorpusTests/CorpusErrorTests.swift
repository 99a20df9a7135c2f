import TestPacking
import Testing

@testable import JuktaCorpus

/// Every message: the place, the reason, and what to do.
@Suite struct `Corpus errors` {
  /// Expects that reading some bytes ends in this message, after the file's path.
  static func expect(
    _ bytes: [UInt8], _ message: String, options: Corpus.Options = Corpus.Options(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let files = try Files()
    let path = files.add("a", bytes)
    let found = try failure([path], options)
    #expect(found?.description == path + message, sourceLocation: sourceLocation)
  }

  static func expect(
    _ text: String, _ message: String, options: Corpus.Options = Corpus.Options(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(Array(text.utf8), message, options: options, sourceLocation: sourceLocation)
  }

  @Test func `a missing file`() throws {
    #expect(
      try failure(["/nowhere/bn.txt"])?.description
        == "/nowhere/bn.txt: cannot be read: No such file or directory")
  }

  @Test func `a folder`() throws {
    let files = try Files()
    #expect(
      try failure([files.folder])?.description
        == "\(files.folder): is a folder; name the files in it, for example \(files.folder)/*")
  }

  @Test func `a truncated file`() throws {
    let packed = Packed.zstd("এক\nদুই\n")
    try Self.expect(
      Array(packed.dropLast()),
      ":3: zstd data ends in the middle at byte \(packed.count - 1) of the file; "
        + "download or copy it again")
  }

  static let encodings: [([UInt8], String)] = [
    ([0xFF, 0xFE, 0x95, 0x09], "UTF-16LE"), ([0xFE, 0xFF, 0x09, 0x95], "UTF-16BE"),
    ([0xFF, 0xFE, 0, 0, 0x95, 0x09, 0, 0], "UTF-32LE"),
    ([0, 0, 0xFE, 0xFF, 0, 0, 0x09, 0x95], "UTF-32BE"),
    (Array("plain text".utf8.flatMap { [$0, 0] }), "UTF-16LE"),
    (Array("plain text".utf8.flatMap { [0, $0] }), "UTF-16BE"),
  ]

  @Test(arguments: encodings)
  func `another encoding`(_ bytes: [UInt8], _ name: String) throws {
    try Self.expect(bytes, ": looks like \(name); recode it: iconv -f \(name) -t UTF-8")
    try Self.expect(
      Packed.gzip(bytes), ": looks like \(name); recode it: iconv -f \(name) -t UTF-8")
  }

  /// Bytes of a second line, the first bad one and where it is.
  static let notUTF8: [([UInt8], byte: String, offset: Int)] = [
    ([0xFF], "FF", 0), (Array("ক".utf8) + [0x80], "80", 3), ([0x61, 0xE0, 0xA6], "E0", 1),
    ([0xC0, 0x80], "C0", 0), ([0x61, 0xED, 0xA0, 0x80], "ED", 1),
    ([0xF4, 0x90, 0x80, 0x80], "F4", 0), (Array("😀".utf8.dropLast()), "F0", 0),
  ]

  @Test(arguments: notUTF8)
  func `bytes that are not UTF-8`(_ line: [UInt8], _ byte: String, _ offset: Int) throws {
    try Self.expect(
      Array("এক\n".utf8) + line + Array("\nতিন\n".utf8),
      ":2: not UTF-8: byte 0x\(byte) at byte \(offset) of the line; recode the file, or leave "
        + "such lines out")
  }

  @Test func `a NUL byte`() throws {
    try Self.expect(
      "এক\nদুই\nতিন \0\n",
      ":3: a NUL byte at byte 10 of the line: this is no text file, or a damaged one; "
        + "such lines can be left out")
  }

  @Test func `a line too long`() throws {
    try Self.expect(
      String(repeating: "a", count: 200),
      ":1: the line is longer than 128 bytes; is this a text file?",
      options: .with {
        $0.blockSize = 64
        $0.lineLimit = 128
      })
  }

  @Test(arguments: [
    "{\"content\":", "{\"content\":\"এক\"} {}", "{content:\"এক\"}", "{\"content\":\"এ\tক\"}",
    "{\"content\":\"\\ud83d\"}", "{\"content\":\"\\udc00\"}",
    "{\"content\":\"\\ud83d\\u0041\"}", "{\"content\":\"\\udc00\\ud83d\"}", "{\"content\":\"\\x\"}",
    "এক", "{\"content\":\"এক\"",
    "{\"content\":\"এক\",}", "{\"a\":" + String(repeating: "[", count: 5000),
  ])
  func `a line that is not JSON`(_ line: String) throws {
    let files = try Files()
    let path = files.add("a", "{\"content\":\"এক\"}\n\n" + line + "\n{\"content\":\"দুই\"}\n")
    let error = try failure([path])
    guard case .invalidJSON(let detail) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.line == 3 && !detail.isEmpty)
    #expect(
      error?.description
        == "\(path):3: not JSON: \(detail); each line must be one JSON object")
  }

  @Test func `bytes in JSON that are not UTF-8`() throws {
    let files = try Files()
    let path = files.add("a", Array("{\"content\":\"".utf8) + [0xFF] + Array("\"}".utf8))
    let error = try failure([path])
    #expect(error?.description.contains(":1: not JSON: ") == true)
    #expect(error?.description.contains("UTF-8") == true)
  }

  @Test(arguments: ["7", "\"এক\"", "null", "[\"এক\"]"])
  func `a line of JSON that is no object`(_ line: String) throws {
    try Self.expect(
      "{\"content\":\"এক\"}\n" + line,
      ":2: the line is JSON, but not an object with a text field")
  }

  @Test(arguments: ["[{\"content\":\"এক\"}]", "[\n  {\n", " [ {\"a\":1},\n{\"a\":2}]"])
  func `an array of records`(_ text: String) throws {
    let message = ":1: a JSON array; write one record a line: jq -c '.[]'"
    try Self.expect(text, message)
    try Self.expect(text, message, options: .with { $0.layout = .jsonl })
  }

  @Test func `a missing field`() throws {
    try Self.expect(
      #"{"id":"১২৩৪৫৬","body":"এক","title":"খ"}"#,
      ":1: there is no field 'text' in this record; text is in 'body', 'id', 'title'"
    )
    try Self.expect(
      #"{"content":"এক"}"# + "\n" + #"{"id":1}"#,
      ":2: there is no field 'text' in this record; name the one that holds the text"
    )
    try Self.expect(
      #"{"a":{"c":"এক"}}"#,
      ":1: there is no field 'a.b' in this record; name the one that holds the text",
      options: .with { $0.field = "a.b" })
  }

  @Test(arguments: [
    ("null", "null"), ("5", "a number"), ("0.5", "a number"), ("true", "a boolean"),
    ("[]", "an array"), ("{}", "an object"),
  ])
  func `a field that holds no text`(_ value: String, _ kind: String) throws {
    try Self.expect(
      "{\"content\":\(value)}",
      ":1: the field 'content' holds \(kind), not text; name another")
  }

  @Test(arguments: [1, 2, 7])
  func `of several errors the first in the input is told, to all callers`(_ callers: Int) throws {
    let files = try Files()
    let good = String(repeating: "ভালো লাইন\n", count: 50)
    let path = files.add("a", good + good + "\0\n" + good + "\0\n\0\n" + good + "\0\n")
    for _ in 0..<20 {
      let error = try failure([path, "/nowhere"], .with { $0.blockSize = 128 }, callers: callers)
      #expect(error == CorpusError(file: path, line: 101, reason: .nulByte(offset: 0)))
    }
  }

  @Test(arguments: [1, 4])
  func `what a file holds comes before the error of the next`(_ callers: Int) throws {
    let files = try Files()
    let path = files.add("a", String(repeating: "ভালো\n", count: 100) + "\0\n")
    for _ in 0..<20 {
      let error = try failure([path, "/nowhere"], .with { $0.blockSize = 128 }, callers: callers)
      #expect(error?.line == 101)
      #expect(
        try failure([files.add("b", "ভালো\n"), "/nowhere"], callers: callers)?.file == "/nowhere")
    }
  }

  @Test func `after an error nothing more comes`() throws {
    let files = try Files()
    let path = files.add("a", "\0\n" + String(repeating: "ভালো\n", count: 100))
    let corpus = Corpus([path], options: .with { $0.blockSize = 64 })
    var batch = CorpusBatch()
    for _ in 0..<3 {
      #expect(throws: CorpusError(file: path, line: 1, reason: .nulByte(offset: 0))) {
        _ = try corpus.next(into: &batch)
      }
    }
  }
}
