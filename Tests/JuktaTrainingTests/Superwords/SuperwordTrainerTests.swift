import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Superwords` {
  static func frontEnds(byteLevel: Bool) throws -> (words: TextFrontEnd, clauses: TextFrontEnd) {
    let normalizer = try Normalizer([])
    let words = byteLevel ? SplitPattern.bengali.preTokenizer : PreTokenizer.bengali
    return (
      TextFrontEnd(normalizer: normalizer, preTokenizer: words),
      TextFrontEnd(normalizer: normalizer, preTokenizer: try #require(words.joiningWords))
    )
  }

  static func lines(_ seed: UInt64, _ count: Int = 300) -> [String] {
    var source = RandomLines(seed: seed, letters: "কার্তবানি্যে‍ল", vocabulary: 40)
    var generator = SeededGenerator(seed: seed)
    let ends = ["।", "?", ", ", " — ", " ১২", "  ", " 'it's ", "(", "\u{200D}", "★ "]
    return source.lines(count).map { line in
      line + (Bool.random(using: &generator) ? ends.randomElement(using: &generator) ?? "" : "")
        + "কার " + line
    }
  }

  static func settings(byteLevel: Bool) -> BPESettings {
    var settings = BPESettings()
    settings.vocabularySize = byteLevel ? 420 : 160
    settings.isByteLevel = byteLevel
    settings.specialTokens = ["<pad>"]
    settings.unknownToken = byteLevel ? nil : "<unk>"
    return settings
  }

  @Test(arguments: [false, true], [1, 2, 3] as [UInt64])
  func `each word keeps the cut of the first stage`(_ byteLevel: Bool, _ seed: UInt64) throws {
    let (wordwise, joining) = try Self.frontEnds(byteLevel: byteLevel)
    let lines = Self.lines(seed)
    let clauses = try ClauseCounts(
      TextSource(lines, batchSize: 16), frontEnd: joining, counter: WordCounter(threads: 2))
    let settings = Self.settings(byteLevel: byteLevel)
    let vocabulary = try SuperwordTrainer(settings, share: 0.2).train(clauses)
    let superwords = vocabulary.diagnostics.superwords
    #expect(superwords > 10)
    #expect(vocabulary.tokens.count == settings.vocabularySize)
    let first = BPEVocabulary(
      tokens: Array(vocabulary.tokens.dropLast(superwords)),
      merges: vocabulary.merges.filter {
        max($0.left, $0.right) < UInt32(vocabulary.tokens.count - superwords)
          && !Self.spansWords($0, vocabulary, byteLevel)
      }, diagnostics: vocabulary.diagnostics)
    let base = try first.tokenizer(frontEnd: wordwise, settings: settings)
    let joined = try vocabulary.tokenizer(frontEnd: joining, settings: settings)
    let expansions = try Self.expansions(vocabulary, base)
    let others = lines + Self.lines(seed + 50, 100)
    let (before, after) = (
      try `Extending a tokenizer`.ids(others, base), try `Extending a tokenizer`.ids(others, joined)
    )
    #expect(after.map { $0.flatMap { expansions[$0] ?? [$0] } } == before)
    #expect(after.joined().count < before.joined().count)
  }

  static func spansWords(_ merge: BPEMerge, _ vocabulary: BPEVocabulary, _ byteLevel: Bool) -> Bool
  {
    let text =
      vocabulary.tokens[Int(merge.left)].bytes + vocabulary.tokens[Int(merge.right)].bytes
    return String(decoding: text, as: UTF8.self).unicodeScalars.dropFirst()
      .contains(byteLevel ? "Ġ" : "▁")
  }

  /// The words of each superword, by the base's ids.
  static func expansions(
    _ vocabulary: BPEVocabulary, _ base: Tokenizer
  ) throws -> [UInt32: [UInt32]] {
    let start = vocabulary.tokens.count - vocabulary.diagnostics.superwords
    var parts: [[UInt8]: [UInt32]] = [:]
    for (id, token) in vocabulary.tokens.prefix(start).enumerated() {
      parts[token.bytes] = [UInt32(id)]
    }
    var expansions: [UInt32: [UInt32]] = [:]
    let ids = Dictionary(
      zip(vocabulary.tokens.map(\.bytes), vocabulary.tokens.indices),
      uniquingKeysWith: { a, _ in a })
    for merge in vocabulary.merges {
      let (left, right) = (
        vocabulary.tokens[Int(merge.left)].bytes, vocabulary.tokens[Int(merge.right)].bytes
      )
      guard let id = ids[left + right], id >= start, let one = parts[left], let two = parts[right]
      else { continue }
      parts[left + right] = one + two
      expansions[UInt32(id)] = one + two
    }
    return expansions
  }

  @Test(arguments: [false, true])
  func `superwords are two to four whole words`(_ byteLevel: Bool) throws {
    let (_, joining) = try Self.frontEnds(byteLevel: byteLevel)
    let clauses = try ClauseCounts(
      TextSource(Self.lines(9), batchSize: 16), frontEnd: joining, counter: WordCounter(threads: 1))
    var settings = Self.settings(byteLevel: byteLevel)
    settings.sizing = .atMost
    let vocabulary = try SuperwordTrainer(settings, share: 0.3).train(clauses)
    let mark: Unicode.Scalar = byteLevel ? "Ġ" : "▁"
    for token in vocabulary.tokens.suffix(vocabulary.diagnostics.superwords) {
      // The first word of a clause may stand without a mark, as behind a bracket.
      let text = String(decoding: token.bytes, as: UTF8.self).unicodeScalars
      let words = (text.first == mark ? text.dropFirst() : text[...])
        .split(separator: mark, omittingEmptySubsequences: false)
      #expect((2...4).contains(words.count), "\(words)")
      #expect(words.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func `neither threads nor the room for pairs reach what is frequent`() throws {
    let (_, joining) = try Self.frontEnds(byteLevel: false)
    let lines = Self.lines(4, 600)
    func trained(_ threads: Int, _ lines: [String], _ limit: Int) throws -> BPEVocabulary {
      let clauses = try ClauseCounts(
        TextSource(lines, batchSize: 7), frontEnd: joining, counter: WordCounter(threads: threads))
      var trainer = try SuperwordTrainer(Self.settings(byteLevel: false), share: 0.1)
      trainer.pairLimit = limit
      return try trainer.train(clauses)
    }
    let one = try trained(1, lines, 1 << 20)
    #expect(try trained(3, lines.reversed(), 1 << 20) == one)
    #expect(try trained(1, lines, 600).tokens == one.tokens)
  }

  @Test func `words of a clause are the words that a front end without joining makes`() throws {
    for byteLevel in [false, true] {
      let (wordwise, joining) = try Self.frontEnds(byteLevel: byteLevel)
      let lines = Self.lines(12)
      let clauses = try ClauseCounts(
        TextSource(lines, batchSize: 5), frontEnd: joining, counter: WordCounter(threads: 1))
      let expected = try `Extending a tokenizer`.count(lines) { try wordwise.makeWordSplitter() }
      #expect(try clauses.wordCounts().sorted() == expected.sorted())
    }
  }

  @Test func `shares out of range and patterns that cannot join are refused`() throws {
    #expect(throws: BPETrainingError.self) { try SuperwordTrainer(BPESettings(), share: 0) }
    #expect(throws: BPETrainingError.self) { try SuperwordTrainer(BPESettings(), share: 1) }
    #expect(SplitPattern.gpt2.preTokenizer.joiningWords == nil)
    #expect(SplitPattern.gpt4.preTokenizer.joiningWords == nil)
  }
}
