import Jukta
import Testing

@testable import JuktaTraining

@Suite struct `Training alphabet` {
  static let presets = Normalizer.presetNames

  static func frontEnd(_ preset: String) throws -> TextFrontEnd {
    TextFrontEnd(normalizer: try .preset(named: preset), preTokenizer: .bengali)
  }

  static let block = (0x0980...0x09FF as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }
    .filter { $0.properties.generalCategory != .unassigned }

  static func counts(_ texts: [String], _ frontEnd: TextFrontEnd) throws -> WordCounts {
    var counts = WordCounts()
    var splitter = try frontEnd.makeWordSplitter()
    var words = WordBuffer()
    for text in texts {
      words.removeAll()
      try splitter.split(text.utf8Span.span, into: &words)
      counts.add(words: words, times: 1)
    }
    return counts
  }

  static let texts = ["আমি বাংলায় গান গাই।", "আমি বাংলার গান গাই", "গান"]

  @Test(arguments: presets, [false, true])
  func `every Bengali character comes back as its normalised form`(
    _ preset: String, _ isBPE: Bool
  ) throws {
    let frontEnd = try Self.frontEnd(preset)
    let counts = try Self.counts(Self.texts, frontEnd)
    let characters = try TrainingAlphabet.bengali.characters(writtenBy: frontEnd)
    let tokenizer: Tokenizer
    if isBPE {
      var settings = BPESettings()
      settings.sizing = .fitting
      settings.unknownToken = "<unk>"
      settings.preferredCharacters = characters
      let vocabulary = try BPETrainer(settings).train(counts)
      tokenizer = try vocabulary.tokenizer(frontEnd: frontEnd, settings: settings)
    } else {
      var settings = UnigramSettings()
      settings.sizing = .fitting
      settings.preferredCharacters = characters
      tokenizer = try UnigramTrainer(settings).train(counts).tokenizer(frontEnd: frontEnd)
    }
    let scalars = Self.block + ["\u{200C}", "\u{200D}", "।", "॥"]
    let text = scalars.map { "\($0) ক\($0)ক র\($0)্যাব ক্\($0)ষ গ\($0)" }.joined(separator: " ")
    let wanted = try frontEnd.normalizer.normalize(text).text.split(separator: " ")
    let ids = try tokenizer.encode(text, addsSpecialTokens: false).ids
    let back = tokenizer.decode(ids).split(separator: " ")
    #expect(back.count == wanted.count)
    let lost = zip(back, wanted).filter { !$0.unicodeScalars.elementsEqual($1.unicodeScalars) }
    #expect(lost.map(\.1) == [])
  }

  @Test func `a character is listed as what it becomes, once`() throws {
    let bengali = try TrainingAlphabet.bengali.characters(writtenBy: Self.frontEnd("sahajbert"))
    let listed = bengali.unicodeScalars.map(\.value)
    #expect(Set(listed).count == listed.count)
    // U+09F7 and | become dandas, য় is taken apart, capitals are made small.
    #expect(!listed.contains(0x09F7) && !listed.contains(0x09DF) && !listed.contains(0x41))
    #expect(listed.contains(0x09BC) && listed.contains(0x61) && listed.contains(0x0964))
    let identity = try TrainingAlphabet.bengali.characters(writtenBy: Self.frontEnd("identity"))
    let all = Set(identity.unicodeScalars)
    #expect(Self.block.allSatisfy { all.contains($0) } && all.contains("A"))
    #expect(try TrainingAlphabet.corpus.characters(writtenBy: Self.frontEnd("identity")) == "")
  }

  @Test func `preferred characters take a quarter, the commonest of the corpus first`() throws {
    var settings = UnigramSettings()
    settings.vocabularySize = 24
    settings.characterCoverage = 0.9
    settings.preferredCharacters = "১২৩৪৫৬৭৮৯"
    var counts = randomCounts(5, words: 3000, letters: "কখগ")
    counts["৩৮৮৯৯৯"] = 1
    let found = try UnigramTrainer(settings).train(table(counts))
    let texts = found.pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.count == 24)
    for character in ["ক", "খ", "গ", "৯", "৮", "৩", "১", "২", "৪"] {
      #expect(texts.contains(character), "\(character)")
    }
    #expect(!texts.contains("৫"))
    #expect(found.diagnostics.addedCharacters == 3)
  }

  @Test func `characters of another script are kept by coverage as without preferred ones`() throws
  {
    let counts = table(["漢字": 500, "字体": 300, "ক": 3, "稀": 1])
    func pieces(_ preferred: String) throws -> Set<String> {
      var settings = UnigramSettings()
      settings.characterCoverage = 0.999
      settings.preferredCharacters = preferred
      settings.sizing = .fitting
      let found = try UnigramTrainer(settings).train(counts)
      return Set(found.pieces.map { String(decoding: $0.bytes, as: UTF8.self) })
    }
    let (without, with) = (try pieces(""), try pieces("কখগঘ"))
    #expect(without.isSubset(of: with))
    #expect(with.subtracting(without) == ["খ", "গ", "ঘ"])
    #expect(!with.contains("稀"))
  }

  @Test func `rare characters have pieces while all take one in 40, unless a coverage is given`()
    throws
  {
    var counts = randomCounts(7, words: 3000, letters: "কখগঘ")
    for (index, scalar) in (0x4E00..<0x4E25 as Range<UInt32>).enumerated() {
      counts[Unicode.Scalar(scalar).map(String.init) ?? ""] = UInt64(index == 0 ? 2 : 1)
    }
    func characters(_ size: Int, _ coverage: Double?) throws -> (known: Int, unknown: UInt64) {
      var settings = UnigramSettings()
      settings.vocabularySize = size
      settings.characterCoverage = coverage
      let seen = try UnigramTrainer(settings).train(table(counts)).diagnostics
      return (seen.coveredCharacters, seen.unknownCharacters)
    }
    let few = try characters(200, 0.99)
    #expect(few.known == 4 && few.unknown == 38)
    let byCoverage = try characters(200, 0.9995).known
    #expect(byCoverage > 20 && byCoverage < 41)
    let (small, large, all) = (
      try characters(200, nil), try characters(1600, nil), try characters(1640, nil)
    )
    #expect(small.known == byCoverage)
    #expect(large.known == 40)
    #expect(all.known == 41 && all.unknown == 0)
  }

  @Test func `the commonest unknown characters are named with what would keep them`() throws {
    var counts = randomCounts(7, words: 3000, letters: "কখগঘ")
    counts["ঝঞঝ"] = 5
    counts["ট"] = 4
    for isBPE in [false, true] {
      let unknown: UnknownCharacters
      func train(_ coverage: Double) throws -> UnknownCharacters {
        if isBPE {
          var settings = BPESettings()
          settings.characterCoverage = coverage
          settings.vocabularySize = 60
          return try BPETrainer(settings).train(table(counts)).diagnostics.unknown
        }
        var settings = UnigramSettings()
        settings.characterCoverage = coverage
        settings.vocabularySize = 60
        return try UnigramTrainer(settings).train(table(counts)).diagnostics.unknown
      }
      unknown = try train(0.99)
      #expect(unknown.distinct == 3)
      #expect(unknown.occurrences == 19)
      #expect(unknown.commonest.map(\.character) == ["ঝ", "ঞ", "ট"])
      #expect(unknown.commonest.map(\.count) == [10, 5, 4])
      let enough = try #require(unknown.coverageKeepingCommonest)
      #expect(try train(enough).distinct == 0)
    }
  }
}
