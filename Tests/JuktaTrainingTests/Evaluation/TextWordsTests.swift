import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

/// One meaning of *word*: what stands between white space.
@Suite struct `Words of a text` {
  static let spaces = [
    " ", "\t", "\u{0B}", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{202F}",
    "\u{205F}", "\u{3000}",
  ]

  static func lines(_ seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let parts = ["আমি", "বাংলায়,", "গান", "।", "a", "é", "漢字", "😀", "\u{200B}", "\u{FEFF}", "\u{2007}x"]
    return (0..<40).map { _ in
      (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        (Bool.random(using: &generator) ? parts : spaces).randomElement(using: &generator) ?? ""
      }.joined()
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `are counted as the evaluation counts them`(_ seed: UInt64) throws {
    var settings = UnigramSettings()
    settings.sizing = .fitting
    let tokenizer = try UnigramTrainer(settings).train(table(["ক": 1])).tokenizer(
      frontEnd: TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .bengali))
    for line in Self.lines(seed) {
      var evaluator = try TokenizerEvaluator(tokenizer)
      try evaluator.add(line.utf8Span.span)
      #expect(TextWords.count(line.utf8Span.span) == UInt64(evaluator.evaluation.words))
    }
  }

  /// What training says of its own text is what `evaluate` finds on it.
  @Test(arguments: ["unigram", "unigram bytes", "bpe", "bpe bytes", "bpe dropping"])
  func `and tokens on the training text are those of the evaluation`(_ kind: String) throws {
    let frontEnd = TextFrontEnd(normalizer: .bengali, preTokenizer: .bengali)
    let lines = (20..<30 as Range<UInt64>).flatMap { Self.lines($0) }
    let corpus = try WordCounter(threads: 2).count(TextSource(lines, batchSize: 7)) {
      try frontEnd.makeWordSplitter()
    }
    let tokenizer: Tokenizer
    let figures: SegmentationStatistics
    if kind.hasPrefix("unigram") {
      var settings = UnigramSettings()
      settings.sizing = .atMost
      settings.vocabularySize = 300
      settings.characterCoverage = 0.95
      settings.byteFallback = kind.hasSuffix("bytes")
      let vocabulary = try UnigramTrainer(settings).train(corpus.counts)
      figures = try SegmentationStatistics(
        corpus.counts, vocabulary: vocabulary, words: corpus.textWords)
      tokenizer = try vocabulary.tokenizer(frontEnd: frontEnd, byteFallback: settings.byteFallback)
    } else {
      var settings = BPESettings()
      settings.sizing = .atMost
      settings.vocabularySize = 300
      settings.characterCoverage = 0.9
      settings.byteFallback = kind.hasSuffix("bytes")
      settings.unknownToken = kind.hasSuffix("dropping") ? nil : "<unk>"
      let vocabulary = try BPETrainer(settings).train(corpus.counts)
      figures = try SegmentationStatistics(
        corpus.counts, vocabulary: vocabulary, settings: settings, words: corpus.textWords)
      tokenizer = try vocabulary.tokenizer(frontEnd: frontEnd, settings: settings)
    }
    var evaluator = try TokenizerEvaluator(tokenizer)
    for line in lines { try evaluator.add(line.utf8Span.span) }
    #expect(figures.unknownCharacters > 0)
    #expect(figures.words == UInt64(evaluator.evaluation.words))
    #expect(figures.tokens == UInt64(evaluator.evaluation.tokens))
  }

  @Test func `are known through files of counts, unless one does not say`() throws {
    func file(_ words: UInt64?) -> [UInt8] {
      var bytes = ByteBuffer(capacity: 100)
      var encoder = CountFileEncoder(CountFileHeader(preset: "p", frontEnd: "{}"))
      encoder.begin(&bytes)
      encoder.append("ক".utf8Span.span, 3, to: &bytes)
      var summary = CountFileSummary()
      summary.textWords = words
      encoder.end(summary, to: &bytes)
      return bytes.span.withUnsafeBufferPointer { Array($0) }
    }
    func merged(_ files: [[UInt8]]) throws -> UInt64? {
      let merge = CountMerge(files: files.indices.map(String.init)) { name in
        var rest: [UInt8]? = files[Int(name) ?? 0]
        return try CountFileReader(name: name) { chunk in
          guard let bytes = rest else { return false }
          chunk += bytes
          rest = nil
          return true
        }
      }
      return try merge.load { _ in }.textWords
    }
    #expect(try merged([file(5), file(7)]) == 12)
    #expect(try merged([file(5), file(nil)]) == nil)
  }
}
