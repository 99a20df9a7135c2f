import TestSupport
import Testing

@testable import Jukta

@Suite struct `JSON numbers` {
  static func read(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { JSONNumber.read($0) }
  }

  @Test(arguments: [
    // Read by tokenizers 0.23.3: Tokenizer.from_file, then save.
    ("-15.275492379532281", -15.27549237953228), ("0.1", 0.1), ("-0.5", -0.5), ("1e3", 1000),
    ("12", 12), ("2.5E-1", 0.25),
  ])
  func `are read as the reference reads them`(text: String, value: Double) {
    #expect(Self.read(text) == value)
  }

  @Test func `beyond the range of a Double are refused, those near zero become zero`() {
    #expect(Self.read("1e309") == nil)
    #expect(Self.read("-1" + String(repeating: "0", count: 400)) == nil)
    #expect(Self.read("1e-99999999999999999999999") == 0)
    #expect(Self.read("0e99999999999999999999999") == 0)
  }

  @Test func `with more digits than a UInt64 holds keep their size`() {
    #expect(Self.read("123456789012345678901234567890") == 1.2345678901234568e29)
    #expect(Self.read("0.123456789012345678901234567890") == 0.12345678901234568)
  }

  @Test func `that were read are written so that they read back the same`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let value = Self.read((-Double.random(in: 0..<25, using: &generator)).description)
      #expect(value.flatMap { Self.read(JSONNumber.text($0)) } == value)
    }
  }

  @Test func `rounded to 15 digits are the same to every reader, and near`() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<20_000 {
      let value = -Double.random(in: 0..<25, using: &generator)
      let rounded = JSONNumber.rounded(value)
      #expect(Double(rounded.description) == Self.read(rounded.description))
      #expect(JSONNumber.text(rounded) == rounded.description)
      #expect(abs(rounded - value) <= abs(value) * 1e-14)
    }
  }

  @Test(arguments: [
    0, -0.0, 1, 1e-7, 123456.5, 1e300, -1e-300, Double.leastNonzeroMagnitude,
    .greatestFiniteMagnitude,
  ])
  func `of every size are written so that they read back`(value: Double) {
    #expect(Double(JSONNumber.text(value)) == value || Self.read(JSONNumber.text(value)) == value)
  }
}
