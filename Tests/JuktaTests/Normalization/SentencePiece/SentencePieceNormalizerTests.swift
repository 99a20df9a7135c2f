import TestSupport
import Testing

@testable import Jukta

/// What sentencepiece 0.2.3 made of constructed texts.
struct SentencePieceCases {
  let texts: [[UInt8]]
  private let file: JSONValue

  init() throws {
    file = try Fixture.json("sentencepiece-0.2.3/normal.json")
    texts = try #require(file["texts"]).items.map(Self.bytes)
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] {
    value.items.map { UInt8($0.whole ?? 0) }
  }

  /// For each text what it becomes, and SentencePiece's `norm_to_orig`.
  func expected(_ path: String...) throws -> [(bytes: [UInt8], offsets: [Int])] {
    let list = path.reduce(file) { $0[$1] ?? .null }
    try #require(list.items.count == texts.count)
    return list.items.map { (Self.bytes($0.items[0]), $0.items[1].items.map { $0.whole ?? -1 }) }
  }

  /// Compares all texts with what `normalizer` makes of them.
  func compare(_ normalizer: SentencePieceNormalizer, _ path: String...) throws {
    let list = path.reduce(file) { $0[$1] ?? .null }
    try #require(list.items.count == texts.count)
    var output = ByteBuffer()
    var alignment = Alignment()
    for (text, value) in zip(texts, list.items) {
      let expected = Self.bytes(value.items[0])
      let offsets = value.items[1].items.map { $0.whole ?? -1 }
      output.removeAll()
      try normalizer.normalize(text.span, into: &output, alignment: &alignment)
      let name = Comment("\(path): \(String(decoding: text, as: UTF8.self)) \(text)")
      #expect(output.bytes == expected, name)
      guard output.bytes == expected else { continue }
      #expect(Self.offsets(alignment, expected) == offsets, name)
      output.removeAll()
      normalizer.normalize(text.span, into: &output)
      #expect(output.bytes == expected, name)
    }
  }

  /// `norm_to_orig` from an alignment: one entry a byte and one at the end; none where
  /// there was nothing but spaces.
  static func offsets(_ alignment: Alignment, _ text: [UInt8]) -> [Int] {
    guard !alignment.runs.isEmpty else { return [] }
    var start = 0
    return (0...text.count).map { place in
      if place == text.count || text[place] & 0xC0 != 0x80 { start = place }
      return alignment.originalStart(of: start)
    }
  }
}

@Suite struct `SentencePiece normaliser` {
  @Test(arguments: [
    "unigram", "unigram-bytes", "bpe", "bpe-suffix", "character", "word", "kept-spaces",
    "no-prefix",
  ])
  func `a model normalises as sentencepiece does, and leads back as it does`(
    name: String
  ) throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/\(name).model")
    let model = try SentencePieceFile.read(bytes.span)
    try SentencePieceCases().compare(SentencePieceNormalizer(model), "models", name)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `the scan makes what one step after the other makes`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rules = `Compiled maps`.rules(Int.random(in: 1...40, using: &generator), using: &generator)
    guard !rules.isEmpty else { return }
    var options = SentencePieceNormalizer.Options()
    options.addsDummyPrefix = .random(using: &generator)
    options.removesExtraWhitespace = .random(using: &generator)
    options.escapesWhitespace = .random(using: &generator)
    options.treatsWhitespaceAsSuffix = .random(using: &generator)
    let symbols = Bool.random(using: &generator) ? ["ab", "b a", "কখ", " "] : []
    // Sources that are no UTF-8, and some that have spaces.
    let odd: [PrecompiledMap.Rule] = [
      .init(source: [0x61, 0xE0], target: [0x78]), .init(source: [0xE0, 0xA6], target: []),
      .init(source: [0x20, 0x61], target: [0x20, 0x20]), .init(source: [0xFF], target: [0x20]),
      .init(source: [0x62, 0xF0, 0x9F], target: [0x79]),
    ]
    let all = rules + odd.filter { _ in Bool.random(using: &generator) }
    let map = try PrecompiledMap(rules: all)
    let normalizer = try SentencePieceNormalizer(map: map, options: options, symbols: symbols)
    let naive = NaiveSentencePieceNormalizer(
      table: `Compiled maps`.table(all), symbols: symbols.map { Array($0.utf8) }, options: options)
    var output = ByteBuffer()
    var alignment = Alignment()
    for _ in 0..<40 {
      let text = Self.text(using: &generator)
      output.removeAll()
      try normalizer.normalize(text.span, into: &output, alignment: &alignment)
      let expected = naive.normalize(text)
      let name = Comment("\(text) \(options) \(all)")
      #expect(output.bytes == expected.bytes, name)
      #expect(SentencePieceCases.offsets(alignment, output.bytes) == expected.offsets, name)
    }
  }

  /// Text of the rules' characters, spaces, U+2581 and bytes that are no UTF-8.
  static func text(using generator: inout SeededGenerator) -> [UInt8] {
    let atoms: [[UInt8]] =
      [
        "a", "b", "ab", "ক", "খ", "।", "\u{1F600}", " ", " ", "  ", "\u{2581}", "x", "é",
      ].map { Array($0.utf8) } + [
        [0xE0], [0xE0, 0xA6], [0xFF], [0xF0, 0x9F], [0], [0xED, 0xA0, 0x80],
      ]
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<14, using: &generator) {
      text += atoms.randomElement(using: &generator) ?? []
    }
    return text
  }

  @Test func `a worker that has seen its longest text allocates nothing more`() throws {
    // The buffer keeps its place: what was written first is overwritten, not moved.
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/unigram.model")
    let normalizer = try SentencePieceNormalizer(SentencePieceFile.read(bytes.span))
    var output = ByteBuffer(capacity: 16)
    let long = Array(String(repeating: "আমি বাংলায় গান গাই। ", count: 50).utf8)
    normalizer.normalize(long.span, into: &output)
    let place = output.span.withUnsafeBufferPointer { $0.baseAddress }
    for _ in 0..<10 {
      output.removeAll()
      normalizer.normalize(long.span, into: &output)
    }
    #expect(output.span.withUnsafeBufferPointer { $0.baseAddress } == place)
  }

  @Test func `a symbol that cannot be looked for is refused`() {
    #expect(throws: PrecompiledMap.CompileError.self) {
      try SentencePieceNormalizer(map: nil, symbols: ["a", ""])
    }
  }
}
