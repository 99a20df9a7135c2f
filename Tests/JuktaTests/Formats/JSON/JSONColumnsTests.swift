import TestSupport
import Testing

@testable import Jukta

@Suite struct `JSON in columns` {
  private static func value(_ text: String, columns: [String] = ["v"]) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8).span, columns: columns)
  }

  /// A value with its columns written out as the tree that they stand for.
  private static func tree(_ value: JSONValue) -> JSONValue {
    switch value {
    case .columns(let columns):
      let strings = columns.strings.map { JSONValue.string($0) }
      switch columns.form {
      case .strings: return .array(strings)
      case .scored:
        return .array(zip(strings, columns.numbers).map { .array([$0, .number($1)]) })
      case .members:
        return .object(zip(columns.strings, columns.numbers).map { .init($0, .number($1)) })
      case .pairs:
        return .array(
          (0..<columns.count).map { .array([strings[$0 * 2], strings[$0 * 2 + 1]]) })
      }
    case .object(let members): return .object(members.map { .init($0.key, tree($0.value)) })
    case .array(let items): return .array(items.map(tree))
    default: return value
    }
  }

  @Test(arguments: [
    (#"[["a", -1.5], [ "\u0995\n\ud83d\ude42" ,0],["", 1e-3]]"#, JSONColumns.Form.scored),
    (#"{"a": 0, "ক খ": 1 , "a": 2, "": 18446744073709551616}"#, .members),
    (#"[["a", "b"],["\"", "\\"]]"#, .pairs), (#"["a b","ক খ"]"#, .strings),
  ])
  func `is what the tree is`(text: String, form: JSONColumns.Form) throws {
    let document = #"{"w": [1, {"v": "# + text + #"}], "x": "# + text + "}"
    let inColumns = try Self.value(document)
    let plain = try Self.value(document, columns: [])
    #expect(Self.tree(inColumns) == plain)
    guard case .array(let items)? = inColumns["w"], case .columns(let columns)? = items[1]["v"]
    else {
      Issue.record("not in columns: \(inColumns)")
      return
    }
    #expect(columns.form == form)
    // Nothing but what was asked for.
    #expect(inColumns["x"] == plain["x"])
    var one = JSONWriter()
    var other = JSONWriter()
    one.value(inColumns)
    other.value(plain)
    #expect(one.output.bytes == other.output.bytes)
  }

  @Test(arguments: [
    "[]", "{}", "1", "null", "\"a\"", #"[["a",1],["b"]]"#, #"[["a",1],["b","c"]]"#, #"[["a"]]"#,
    #"[["a",1,2]]"#, #"{"a":1,"b":"c"}"#, #"{"a":[1]}"#, #"["a",1]"#, #"[["a",true]]"#,
    #"[["a","b","c"]]"#, #"[[1,"a"]]"#, #"[[]]"#,
  ])
  func `of another form is a tree`(text: String) throws {
    let document = #"{"v": "# + text + "}"
    #expect(try Self.value(document) == Self.value(document, columns: []))
  }

  @Test(arguments: [
    #"[["a",1],["b",2]]"#, #"{"a":1,"\u0995":-2.25}"#, #"[["a","b"],["c","d"]]"#, #"["a","b"]"#,
  ])
  func `broken anywhere fails as the tree does`(text: String) {
    let whole = Array((#"{"v": "# + text + "}").utf8)
    func result(_ bytes: [UInt8], _ columns: [String]) -> Result<JSONValue, JSONError> {
      do throws(JSONError) {
        return .success(Self.tree(try JSONParser.parse(bytes.span, columns: columns)))
      } catch {
        return .failure(error)
      }
    }
    for place in whole.indices {
      #expect(result(Array(whole[..<place]), ["v"]) == result(Array(whole[..<place]), []))
      for byte: UInt8 in [0, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xE0, 0xFF] {
        var broken = whole
        broken[place] = byte
        #expect(result(broken, ["v"]) == result(broken, []), "\(byte) at \(place)")
      }
    }
  }

  @Test(arguments: UInt64(1)...8)
  func `takes for UTF-8 what Swift takes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts: [[UInt8]] = [
      Array("আমি".utf8), Array("plain ascii, longer than eight".utf8),
      Array("é🙂\u{D7FF}\u{E000}".utf8),
      [0x80], [0xE0, 0xA6], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xC0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE1], [0xEF, 0xBF, 0xBF], [0xC3],
    ]
    for _ in 0..<2_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let isValid = Int.random(in: 0..<3, using: &generator) > 0
        bytes += (isValid ? parts[..<3] : parts[...]).randomElement(using: &generator) ?? []
      }
      let isUTF8 = bytes.withUnsafeBufferPointer { JSONScan.isUTF8($0) }
      #expect(isUTF8 == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }

  @Test(arguments: UInt64(1)...4)
  func `reads numbers alike on both ways`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      var text = Int.random(in: 0..<2, using: &generator) == 0 ? "-" : ""
      text += String(
        UInt64.random(
          in: 0...(.max >> UInt64.random(in: 0..<64, using: &generator)), using: &generator))
      if Int.random(in: 0..<4, using: &generator) > 0 {
        text +=
          "."
          + String(
            UInt64.random(
              in: 0...(.max >> UInt64.random(in: 0..<64, using: &generator)), using: &generator))
      }
      let bytes = Array(text.utf8)
      let read = try #require(bytes.withUnsafeBufferPointer { JSONNumber.read($0) })
      #expect(try Self.value(text) == .number(read), "\(text)")
    }
  }
}
