import TestSupport
import Testing

@testable import Jukta

@Suite struct `SentencePiece sampling` {
  static let scores: [(String, Float)] = [
    ("▁", -2), ("ক", -2.5), ("খ", -3), ("কখ", -4), ("▁ক", -3.5), ("খক", -5), ("কখক", -6.5),
    ("▁কখ", -6),
  ]
  static let text = "কখকখ"

  static func tokenizer(_ algorithm: SentencePieceModel.Algorithm = .unigram) throws -> Tokenizer {
    var model = SentencePieceModel(pieces: [.init("<unk>", kind: .unknown)])
    model.pieces += scores.map { .init($0.0, score: $0.1) }
    model.trainer.algorithm = algorithm
    return try Tokenizer(model)
  }

  /// All ways to cut, with their scores, found by trying.
  static func ways(_ text: Substring) -> [(ids: [UInt32], score: Double)] {
    guard !text.isEmpty else { return [([], 0)] }
    var found: [(ids: [UInt32], score: Double)] = []
    for (id, piece) in scores.enumerated()
    where text.unicodeScalars.starts(with: piece.0.unicodeScalars) {
      let rest = text.unicodeScalars.dropFirst(piece.0.unicodeScalars.count)
      for way in ways(Substring(rest)) {
        found.append(([UInt32(id + 1)] + way.ids, way.score + Double(piece.1)))
      }
    }
    return found
  }

  /// Pearson's statistic of draws against probabilities, and how far it is from its mean in standard
  /// deviations.
  static func deviation(_ counts: [[UInt32]: Int], _ ways: [([UInt32], Double)], _ draws: Int)
    -> Double
  {
    var statistic = 0.0
    for (ids, probability) in ways {
      let expected = probability * Double(draws)
      let difference = Double(counts[ids] ?? 0) - expected
      statistic += difference * difference / expected
    }
    let freedom = Double(ways.count - 1)
    return (statistic - freedom) / (2 * freedom).squareRoot()
  }

  static func draw(_ tokenizer: Tokenizer, _ count: Int) throws -> [[UInt32]: Int] {
    var encoder = try tokenizer.makeEncoder()
    let bytes = Array(text.utf8)
    var counts: [[UInt32]: Int] = [:]
    for seed in 0..<UInt64(count) {
      encoder.seed = seed
      var ids: [UInt32] = []
      try encoder.encode(bytes.span, into: &ids)
      counts[ids, default: 0] += 1
    }
    return counts
  }

