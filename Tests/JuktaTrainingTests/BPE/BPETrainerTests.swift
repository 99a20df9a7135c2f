import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `BPE trainer` {
  static func settings(_ size: Int) -> BPESettings {
    var settings = BPESettings()
    settings.vocabularySize = size
    settings.specialTokens = ["<pad>", "<unk>"]
    settings.unknownToken = "<unk>"
    settings.sizing = .atMost
    return settings
  }

  static func texts(_ vocabulary: BPEVocabulary) -> [String] {
    vocabulary.tokens.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  static func merges(_ vocabulary: BPEVocabulary) -> [[String]] {
    let texts = texts(vocabulary)
    return vocabulary.merges.map { [texts[Int($0.left)], texts[Int($0.right)]] }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `merges are those of the definition`(_ seed: UInt64) throws {
    // Marks and letters that repeat: overlapping pairs, and one string made by two routes.
    let letters = seed % 2 == 0 ? "▁কখগঘঙ।a" : "কখগ"
    let counts = randomCounts(seed, words: 150, letters: letters)
    let size = 2 + letters.unicodeScalars.count + 60
    var naive = NaiveBPETrainer(counts, specials: ["<pad>", "<unk>"])
    naive.train(to: size)
    let found = try BPETrainer(Self.settings(size)).train(table(counts, shuffledBy: seed))
    // Pairs that arise again after they were merged wait twice in the reference, and so here.
    var seen: Set<[String]> = []
    let once = Self.merges(found).filter { seen.insert($0).inserted }
    if once.count == found.merges.count {
      #expect(Self.merges(found) == naive.merges)
      #expect(Self.texts(found) == naive.tokens)
    } else {
      #expect(Array(once.prefix(20)) == Array(naive.merges.prefix(20)))
    }
  }

  @Test(arguments: [2, 3, 5], [1, 4] as [UInt64])
  func `no merge is longer or rarer than allowed`(_ longest: Int, _ rarest: UInt64) throws {
    let counts = randomCounts(31, words: 300)
    var naive = NaiveBPETrainer(counts, specials: ["<pad>", "<unk>"])
    naive.train(to: 200, minFrequency: rarest, longest: longest)
    var settings = Self.settings(200)
    settings.maxTokenLength = longest
    settings.minFrequency = rarest
    let found = try BPETrainer(settings).train(table(counts))
    #expect(Self.texts(found).dropFirst(2).allSatisfy { $0.unicodeScalars.count <= longest })
    #expect(Self.texts(found) == naive.tokens)
    #expect(rarest == 1 || found.diagnostics.lastCount >= rarest)
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func `the order of words reaches nothing`(_ seed: UInt64) throws {
    let counts = randomCounts(40, words: 3000)
    let expected = try BPETrainer(Self.settings(300)).train(table(counts))
    #expect(try BPETrainer(Self.settings(300)).train(table(counts, shuffledBy: seed)) == expected)
  }

  @Test func `the order of words reaches nothing with prefix and suffix either`() throws {
    var settings = Self.settings(400)
    settings.continuingSubwordPrefix = "##"
    settings.endOfWordSuffix = "</w>"
    let counts = randomCounts(41, words: 2000)
    let expected = try BPETrainer(settings).train(table(counts))
    for seed in 1..<5 as Range<UInt64> {
      #expect(try BPETrainer(settings).train(table(counts, shuffledBy: seed)) == expected)
    }
    let texts = Self.texts(expected)
    #expect(texts.contains("##ক") && texts.contains("##ক</w>") && texts.contains("ক</w>"))
    #expect(!texts.contains { $0.dropFirst().contains("#") && !$0.hasPrefix("##") })
  }

  @Test func `counts beyond 32 bits are counted`() throws {
    let counts: [String: UInt64] = ["কখ": 3_000_000_000, "গঘ": 2_999_999_999, "ঙচ": 5_000_000_000]
    let found = try BPETrainer(Self.settings(11)).train(table(counts))
    #expect(Self.merges(found) == [["ঙ", "চ"], ["ক", "খ"], ["গ", "ঘ"]])
  }

  @Test func `the diagnostics count what the merged words hold`() throws {
    let counts = randomCounts(43, words: 800)
    var naive = NaiveBPETrainer(counts, specials: ["<pad>", "<unk>"])
    naive.train(to: 60)
    let found = try BPETrainer(Self.settings(60)).train(table(counts))
    let tokens = naive.words.reduce(0 as UInt64) { $0 + UInt64($1.symbols.count) * $1.count }
    #expect(found.diagnostics.tokens == tokens)
    #expect(found.diagnostics.words == counts.values.reduce(0, +))
  }

  @Test func `the rarest characters are dropped, required ones never`() throws {
    var settings = Self.settings(30)
    settings.limitAlphabet = 3
    settings.initialAlphabet = "ঞ"
    let found = try BPETrainer(settings).train(table(["ককখখগ": 5, "গঘ": 1]))
    #expect(Self.texts(found)[2..<5] == ["ক", "খ", "ঞ"])
    #expect(found.diagnostics.droppedCharacters == 7)
    #expect(found.diagnostics.alphabet == 3)
  }

  @Test func `byte-level words merge by bytes and spell all 256`() throws {
    var settings = Self.settings(260)
    settings.isByteLevel = true
    let found = try BPETrainer(settings).train(table(["ক ক": 5]))
    let texts = Self.texts(found)
    #expect(texts[2] == "!")
    #expect(texts.count == 260)
    #expect(Self.merges(found) == [["¦", "ķ"], ["à", "¦ķ"]])
  }

  @Test func `akshara-safe merges build aksharas first, then join whole ones`() throws {
    let letters = "▁কখগিা্ঁ\u{200D}"
    let counts = randomCounts(51, words: 2000, letters: letters)
    var settings = Self.settings(300)
    settings.isAksharaSafe = true
    let found = try BPETrainer(settings).train(table(counts))
    let joints = found.tokens.map { AksharaJoints($0) }
    let bonds = found.merges.map {
      AksharaJoints.bond(joints[Int($0.left)], joints[Int($0.right)])
    }
    let inner = bonds.prefix { $0 == .inside }.count
    #expect(inner > 20 && inner < bonds.count)
    #expect(bonds.dropFirst(inner).allSatisfy { $0 == .between })
    // What joins whole aksharas neither begins with a mark nor ends with a virama.
    for token in found.tokens.suffix(found.merges.count - inner) {
      let joint = AksharaJoints(token)
      #expect(!joint.continues && !joint.isOpen)
    }
  }

  @Test func `no words, a setting out of range and a token given twice are errors`() throws {
    #expect(throws: BPETrainingError.emptyCorpus) {
      _ = try BPETrainer(Self.settings(10)).train(WordCounts())
    }
    #expect(
      throws: BPETrainingError.vocabularyTooSmall(requested: 4, smallest: 5, characters: 3)
    ) { _ = try BPETrainer(Self.settings(4)).train(table(["কখগ": 1])) }
    var twice = Self.settings(10)
    twice.specialTokens = ["<s>", "<s>"]
    #expect(throws: BPETrainingError.duplicateSymbol("<s>")) { _ = try BPETrainer(twice) }
    var long = Self.settings(10)
    long.maxTokenLength = 1
    #expect(throws: BPETrainingError.self) { _ = try BPETrainer(long) }
  }

  @Test(arguments: ["ab", "কখগঘঙচছ", "a"], [257, 700])
  func `long words merge as by the definition`(_ letters: String, _ length: Int) throws {
    var generator = SeededGenerator(seed: UInt64(length))
    let alphabet = Array(letters)
    let word = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
    // Runs of one letter overlap with themselves across segments.
    let run = String(repeating: alphabet[0], count: length - 1)
    let counts: [String: UInt64] = [word: 3, run: 2, String(word.prefix(9)): 1]
    var naive = NaiveBPETrainer(counts, specials: ["<pad>", "<unk>"])
    naive.train(to: 120)
    let found = try BPETrainer(Self.settings(120)).train(table(counts))
    var seen: Set<[String]> = []
    let once = Self.merges(found).filter { seen.insert($0).inserted }
    let count = once.count == found.merges.count ? naive.merges.count : 10
    #expect(Array(once.prefix(count)) == Array(naive.merges.prefix(count)))
    let tokens = naive.words.reduce(0 as UInt64) { $0 + UInt64($1.symbols.count) * $1.count }
    if once.count == found.merges.count { #expect(found.diagnostics.tokens == tokens) }
  }

  @Test(arguments: ["a", "ab", "কখগঘঙচছজঝঞটঠডঢ"])
  func `work grows with the length of a word, not with its square`(_ letters: String) throws {
    func symbolsRead(_ length: Int) throws -> Int {
      var generator = SeededGenerator(seed: 3)
      let alphabet = Array(letters)
      let word = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      let counts = table([word: 1])
      let settings = Self.settings(2000)
      let alphabetTable = BPEAlphabet(settings, counts, size: 2000)
      var run = BPEMergeRun(
        try BPEWords(counts, alphabetTable), lengths: alphabetTable.tokens.map { _ in 1 },
        longest: nil)
      for symbol in alphabetTable.tokens.count..<400 {
        guard let item = run.next() else { break }
        run.merge(item, into: UInt32(symbol), joints: nil)
      }
      return run.symbolsRead
    }
    let (short, long) = (try symbolsRead(4000), try symbolsRead(16_000))
    #expect(short > 0 && long < 6 * short, "\(short) and \(long)")
  }

  @Test func `a caller can stop it`() throws {
    #expect(throws: CancellationError.self) {
      _ = try BPETrainer(Self.settings(2000)).train(table(randomCounts(44, words: 3000))) { _ in
        .cancel
      }
    }
  }
}
