import TestSupport
import Testing

@testable import Jukta

@Suite struct `A stream of ids` {
  /// Pieces of all sorts: halves of aksharas, bytes, markers, spaces, suffixes, doubles.
  static let pieces =
    [
      "<unk>", "[SEP]", "▁", "▁ক", "্", "ষ", "▁বাং", "লা", "ো", "য়", "\u{200D}", "e", "\u{301}", "👩",
      "\u{200D}👧",
    ]
    + [
      "##a", "##লা", ".", " ", "  ", "a", "x</w>", "</w>", "|", "<pad>", "Ġ", "à¦", "ķ", "Â", "\n",
      " n't", "🇧", "🇩",
    ]
    + (0..<256).map { ByteFallback.token(UInt8($0)) } + ByteAlphabet.scalars.map { String($0) }

  static func tokenizer(_ decoder: Decoder?) throws -> Tokenizer {
    let model = try UnigramModel(
      pieces: pieces.map { ($0, -1) }, unknownID: 0, byteFallback: false)
    return try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: Normalizer([]), preTokenizer: .metaspace()),
      model: .unigram(model), addedTokens: [AddedToken("[SEP]", id: 1)], decoder: decoder)
  }

  static let decoders: [Decoder?] = [
    nil, .metaspace(), .metaspace(prependScheme: .never), .byteLevel(), .bpe(), .fuse,
    .bpe(suffix: "▁"), .byteFallback, .sequence([]), .sequence([.byteFallback, .fuse]),
    .sequence([.byteFallback, .metaspace()]), .sequence([.fuse, .metaspace()]),
    .sequence([.byteLevel(), .metaspace(), .fuse]), .sequence([.fuse, .byteFallback]),
    .sequence([.bpe(), .byteFallback]), .sequence([.fuse, .bpe()]), .wordPiece(),
    .wordPiece(prefix: "▁", cleansUp: false), .ctc(), .ctc(pad: "a", wordDelimiter: "▁"),
    .replace(.string("▁"), content: " "), .replace(.regex("[a্]"), content: ""),
    .strip(" ", start: 1, stop: 1), .sequence([.fuse, .wordPiece()]), .sequence([.fuse, .ctc()]),
    .sequence([
      .replace(.string("▁"), content: " "), .byteFallback, .fuse, .strip(" ", start: 1, stop: 0),
    ]),
    .sequence([.replace(.string("▁"), content: " "), .fuse, .strip(" ", start: 3, stop: 0)]),
    .sequence([.fuse, .strip("▁", start: 2, stop: 2)]),
    .sequence([.byteLevel(), .replace(.string("a"), content: "bb")]),
    .sequence([.ctc(), .bpe(), .wordPiece()]),
  ]

  /// Ids, mostly of the interesting pieces and of the bytes of Bengali.
  static func ids(_ generator: inout SeededGenerator, _ count: Int) -> [UInt32] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: UInt32.random(in: 0..<UInt32(pieces.count + 2), using: &generator)
      case 1...3:
        UInt32(33) + ([0xE0, 0xA6, 0x95, 0xA7, 0x8D].randomElement(using: &generator) ?? 0x41)
      default: UInt32.random(in: 0..<33, using: &generator)
      }
    }
  }

  @Test(arguments: decoders.indices)
  func `gives the text that decoding all of them gives, in whole aksharas and clusters`(
    index: Int
  ) throws {
    let tokenizer = try Self.tokenizer(Self.decoders[index])
    var generator = SeededGenerator(seed: UInt64(index))
    for round in 0..<120 {
      let ids = Self.ids(&generator, round % 40)
      let skips = Bool.random(using: &generator)
      let whole = Array(tokenizer.decode(ids, skipsSpecialTokens: skips).utf8)
      var scanner = SyllableScanner()
      scanner.scan(whole.span)
      var (graphemes, aksharas) = (Set<Int>(), Set<Int>())
      for place in 0..<scanner.graphemeEnds.count {
        graphemes.insert(Int(scanner.graphemeEnds[place]))
      }
      for place in 0..<scanner.aksharaEnds.count {
        aksharas.insert(Int(scanner.aksharaEnds[place]))
      }
      var stream = tokenizer.makeStreamingDecoder(skipsSpecialTokens: skips)
      var given: [UInt8] = []
      for id in ids {
        given += Array(stream.push(id).utf8)
        #expect(given.isEmpty || graphemes.contains(given.count) && aksharas.contains(given.count))
      }
      given += Array(stream.finish().utf8)
      #expect(given == whole, "\(ids)")
      // And again, with the same decoder.
      let second = stream.push(ids)
      #expect(Array((second + stream.finish()).utf8) == whole)
    }
  }

  @Test func `comes out as soon as it is final`() throws {
    let tokenizer = try Self.tokenizer(.metaspace())
    func id(_ piece: String) throws -> UInt32 { try #require(tokenizer.model.id(of: piece)) }
    var stream = tokenizer.makeStreamingDecoder()
    var given: [String] = []
    for piece in ["▁ক", "্", "ষ", "ো", "▁বাং", "লা", "."] { given.append(stream.push(try id(piece))) }
    // The conjunct ক্ষো waits for its parts and then for the space; বাং for লা.
    #expect(given == ["", "", "", "", "ক্ষো ", "বাং", "লা"])
    #expect(stream.finish() == ".")
  }

  @Test func `of a Llama-like decoder comes out as soon as it is final`() throws {
    let tokenizer = try Self.tokenizer(
      .sequence([
        .replace(.string("▁"), content: " "), .byteFallback, .fuse, .strip(" ", start: 1, stop: 0),
      ]))
    var stream = tokenizer.makeStreamingDecoder()
    let ids = try ["▁ক", "▁ক", "a", "▁ক"].map { try #require(tokenizer.model.id(of: $0)) }
    #expect(ids.map { stream.push($0) } == ["", "ক ", "ক", "a "])
    #expect(stream.finish() == "ক")
  }

  @Test func `holds back bytes until they are a character, and a run of them until it ends`() throws
  {
    let bytes = try Self.tokenizer(.byteLevel())
    var stream = bytes.makeStreamingDecoder()
    let ids = "কখ।".utf8.map { bytes.model.id(of: String(ByteAlphabet.scalars[Int($0)])) ?? 0 }
    #expect(ids.map { stream.push($0) } == ["", "", "", "", "", "ক", "", "", "খ"])
    #expect(stream.finish() == "।")

    let fallback = try Self.tokenizer(.sequence([.byteFallback, .metaspace()]))
    stream = fallback.makeStreamingDecoder()
    let run = "কখ".utf8.map { fallback.model.id(of: ByteFallback.token($0)) ?? 0 }
    #expect(run.map { stream.push($0) }.joined() == "")
    #expect(stream.push(try #require(fallback.model.id(of: "a"))) == "কখ")
    #expect(stream.finish() == "a")
  }
}
