import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `WordPiece and WordLevel trainers` {
  static func frontEnd() throws -> TextFrontEnd {
    TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .whitespaceSplit)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `pieces are those of merging, and every word of the corpus is made up of them`(
    _ seed: UInt64
  ) throws {
    let counts = randomCounts(seed, words: 300, letters: "কখগঘঙচab")
    var settings = WordPieceSettings()
    settings.vocabularySize = 120
    let trainer = try WordPieceTrainer(settings)
    let vocabulary = try trainer.train(table(counts, shuffledBy: seed))
    let again = try trainer.train(table(counts, shuffledBy: seed + 1))
    #expect(vocabulary == again)
    #expect(vocabulary.tokens.count == 120)
    let tokenizer = try trainer.tokenizer(of: vocabulary, frontEnd: Self.frontEnd())
    var file = ByteBuffer()
    try TokenizerJSON.write(tokenizer, to: &file)
    let read = try TokenizerJSON.read(file.span)
    var encoder = try read.makeEncoder()
    for word in counts.keys {
      let found = try encoder.encoding(of: word.utf8Span.span)
      #expect(found.tokens.first == "[CLS]" && found.tokens.last == "[SEP]")
      let inner = found.tokens.dropFirst().dropLast()
      #expect(!inner.contains("[UNK]"))
      let text = inner.enumerated().map { $0 == 0 ? $1 : String($1.dropFirst(2)) }.joined()
      #expect(text.utf8.elementsEqual(word.utf8))
    }
  }

  @Test func `a limited alphabet makes words with other characters unknown`() throws {
    var settings = WordPieceSettings()
    settings.vocabularySize = 40
    settings.sizing = .atMost
    settings.limitAlphabet = 2
    let trainer = try WordPieceTrainer(settings)
    let vocabulary = try trainer.train(table(["কখ": 9, "কখগ": 1]))
    let tokenizer = try trainer.tokenizer(of: vocabulary, frontEnd: Self.frontEnd())
    #expect(
      try tokenizer.encode("কখ কখগ", addsSpecialTokens: false).tokens == ["কখ", "[UNK]"])
  }

  @Test func `the commonest words are the vocabulary, ties by their bytes`() throws {
    var settings = WordLevelSettings()
    settings.vocabularySize = 4
    let trainer = try WordLevelTrainer(settings)
    let words = try trainer.train(table(["খ": 2, "ক": 2, "গান": 5, "ঘ": 1, "[UNK]": 9]))
    #expect(words == ["[UNK]", "গান", "ক", "খ"])
    let tokenizer = try trainer.tokenizer(of: words, frontEnd: Self.frontEnd())
    #expect(try tokenizer.encode("গান ঘ খ").ids == [1, 0, 3])
    settings.minFrequency = 3
    #expect(try WordLevelTrainer(settings).train(table(["খ": 2, "গান": 5])) == ["[UNK]", "গান"])
  }

  @Test func `settings out of range and tokens given twice are refused`() {
    var settings = WordPieceSettings()
    settings.longestWord = 0
    #expect(throws: BPETrainingError.self) { try WordPieceTrainer(settings) }
    var words = WordLevelSettings()
    words.specialTokens = ["[UNK]", "[UNK]"]
    #expect(throws: BPETrainingError.duplicateSymbol("[UNK]")) { try WordLevelTrainer(words) }
    words.specialTokens = ["[UNK]"]
    words.vocabularySize = 1
    #expect(throws: BPETrainingError.self) {
      try WordLevelTrainer(words).train(table(["ক": 1]))
    }
    #expect(throws: BPETrainingError.emptyCorpus) {
      try WordLevelTrainer(WordLevelSettings()).train(WordCounts())
    }
  }
}
