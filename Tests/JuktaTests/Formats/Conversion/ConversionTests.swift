import TestSupport
import Testing

@testable import Jukta

@Suite struct `Converting SentencePiece models` {
  static func model(_ name: String) throws -> SentencePieceModel {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/\(name).model")
    return try SentencePieceFile.read(bytes.span)
  }

  /// Lines of our own sample, and some that try spaces, digits and unknown characters.
  static func lines() throws -> [String] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    let path = folder.joined(separator: "/") + "/Resources/sample/source/02-news.txt"
    let text = String(decoding: try Fixture.bytes(path), as: UTF8.self)
    return text.split(separator: "\n").map(String.init) + [
      "", " ", "  আমি  ভাত খাই ", "১২৩ টাকা", "😀 ক", "ক😀😀", "x\u{A0}y", "ক\u{9C7}\u{9BE}", "\u{9DF}",
    ]
  }

  @Test(arguments: [
    "unigram", "unigram-bytes", "bpe", "bpe-suffix", "character", "no-prefix", "kept-spaces",
  ])
  func `gives a tokenizer with the same ids`(_ name: String) throws {
    let model = try Self.model(name)
    let reference = try Tokenizer(model)
    let converted = try TokenizerConversion(model).tokenizer
    let symbols = model.pieces.filter { $0.kind == .userDefined }.map(\.text)
    // User-defined pieces part the text, as the notes say.
    let lines = try Self.lines().filter { line in !symbols.contains { line.contains($0) } }
    #expect(lines.count > 20)
    for line in lines {
      #expect(
        try converted.encode(line, addsSpecialTokens: false).ids == reference.encode(line).ids,
        "\(line.debugDescription)")
    }
  }

  @Test(arguments: ["unigram", "unigram-bytes", "bpe", "bpe-suffix", "no-prefix", "kept-spaces"])
  func `comes back as the same model`(_ name: String) throws {
    let model = try Self.model(name)
    // Through the file, as people convert.
    var file = ByteBuffer()
    try TokenizerJSON.write(TokenizerConversion(model).tokenizer, to: &file)
    let conversion = try SentencePieceConversion(TokenizerJSON.read(file.span))
    let back = conversion.model
    #expect(!conversion.notes.contains { $0.effect == .lost })
    #expect(back.pieces.count == model.pieces.count)
    for (one, other) in zip(model.pieces, back.pieces) {
      #expect(one.text.utf8.elementsEqual(other.text.utf8) && one.kind == other.kind)
    }
    let scores = (model.pieces.map(\.score), back.pieces.map(\.score))
    #expect(scores.0 == scores.1)
    #expect(back.normalizer.precompiledMap == model.normalizer.precompiledMap)
    #expect(back.normalizer.addsDummyPrefix == model.normalizer.addsDummyPrefix)
    #expect(back.normalizer.removesExtraWhitespace == model.normalizer.removesExtraWhitespace)
    #expect(back.trainer.hasByteFallback == model.trainer.hasByteFallback)
    #expect(back.trainer.algorithm == model.trainer.algorithm)
    #expect(back.trainer.treatsWhitespaceAsSuffix == model.trainer.treatsWhitespaceAsSuffix)
    var written = ByteBuffer()
    SentencePieceFile.write(back, to: &written)
    #expect(try SentencePieceFile.read(written.span).pieces == back.pieces)
  }

  @Test func `is refused where tokenizer.json has no form`() throws {
    var odd = try Self.model("character")
    odd.pieces.append(.init("কখ", score: -1))
    for model in [try Self.model("word"), odd] {
      let error = #expect(throws: ConversionError.self) { try TokenizerConversion(model) }
      #expect(error?.part == "model")
    }
  }

  @Test func `keeps the marks that Precompiled would take along`() throws {
    let model = try Self.model("unigram")
    let reference = try SentencePieceNormalizer(model)
    let tokenizer = try TokenizerConversion(model).tokenizer
    for text in ["¯্র", "\u{FEB3}\u{64E}\u{FEF4}\u{651}", "´\u{200C}ক", "x\r\ny", "ª\u{301}"] {
      let line = "ক" + text
      let normal = try tokenizer.frontEnd.normalizer.normalize(line).text
      #expect(
        Array(("▁" + normal.replacing(" ", with: "▁")).utf8)
          == Array(try reference.normalize(line).text.utf8), "\(line.debugDescription)")
    }
  }

  @Test func `names no reason to differ where there is none`() throws {
    var model = try Self.model("unigram")
    model.normalizer.precompiledMap = []
    model.pieces = model.pieces.map { piece in
      var piece = piece
      if piece.kind == .userDefined { piece.kind = .normal }
      piece.score = (piece.score * 128).rounded() / 128
      return piece
    }
    let there = try TokenizerConversion(model)
    #expect(there.notes.compactMap(\.difference) == [.specialNames])
    let back = try SentencePieceConversion(there.tokenizer).notes.compactMap(\.difference)
    #expect(back == [.specialNames])
    model.pieces[20].score += 0.001
    #expect(try TokenizerConversion(model).notes.contains { $0.difference == .sums })
  }

  @Test func `tells unused pieces and symbols`() throws {
    var model = try Self.model("unigram")
    model.pieces[50].kind = .unused
    let notes = try TokenizerConversion(model).notes
    #expect(notes.contains { $0.effect == .lost && $0.part == "model.vocab" })
    #expect(notes.contains { $0.effect == .differs && $0.text.contains("user-defined") })
  }
}