  @Test(arguments: [0.3 as Float, 1, 0])
  func `draws all ways with their probabilities, by chi-square over 100,000 draws`(alpha: Float)
    throws
  {
    let ways = Self.ways("▁" + Self.text)
    #expect(ways.count > 8)
    let weights = ways.map { Double.exponential(Double(alpha) * $0.score) }
    let total = weights.reduce(0, +)
    let tokenizer = try Self.tokenizer().withSentencePiece(sampling: .init(alpha: alpha))
    let draws = alpha == 0.3 ? 100_000 : 20_000
    let counts = try Self.draw(tokenizer, draws)
    #expect(Set(counts.keys).isSubset(of: Set(ways.map(\.ids))))
    let expected = zip(ways, weights).map { ($0.ids, $1 / total) }
    #expect(Self.deviation(counts, expected, draws) < 4)
    // The same draws against other probabilities are told apart.
    let wrong = ways.map { ($0.ids, 1 / Double(ways.count)) }
    if alpha != 0 { #expect(Self.deviation(counts, wrong, draws) > 10) }
  }

  @Test func `draws among the best few only`() throws {
    let best = Self.ways("▁" + Self.text).sorted { $0.score > $1.score }.prefix(3)
    let tokenizer = try Self.tokenizer().withSentencePiece(
      sampling: .init(nBest: 3, alpha: 0.5))
    let weights = best.map { Double.exponential(0.5 * $0.score) }
    let expected = zip(best, weights).map { ($0.ids, $1 / weights.reduce(0, +)) }
    let counts = try Self.draw(tokenizer, 20_000)
    #expect(Set(counts.keys) == Set(best.map(\.ids)))
    #expect(Self.deviation(counts, expected, 20_000) < 4)
    for single in [0, 1] {
      let plain = try Self.tokenizer().withSentencePiece(sampling: .init(nBest: single))
      #expect(try plain.encode(Self.text).ids == Self.tokenizer().encode(Self.text).ids)
    }
  }

  @Test func `lists the best of all ways, for vocabularies without sense`() throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<40 {
      var model = SentencePieceModel(pieces: [.init("<unk>", kind: .unknown)])
      model.pieces += Self.scores.map {
        .init($0.0, score: -Float.random(in: 1...9, using: &generator))
      }
      var encoder = try Tokenizer(model).makeEncoder()
      let bytes = Array(Self.text.utf8)
      let all = Self.ways("▁" + Self.text).map { way in
        way.ids.reduce(0.0) { $0 + Double(model.pieces[Int($1)].score) }
      }.sorted(by: >)
      let found = try encoder.nBest(of: bytes.span, limit: 500)
      #expect(found.count == all.count)
      #expect(Set(found.map(\.encoding.ids)).count == all.count)
      for (way, score) in zip(found, all) { #expect(abs(Double(way.score) - score) < 1e-4) }
    }
  }

  @Test func `gives the same for the same seed and text, whatever came before`() throws {
    for algorithm in [SentencePieceModel.Algorithm.unigram, .bpe] {
      let tokenizer = try Self.tokenizer(algorithm).withSentencePiece(
        sampling: .init(alpha: 0.4))
      var (one, other) = ([[UInt32]](), [[UInt32]]())
      var encoder = try tokenizer.makeEncoder()
      for seed in 0..<50 as Range<UInt64> {
        encoder.seed = seed
        one.append(try encoder.encoding(of: Array(Self.text.utf8).span).ids)
      }
      for seed in (0..<50 as Range<UInt64>).reversed() {
        var fresh = try tokenizer.makeEncoder()
        fresh.seed = seed
        _ = try fresh.encoding(of: Array("অন্য".utf8).span)
        other.insert(try fresh.encoding(of: Array(Self.text.utf8).span).ids, at: 0)
      }
      #expect(one == other)
      #expect(Set(one).count > 3)
    }
  }

  @Test func `BPE: dropout 0 merges all, 1 nothing`() throws {
    let bpe = try Self.tokenizer(.bpe)
    let none = try bpe.withSentencePiece(sampling: .init(alpha: 0)).encode(Self.text)
    #expect(none == (try bpe.encode(Self.text)))
    let all = try bpe.withSentencePiece(sampling: .init(alpha: 1)).encode(Self.text)
    #expect(all.tokens == ["▁", "ক", "খ", "ক", "খ"])
  }
}

extension Double {
  /// e to a power, by its series: tests need no more.
  fileprivate static func exponential(_ power: Double) -> Double {
    if power < -1 {
      let half = exponential(power / 2)
      return half * half
    }
    var (sum, term) = (1.0, 1.0)
    for index in 1..<20 {
      term *= power / Double(index)
      sum += term
    }
    return sum
  }
}

@Suite struct `SentencePiece segmentations of words` {
  @Test func `are the n-best list of each word`() throws {
    let tokenizer = try `SentencePiece sampling`.tokenizer()
    let text = Array("কখকখ  চকখ".utf8)
    let words = try #require(try tokenizer.segmentations(of: text.span, limit: 4))
    #expect(words.map(\.word) == ["▁কখকখ", "▁চকখ"])
    var encoder = try tokenizer.makeEncoder()
    for (word, ways) in words {
      let bytes = Array(word.utf8.dropFirst(3))
      let list = try encoder.nBest(of: bytes.span, limit: 4)
      #expect(ways.map(\.ids) == list.map { $0.encoding.ids.map(Optional.some) })
      #expect(ways.map(\.score) == list.map { Double($0.score) })
      #expect(ways.allSatisfy { $0.pieces.joined() == word })
    }
    #expect(words[0].ways.count == 4 && words[1].ways[0].ids.contains(0))
    let empty: [UInt8] = []
    let none = try tokenizer.segmentations(of: empty.span, limit: 4)
    #expect(none?.count == 0)
    // BPE has no list.
    #expect(
      try `SentencePiece sampling`.tokenizer(.bpe).segmentations(of: text.span, limit: 4) == nil)
  }

  @Test func `take a text whole where pieces go on behind a space`() throws {
    var model = SentencePieceModel(pieces: [.init("<unk>", kind: .unknown)])
    model.pieces += [("▁", -1), ("ক", -1), ("ক▁ক", -1)].map { .init($0.0, score: $0.1) }
    let text = Array("ক ক".utf8)
    let words = try Tokenizer(model).segmentations(of: text.span, limit: 2)
    #expect(words?.map(\.word) == ["▁ক▁ক"])
    #expect(words?.first?.ways.map(\.pieces) == [["▁", "ক▁ক"], ["▁", "ক", "▁", "ক"]])
  }
}
