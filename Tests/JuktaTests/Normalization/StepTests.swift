import Testing

@testable import Jukta

/// Cases worked out by hand, or run with tokenizers 0.23.3.
@Suite struct `A normalisation step` {
  static func text(_ input: String, _ steps: NormalizationStep...) throws -> String {
    try Normalizer(steps).normalize(input).text
  }

  /// For each scalar, the scalars of the original it came from: ASCII in, ASCII out.
  static func ranges(_ input: String, _ steps: NormalizationStep...) throws -> [Range<Int>] {
    let result = try Normalizer(steps).normalize(input)
    return (0..<result.text.utf8.count).map { result.alignment.originalRange(of: $0..<$0 + 1) }
  }

  @Test(arguments: [
    ("axxb", "x*", "-", "-a-b-"), ("ab", "^", "-", "-ab"), ("ab", "$", "-", "ab-"),
    ("ab cd", "\\b", "|", "|ab| |cd|"), ("", "x*", "-", ""), ("aaa", "a", "$0", "$0$0$0"),
    ("a😀b", "", "-", "-a-😀-b-"), ("ক\u{9CD}ষ", "\\u09CD", "", "কষ"),
  ])
  func `replaces matches of a pattern from left to right, by a literal text`(
    input: String, pattern: String, content: String, expected: String
  ) throws {
    let result = try Self.text(input, .replace(.regex(pattern), content: content))
    #expect(result.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("a\nb", "^", "-a\n-b"), ("a\nb\n", "$", "a-\nb-\n-"),
    ("\n\na", "^", "-\n-\n-a"), ("a\r\nb", "$", "a\r-\nb-"), ("\u{85}a", ".", "--"),
    ("a\n\r\u{2028}b", ".", "-\n---"), ("a\nb", "a.b", "a\nb"),
  ])
  func `takes line feeds, and nothing else, for ends of lines in a pattern`(
    input: String, pattern: String, expected: String
  ) throws {
    let result = try Self.text(input, .replace(.regex(pattern), content: "-"))
    #expect(result.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func `replaces a string that is no pattern, and the empty one everywhere`() throws {
    #expect(try Self.text("a.b", .replace(.string("."), content: "+")) == "a+b")
    #expect(try Self.text("aaaa", .replace(.string("aa"), content: "a")) == "aa")
    #expect(try Self.text("ab", .replace(.string(""), content: "-")) == "-a-b-")
    #expect(try Self.text("", .replace(.string(""), content: "-")) == "")
  }

  @Test func `gives a replacement the range of the last character that it replaces`() throws {
    #expect(
      try Self.ranges("zabz", .replace(.string("ab"), content: "x")) == [0..<1, 2..<3, 3..<4])
    #expect(
      try Self.ranges("bab", .replace(.string("a"), content: "xyz"))
        == [0..<1, 1..<2, 1..<2, 1..<2, 2..<3])
    #expect(
      try Self.ranges("a   b", .replace(.regex(" {2,}"), content: " ")) == [0..<1, 3..<4, 4..<5])
    #expect(try Self.ranges("  ab  ", .strip(left: true, right: true)) == [2..<3, 3..<4])
  }

  @Test func `works behind an empty match at the start, where the reference panics`() throws {
    let steps: [NormalizationStep] = [.replace(.regex("^"), content: "X"), .lowercase, .nfd()]
    let result = try Normalizer(steps).normalize("Ab")
    #expect(result.text == "xab")
    #expect(result.alignment.originalRange(of: 0..<1) == 0..<0)
    #expect(result.alignment.originalRange(of: 0..<3) == 0..<2)
  }

  @Test func `strips 25 kinds of white space and no other`() throws {
    let white: [UInt32] =
      Array(0x09...0x0D) + [0x20, 0x85, 0xA0, 0x1680] + Array(0x2000...0x200A)
      + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
    #expect(white.count == 25)
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = try Strip.run(String(scalar))
      #expect(text.isEmpty == white.contains(value), "U+\(String(value, radix: 16))")
    }
  }

  @Test func `lowers each character by itself: no final sigma, and the dot of İ stays`() throws {
    #expect(try Self.text("ΑΣ", .lowercase) == "ασ")
    #expect(
      try Self.text("İI", .lowercase).unicodeScalars.map(\.value) == [0x69, 0x307, 0x69])
    #expect(try Self.text("কAẞ", .lowercase) == "কaß")
  }

  @Test func `prepends to a text that is not empty, even where it begins so`() throws {
    #expect(try Self.text("", .prepend("▁")) == "")
    #expect(try Self.text("▁a", .prepend("▁")) == "▁▁a")
    #expect(try Self.ranges("ab", .prepend("xy")) == [0..<1, 0..<1, 0..<1, 1..<2])
  }

  @Test func `of SentencePiece's clean-up removes 30 characters and makes 15 to spaces`() throws {
    var removed = 0
    var spaces = 0
    for value in UInt32(0)...0x10FFFF where Unicode.Scalar(value) != nil {
      if NMT.isRemoved(value) { removed += 1 }
      if NMT.becomesSpace(value) { spaces += 1 }
    }
    #expect((removed, spaces) == (30, 15))
    #expect(try Self.text("ক্\u{200D}ষ\u{1}\u{0}\t", .nmt) == "ক্ ষ\u{0} ")
  }

  @Test func `strips every mark that Unicode 9 knows`() throws {
    #expect(try Self.text("বাংলা", .stripAccents) == "বল")
    #expect(try Self.text("é", .stripAccents) == "é")
    #expect(try Self.text("é", .nfd(), .stripAccents) == "e")
    // U+09FE came with Unicode 11.
    #expect(try Self.text("ক\u{9FE}", .stripAccents) == "ক\u{9FE}")
  }
}

extension Strip {
  /// One text, both ends.
  fileprivate static func run(_ text: String) throws -> String {
    var scalars = ScalarText()
    for scalar in text.unicodeScalars { scalars.append(scalar.value, start: 0, end: 1) }
    apply(to: &scalars, left: true, right: true)
    return String(String.UnicodeScalarView(scalars.scalars.compactMap(Unicode.Scalar.init)))
  }
}
