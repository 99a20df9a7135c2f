import TestSupport
import Testing

@testable import Jukta

@Suite struct `JSON` {
  static func parse(_ bytes: [UInt8]) -> Result<JSONValue, JSONError> {
    do throws(JSONError) { return .success(try JSONParser.parse(bytes.span)) } catch {
      return .failure(error)
    }
  }

  static func failure(_ text: String) -> JSONError? {
    if case .failure(let error) = parse(Array(text.utf8)) { error } else { nil }
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
    "'a'",
    "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"",
    "01", "-",
    "1.", ".5", "1e", "+1", "tru", "nul", "NaN", "Infinity", "1 2", "[] x", "1e999", "[1 2]",
    "\u{1}",
  ])
  func `that is not JSON is refused with its place`(text: String) throws {
    let error = try #require(Self.failure(text), "\(text) was taken")
    #expect(error.offset <= text.utf8.count && !error.reason.isEmpty)
  }

  @Test func `nested too deep is refused, and not followed`() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(Self.failure(deep)?.reason.contains("256") == true)
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(Self.failure(objects)?.reason.contains("256") == true)
  }

  @Test func `that is not UTF-8 is refused`() {
    for bad: [UInt8] in [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE0, 0xA6], [0xF5, 0x80, 0x80, 0x80],
    ] {
      if case .success(let value) = Self.parse([0x22] + bad + [0x22]) { Issue.record("\(value)") }
    }
  }

  @Test func `cut anywhere is refused`() {
    let whole = Array(#"{"a":[1,-2.5e3,true,null,"ক\u0995\ud83d\ude42\n"],"b":{"c":false}}"#.utf8)
    #expect(throws: Never.self) { try Self.parse(whole).get() }
    for count in 0..<whole.count {
      if case .success(let value) = Self.parse(Array(whole[..<count])) {
        Issue.record("\(count) bytes: \(value)")
      }
    }
  }

  @Test func `escapes mean what RFC 8259 says`() {
    let text = #""\"\\\/\b\f\n\r\tক\u0995\ud83d\ude42""#
    #expect(Self.parse(Array(text.utf8)) == .success(.string("\"\\/\u{8}\u{C}\n\r\tকক🙂")))
  }

  @Test func `written is read back the same`() {
    var generator = SeededGenerator(seed: 41)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &generator) {
      case 0: .null
      case 1: .bool(Bool.random(using: &generator))
      case 2: .number(JSONNumber.rounded(Double.random(in: -1e6...1e6, using: &generator)))
      case 3: .string(DirtyText.string(upTo: 6, using: &generator))
      case 4:
        .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth + 1) })
      default:
        .object(
          (0..<Int.random(in: 0...4, using: &generator)).map { index in
            .init("k\(index)\"\\", value(depth + 1))
          })
      }
    }
    for _ in 0..<500 {
      let made = value(0)
      for indent in [nil, 0] {
        var writer = JSONWriter()
        writer.value(made, indent: indent)
        #expect(Self.parse(writer.output.bytes) == .success(made))
      }
    }
  }

  @Test func `garbage never crashes it`() {
    var generator = SeededGenerator(seed: 42)
    let seeds = Array(#"{"a":[1,-2.5e3,true,null,"ক\u0995"],"b":{"c":false}}"#.utf8)
    for _ in 0..<4000 {
      var bytes = seeds
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = Self.parse(bytes)
    }
  }
}
