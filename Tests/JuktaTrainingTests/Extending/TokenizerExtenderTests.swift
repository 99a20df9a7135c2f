import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Extending a tokenizer` {
  static let english = "etaoinshrdlu.,—“”é"
  static let bengali = "কার্তবানি্যে‍ল।মsদ"

  enum Base: String, CaseIterable {
    case byteLevel, characters, byteFallback, sentencePieceBPE, unigram, sentencePieceUnigram

    var isMerging: Bool {
      self != .unigram && self != .sentencePieceUnigram
    }
  }

  /// A tokenizer trained on English lines, with a token behind its vocabulary.
  static func base(_ kind: Base, _ lines: [String], size: Int = 420) throws -> Tokenizer {
    let preTokenizer: PreTokenizer =
      kind == .byteLevel
      ? .byteLevel(addsPrefixSpace: false)
      : .sequence([.metaspace(), .punctuation()])
    let frontEnd = TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: preTokenizer)
    let counts = try count(lines) { try frontEnd.makeWordSplitter() }
    var tokenizer: Tokenizer
    if kind.isMerging {
      var settings = BPESettings()
      settings.vocabularySize = size
      settings.sizing = .atMost
      settings.isByteLevel = kind == .byteLevel
      settings.unknownToken = kind == .byteLevel ? nil : "<unk>"
      settings.byteFallback = kind == .byteFallback || kind == .sentencePieceBPE
      if settings.byteFallback { settings.vocabularySize += 100 }
      let trained = try BPETrainer(settings).train(counts)
      tokenizer = try trained.tokenizer(frontEnd: frontEnd, settings: settings)
    } else {
      var settings = UnigramSettings()
      settings.vocabularySize = size
      settings.byteFallback = true
      settings.sizing = .atMost
      tokenizer = try UnigramTrainer(settings).train(counts)
        .tokenizer(frontEnd: frontEnd, byteFallback: true)
    }
    if kind == .sentencePieceBPE || kind == .sentencePieceUnigram {
      return try Tokenizer(SentencePieceConversion(tokenizer).model)
    }
    try tokenizer.addSpecialTokens(["<|end|>", "<|pad|>"])
    return tokenizer
  }

  static func count<Splitter: WordSplitter & ~Copyable & SendableMetatype>(
    _ lines: [String], _ make: @Sendable () throws -> Splitter
  ) throws -> WordCounts {
    var counted = try WordCounter(threads: 1)
      .count(TextSource(lines, batchSize: 64), makeSplitter: make)
    var counts = WordCounts()
    swap(&counts, &counted.counts)
    return counts
  }

  static func ids(_ lines: [String], _ tokenizer: Tokenizer) throws -> [[UInt32]] {
    var encoder = try tokenizer.makeEncoder()
    return try lines.map { line in
      var ids: [UInt32] = []
      try encoder.encode(line.utf8Span.span, into: &ids)
      return ids
    }
  }

  struct Case {
    let base: Tokenizer
    let extended: TokenizerExtension
    let english: [String]
    let mixed: [String]
  }

  static func make(
    _ kind: Base, _ seed: UInt64, added: Int = 40, scripts: ExtensionScripts = .bengali
  ) throws -> Case {
    var source = RandomLines(seed: seed, letters: english)
    let lines = source.lines(300)
    let base = try base(kind, lines)
    var target = RandomLines(seed: seed + 1000, letters: bengali)
    let mixed = target.lines(300, mixedWith: lines[0].split(separator: " ").map(String.init))
    let counts = try count(mixed) { try base.makeWordSplitter() }
    var settings = ExtensionSettings()
    settings.addedPieces = added
    settings.scripts = scripts
    let extended = try TokenizerExtender(base, settings: settings).extend(counts)
    return Case(
      base: base, extended: extended, english: source.lines(200),
      mixed: target.lines(200, mixedWith: lines))
  }

  @Test(arguments: Base.allCases.filter(\.isMerging), [1, 2, 3] as [UInt64])
  func `each new id replaced by its base ids gives what the base made`(
    _ kind: Base, _ seed: UInt64
  ) throws {
    for scripts in [ExtensionScripts.bengali, .all] {
      let made = try Self.make(kind, seed, scripts: scripts)
      let first = try #require(made.extended.newIDs.first).id
      var used = 0
      let before = try Self.ids(made.mixed + made.english, made.base)
      let after = try Self.ids(made.mixed + made.english, made.extended.tokenizer)
      for (old, ids) in zip(before, after) {
        let expanded = ids.flatMap { id in
          id < first ? [id] : made.extended.newIDs[Int(id - first)].base
        }
        used += ids.count { $0 >= first }
        #expect(expanded == old)
      }
      #expect(used > 100)
      #expect(made.extended.diagnostics.changedWords == 0)
    }
  }

  @Test(arguments: Base.allCases, [4, 5] as [UInt64])
  func `text of other scripts keeps its ids`(_ kind: Base, _ seed: UInt64) throws {
    let made = try Self.make(kind, seed)
    let after = try Self.ids(made.english, made.extended.tokenizer)
    #expect(after == (try Self.ids(made.english, made.base)))
    #expect(made.extended.newIDs.count == 40)
    let figures = made.extended.diagnostics
    #expect(figures.tokensAfter < figures.tokensBefore)
  }

  @Test(arguments: Base.allCases)
  func `every old token keeps its id and new ones follow`(_ kind: Base) throws {
    let made = try Self.make(kind, 7)
    let base = made.base
    for id in 0..<UInt32(base.vocabularySize) {
      #expect(made.extended.tokenizer.token(withID: id) == base.token(withID: id))
    }
    let ids = made.extended.newIDs.map(\.id)
    let first = UInt32(base.vocabularySize)
    #expect(ids == Array(first..<first + UInt32(ids.count)))
    #expect(made.extended.tokenizer.vocabularySize == base.vocabularySize + ids.count)
  }

  @Test(arguments: Base.allCases)
  func `a file of it reads as the same tokenizer`(_ kind: Base) throws {
    let made = try Self.make(kind, 8)
    var file = ByteBuffer()
    let again: Tokenizer
    if let processor = made.extended.tokenizer.model.sentencePiece {
      SentencePieceFile.write(processor.vocabulary.model, to: &file)
      again = try Tokenizer(SentencePieceFile.read(file.span))
    } else {
      try TokenizerJSON.write(made.extended.tokenizer, to: &file)
      again = try TokenizerJSON.read(file.span)
    }
    let texts = made.mixed.map { $0 + "<|end|>" + $0 }
    #expect(try Self.ids(texts, again) == Self.ids(texts, made.extended.tokenizer))
  }

  @Test(arguments: Base.allCases)
  func `more pieces than the text gives are refused, and the number named is given`(
    _ kind: Base
  ) throws {
    var source = RandomLines(seed: 9, letters: Self.english)
    let base = try Self.base(kind, source.lines(200))
    let counts = try Self.count(["কলম কলা কলা", "কলম"]) { try base.makeWordSplitter() }
    var settings = ExtensionSettings()
    settings.addedPieces = 5000
    let failure = #expect(throws: ExtensionError.self) {
      try TokenizerExtender(base, settings: settings).extend(counts)
    }
    guard case .tooFew(5000, let largest)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    settings.addedPieces = largest
    let extended = try TokenizerExtender(base, settings: settings).extend(counts)
    #expect(extended.newIDs.count == largest)
  }

  @Test func `the order of words reaches nothing`() throws {
    var source = RandomLines(seed: 10, letters: Self.english)
    let base = try Self.base(.byteLevel, source.lines(200))
    var target = RandomLines(seed: 11, letters: Self.bengali)
    let lines = target.lines(200)
    var settings = ExtensionSettings()
    settings.addedPieces = 60
    let one = try TokenizerExtender(base, settings: settings)
      .extend(try Self.count(lines) { try base.makeWordSplitter() })
    let other = try TokenizerExtender(base, settings: settings)
      .extend(try Self.count(lines.reversed()) { try base.makeWordSplitter() })
    #expect(one.newIDs == other.newIDs)
    #expect(one.newIDLines == other.newIDLines)
  }

  @Test func `pieces are made of allowed characters, whole or unmistakable`() {
    let bytes = PieceRule(scripts: .bengali, isByteLevel: true)
    let allowed: [[UInt8]] = [
      [0xE0, 0xA6], [0xE0, 0xA7], [0x20, 0xE0, 0xA6, 0x95], [0xE0, 0xA6, 0x95, 0xE0, 0xA6],
      [0xE0, 0xA5], [0xE0, 0xA5, 0xA4], [0xE2, 0x80, 0x8D],
    ]
    let refused: [[UInt8]] = [
      [0x20], [0x20, 0xE0], [0xE2, 0x80], [0xA6, 0x95], [0xE0, 0xA4],
      [0xE0, 0xA6, 0x95, 0xE2, 0x80],
      [0x61], [0xE0, 0xA6, 0x95, 0x20], [0xE0, 0xA5, 0x95], [],
    ]
    for text in allowed { #expect(bytes.allows(text[...]), "\(text)") }
    for text in refused { #expect(!bytes.allows(text[...]), "\(text)") }
    let marks = PieceRule(scripts: .bengali, isByteLevel: false)
    #expect(marks.allows(Array("▁কলম".utf8)[...]))
    #expect(!marks.allows(Array("▁".utf8)[...]))
    #expect(!marks.allows(Array("কa".utf8)[...]))
    #expect(!marks.allows(Array("ক▁খ".utf8)[...]))
  }
}
