import CJuktaICU
import TestSupport
import Testing

@testable import Jukta

@Suite struct `A normalizer` {
  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// The plain pipeline alone, without the fused scan.
  static func plain(_ normalizer: Normalizer, _ input: String) throws -> NormalizedText {
    let pipeline = try PlainPipeline(normalizer.steps)
    var output = ByteBuffer()
    var alignment: Alignment? = Alignment()
    try Array(input.utf8).withUnsafeBufferPointer {
      try pipeline.run($0, 0..<$0.count, start: 0, into: &output, alignment: &alignment)
    }
    return NormalizedText(
      text: String(decoding: output.bytes, as: UTF8.self), alignment: alignment ?? Alignment())
  }

  /// For each byte of the text, where it came from.
  static func origins(_ text: NormalizedText) -> [Range<Int>] {
    (0..<text.text.utf8.count).map { text.alignment.originalRange(of: $0..<$0 + 1) }
  }

  @Test(arguments: ["bengali", "sahajbert"])
  func `with a fused scan gives what its steps give one by one`(preset: String) throws {
    let normalizer = try Normalizer.preset(named: preset)
    #expect(normalizer.fused != nil)
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1500 {
      let input = DirtyText.string(upTo: 14, using: &generator)
      let fast = try normalizer.normalize(input)
      let slow = try Self.plain(normalizer, input)
      #expect(Self.scalars(fast.text) == Self.scalars(slow.text), "\(input.debugDescription)")
      #expect(Self.origins(fast) == Self.origins(slow), "\(input.debugDescription)")
    }
  }

  @Test(arguments: Normalizer.presetNames)
  func `without alignment gives the same text as with it`(preset: String) throws {
    let normalizer = try Normalizer.preset(named: preset)
    var worker = try normalizer.makeWorker()
    var output = ByteBuffer()
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<300 {
      let input = DirtyText.string(upTo: 20, using: &generator)
      output.removeAll()
      try worker.normalize(Array(input.utf8).span, into: &output)
      #expect(output.bytes == Array(try normalizer.normalize(input).text.utf8))
    }
  }

  @Test(arguments: Normalizer.presetNames)
  func `leads every byte back into the original, in order`(preset: String) throws {
    let normalizer = try Normalizer.preset(named: preset)
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<300 {
      let input = DirtyText.string(upTo: 20, using: &generator)
      let result = try normalizer.normalize(input)
      var last = 0
      for range in Self.origins(result) {
        #expect(range.upperBound <= input.utf8.count)
        // Marks that a normal form reorders may go back inside one cluster, never further than it.
        last = max(last, range.lowerBound)
        #expect(range.lowerBound + 64 > last)
      }
    }
  }

  @Test(arguments: ["nfc", "nfd", "nfkc", "nfkd", "bengali", "identity"])
  func `done twice is done once`(preset: String) throws {
    let normalizer = try Normalizer.preset(named: preset)
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<1500 {
      let input = DirtyText.string(upTo: 14, using: &generator)
      let once = try normalizer.normalize(input).text
      let twice = try normalizer.normalize(once).text
      #expect(
        Self.scalars(once) == Self.scalars(twice),
        "\(Self.scalars(input)) \(Self.scalars(once)) \(Self.scalars(twice))")
    }
  }

  /// A letter that nothing joins.
  static let separator: Unicode.Scalar = "\u{A000}"

  /// ICU's own normalisation of a whole text.
  static func icu(_ form: Int32, _ text: String) -> [UInt32] {
    let units = Array(text.utf16)
    var output = [UInt16](repeating: 0, count: units.count * 20 + 20)
    let count = jukta_icu_normalize(
      form, units, Int32(units.count), &output, Int32(output.count))
    return String(decoding: output.prefix(Int(max(count, 0))), as: UTF16.self).unicodeScalars.map(
      \.value)
  }

  @Test(arguments: [("nfc", Int32(0)), ("nfd", 1), ("nfkc", 2), ("nfkd", 3)])
  func `equals ICU's own over all of Unicode`(preset: String, form: Int32) throws {
    let normalizer = try Normalizer.preset(named: preset)
    var worker = try normalizer.makeWorker()
    var output = ByteBuffer()
    /// Compares one text; a letter that joins nothing parts its scalars.
    func compare(_ text: String) throws {
      output.removeAll()
      try worker.normalize(Array(text.utf8).span, into: &output)
      let found = Self.scalars(String(decoding: output.bytes, as: UTF8.self))
      let expected = Self.icu(form, text)
      guard found != expected else { return }
      let place = zip(found, expected).prefix { $0 == $1 }.count
      Issue.record("\(preset), scalar \(place) of \(text.unicodeScalars.map(\.value))")
    }
    var text = ""
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let scalars: [Unicode.Scalar]
      switch scalar.properties.generalCategory {
      case .unassigned, .privateUse: scalars = [scalar, Self.separator]
      default:
        // Alone, between a letter and its accent, and before marks that may join it.
        scalars = [
          scalar, Self.separator, "a", scalar, "\u{301}", Self.separator, scalar, "\u{9BE}",
          Self.separator,
          scalar,
          "\u{327}", Self.separator,
        ]
      }
      text.unicodeScalars.append(contentsOf: scalars)
      if value & 0xFF == 0xFF {
        try compare(text)
        text = ""
      }
    }
    try compare(text)
  }

  @Test func `takes a run of 200,000 marks in its stride`() throws {
    let marks = String(repeating: "\u{301}\u{323}", count: 100_000)
    let result = try Normalizer.preset(named: "nfd").normalize("a" + marks)
    let scalars = Self.scalars(result.text)
    #expect(scalars.count == 200_001)
    #expect(scalars[1...100_000].allSatisfy { $0 == 0x323 })
  }

  @Test func `names the first byte that is not UTF-8`() throws {
    for preset in Normalizer.presetNames {
      var worker = try Normalizer.preset(named: preset).makeWorker()
      var output = ByteBuffer()
      let bytes: [UInt8] = Array("কা b".utf8) + [0xE0, 0xA6] + Array("ক".utf8)
      #expect(throws: NormalizationError.invalidUTF8(offset: 8), "\(preset)") {
        try worker.normalize(bytes.span, into: &output)
      }
    }
  }

  @Test func `keeps the joiners that do their work, in the bengali preset`() throws {
    let normalizer = try Normalizer.preset(named: "bengali")
    for text in ["র\u{200D}্যাব", "উদ্\u{200C}যাপন", "ক্\u{200D}ষ"] {
      #expect(Self.scalars(try normalizer.normalize(text).text) == Self.scalars(text))
    }
    #expect(try normalizer.normalize("আ\u{200C}মি").text == "আমি")
  }
}