@Suite struct `Converting to SentencePiece models` {
  private static func tokenizer(
    _ pieces: [(String, Double)], _ preTokenizer: PreTokenizer = .metaspace(),
    normalizer: Normalizer? = nil, added: [AddedToken] = [], postProcessor: PostProcessor? = nil
  ) throws -> Tokenizer {
    try Tokenizer(
      frontEnd: TextFrontEnd(
        normalizer: try normalizer ?? Normalizer([]), preTokenizer: preTokenizer),
      model: .unigram(
        try UnigramModel(pieces: pieces.map { (piece: $0.0, score: $0.1) }, unknownID: 0)),
      addedTokens: added, postProcessor: postProcessor)
  }

  @Test func `pieces across a cut of the pre-tokenizer become unused`() throws {
    let pieces = [("<unk>", 0.0), ("▁", -1), ("১", -2), ("২", -2), ("১২", -1), ("▁১২", -1)]
    let conversion = try SentencePieceConversion(Self.tokenizer(pieces, .bengali))
    #expect(
      conversion.model.pieces.map(\.kind) == [
        .unknown, .normal, .normal, .normal, .unused, .unused,
      ])
    let whole = try SentencePieceConversion(Self.tokenizer(pieces))
    #expect(whole.model.pieces.dropFirst().allSatisfy { $0.kind == .normal })
  }

  @Test func `cuts at pieces alone leave unknown characters together`() throws {
    let pieces = [("<unk>", 0.0), ("▁", -1), ("ক", -2), ("(", -2), ("১", -2)]
    func notes(_ frontEnd: TextFrontEnd) throws -> [ConversionNote] {
      let model = try UnigramModel(
        pieces: pieces.map { (piece: $0.0, score: $0.1) }, unknownID: 0)
      return try SentencePieceConversion(Tokenizer(frontEnd: frontEnd, model: .unigram(model)))
        .notes
    }
    let usual = TextFrontEnd(
      normalizer: try TextFrontEnd(rules: nil, spaces: .init()).normalizer, preTokenizer: .bengali)
    #expect(try notes(usual).contains { $0.difference == .unknownRuns })
    let careful = usual.cutting(onlyAt: pieces.map(\.0))
    #expect(
      careful.preTokenizer
        == .sequence([.metaspace(), .split(.regex("[(১]"), .isolated)]))
    #expect(try !notes(careful).contains { $0.difference == .unknownRuns })
    // Other pre-tokenizers stay, and those of a recipe that is not SentencePiece's.
    let other = TextFrontEnd(
      normalizer: usual.normalizer, preTokenizer: .sequence([.metaspace(), .whitespaceSplit]))
    #expect(other.cutting(onlyAt: ["("]).preTokenizer == other.preTokenizer)
    let recipe = TextFrontEnd(
      normalizer: try Normalizer.preset(named: "sahajbert"), preTokenizer: .bengali)
    #expect(recipe.cutting(onlyAt: ["("]).preTokenizer == .bengali)
  }

  @Test func `special tokens are control pieces with their roles, also behind the vocabulary`()
    throws
  {
    var symbol = AddedToken("<x>", id: 4)
    symbol.isSpecial = false
    let cls = AddedToken("[CLS]", id: 2)
    let sep = AddedToken("[SEP]", id: 6)
    let conversion = try SentencePieceConversion(
      Self.tokenizer(
        [("<unk>", 0), ("▁ক", -1), ("[CLS]", 0)], added: [cls, symbol, sep],
        postProcessor: .template(.bert(cls: cls, sep: sep))))
    let model = conversion.model
    #expect(
      model.pieces.map(\.kind)
        == [.unknown, .normal, .control, .unused, .userDefined, .unused, .control])
    #expect(model.trainer.beginPiece == "[CLS]" && model.trainer.endPiece == "[SEP]")
    #expect(model.trainer.unknownPiece == "<unk>")
  }

  @Test func `a vocabulary that SentencePiece refuses is refused`() throws {
    for bad in ["", "a\0b", String(repeating: "x", count: 8000), "▁ক"] {
      let tokenizer = try Self.tokenizer([("<unk>", 0), ("▁ক", -1), (bad, -2)])
      #expect(throws: ConversionError.self) { try SentencePieceConversion(tokenizer) }
    }
    let byteLevel = try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .byteLevel()),
      model: .bpe(try BPEModel(pieces: ["a"], merges: [])), decoder: .byteLevel())
    #expect(throws: ConversionError.self) { try SentencePieceConversion(byteLevel) }
  }

  @Test func `steps that no map can say are named`() throws {
    let lost = SentencePieceConversion.inexpressibleSteps(of: Normalizer.bengali)
    #expect(!lost.isEmpty)
    #expect(SentencePieceConversion.inexpressibleSteps(of: Normalizer.sahajbert).isEmpty)
    let tokenizer = try Self.tokenizer(
      [("<unk>", 0), ("▁ক", -1)],
      normalizer: Normalizer([.replace(.regex("(?<!a)b+"), content: "c")]))
    let notes = try SentencePieceConversion(tokenizer).notes
    #expect(notes.contains { $0.effect == .lost && $0.text.contains("(?<!a)b+") })
  }

  @Test func `spaces at the ends are told where only the collapse is asked for`() throws {
    let collapse = NormalizationStep.replace(.regex(" {2,}"), content: " ")
    func notes(_ steps: [NormalizationStep]) throws -> [ConversionNote] {
      let conversion = try SentencePieceConversion(
        Self.tokenizer([("<unk>", 0), ("▁ক", -1)], normalizer: Normalizer(steps)))
      #expect(conversion.model.normalizer.removesExtraWhitespace == !steps.isEmpty)
      return conversion.notes.filter { $0.text.contains("space") }
    }
    #expect(try notes([collapse]).map(\.effect) == [.differs])
    #expect(try notes([collapse, .strip(left: true, right: true)]).isEmpty)
    #expect(try notes([]).map(\.effect) == [.differs])
  }

  @Test func `merges of BPE are told apart by their ways`() throws {
    func scores(_ merges: [(UInt32, UInt32)]) throws -> BPEScores {
      BPEScores(
        try BPEModel(
          pieces: ["a", "b", "c", "ab", "bc", "abc"],
          merges: merges.map { BPEMerge(left: $0.0, right: $0.1) }))
    }
    let one = try scores([(0, 1), (1, 2), (3, 2)])
    #expect(one.scores == [-3, -4, -5, 0, -1, -2] && one.merged == 3)
    // abc is also a and bc.
    #expect(one.otherWays == 1)
    #expect(try scores([(0, 1), (1, 2), (3, 2), (0, 4)]).otherWays == 0)
    #expect(try scores([(0, 1), (1, 2), (0, 4), (3, 2)]).otherWays == 0)
    #expect(try scores([(1, 2), (0, 4), (0, 1), (3, 2)]).otherWays == 1)
  }
}
