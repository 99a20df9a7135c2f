import TestSupport
import Testing

@testable import Jukta

@Suite struct `SentencePiece search` {
  typealias Random = RandomSentencePieceModel

  static func ids(_ text: [UInt8], _ worker: inout SentencePieceWorker) -> [UInt32] {
    var padded = text + [UInt8](repeating: 0xE2, count: SentencePieceWorker.padding)
    worker.begin()
    padded.withUnsafeMutableBufferPointer {
      worker.encode(UnsafeBufferPointer(rebasing: $0[..<text.count]))
    }
    return Array(worker.output.ids.ids(from: 0))
  }

  static func check(_ shape: Random.Shape, seed: UInt64, lengths: [Int]) throws {
    var generator = SeededGenerator(seed: seed)
    let model = Random.model(shape, using: &generator)
    let naive = NaiveSentencePiece(model)
    var worker = SentencePieceWorker(try SentencePieceVocabulary(model))
    for length in lengths {
      let text = Array(Random.text(length, using: &generator).utf8)
      let tokens = shape.algorithm == .bpe ? naive.bpe(text) : naive.unigram(text)
      let found = Self.ids(text, &worker)
      #expect(found == naive.ids(tokens, text), "\(length) characters, seed \(seed)")
      // Again, from a cache that knows the words of all texts so far.
      #expect(Self.ids(text, &worker) == found)
    }
  }

  static let lengths = [1, 2, 5, 9, 20, 40, 80, 300]

  @Test(arguments: Random.Scores.allCases, [false, true])
  func `Unigram: words from the cache are those of the whole line in f32`(
    scores: Random.Scores, hasKinds: Bool
  ) throws {
    for seed in 0..<20 as Range<UInt64> {
      var shape = Random.Shape()
      shape.scores = scores
      shape.hasKinds = hasKinds
      shape.hasBytes = seed % 3 == 0
      try Self.check(shape, seed: seed, lengths: Self.lengths)
    }
  }

  @Test func `Unigram: long lines, past the sum where the reference starts anew`() throws {
    for (index, scores) in Random.Scores.allCases.enumerated() {
      var shape = Random.Shape()
      shape.scores = scores
      // 100,000 is passed every 1,500 characters or so.
      shape.scale = 20
      try Self.check(shape, seed: UInt64(index), lengths: [5000, 3000, 300])
    }
  }

  @Test func `Unigram: words as deep in a document as sums reach`() throws {
    // One vocabulary, many texts after a long beginning: all words are known when rounding is coarse.
    for seed in 0..<6 as Range<UInt64> {
      var shape = Random.Shape()
      shape.scores = .nearTies
      shape.scale = seed % 2 == 0 ? 1 : 8
      try Self.check(shape, seed: 500 + seed, lengths: [400, 400, 2500])
    }
  }

  @Test func `Unigram: pieces across words are found as in the whole line`() throws {
    for seed in 100..<130 as Range<UInt64> {
      var shape = Random.Shape()
      shape.scores = Random.Scores.allCases[Int(seed) % 3]
      shape.hasInnerSpaces = true
      shape.hasKinds = seed % 2 == 0
      try Self.check(shape, seed: seed, lengths: Self.lengths)
    }
  }

  @Test(arguments: Random.Scores.allCases, [false, true])
  func `BPE: the highest score first, of two the leftmost`(
    scores: Random.Scores, hasKinds: Bool
  ) throws {
    for seed in 0..<20 as Range<UInt64> {
      var shape = Random.Shape()
      shape.algorithm = .bpe
      shape.scores = scores
      shape.hasKinds = hasKinds
      shape.hasBytes = seed % 3 == 0
      shape.hasInnerSpaces = seed % 4 == 1
      try Self.check(shape, seed: seed, lengths: Self.lengths)
    }
  }

  @Test func `BPE: a scan and a heap merge alike`() throws {
    var generator = SeededGenerator(seed: 3)
    for scores in Random.Scores.allCases {
      var shape = Random.Shape()
      shape.algorithm = .bpe
      shape.scores = scores
      let vocabulary = try SentencePieceVocabulary(Random.model(shape, using: &generator))
      var merging = SentencePieceMerging()
      for length in 1..<60 {
        let text = Array(Random.text(length, using: &generator).utf8)
        var one = SentencePieceOutput()
        var other = SentencePieceOutput()
        text.withUnsafeBufferPointer {
          _ = merging.search($0, vocabulary, into: &one)
          _ = merging.search($0, vocabulary, into: &other, heapAlways: true)
        }
        #expect(Array(one.ids.ids(from: 0)) == Array(other.ids.ids(from: 0)))
      }
    }
  }

  @Test func `what each id covers adds up to the text`() throws {
    var generator = SeededGenerator(seed: 4)
    for algorithm in [SentencePieceModel.Algorithm.unigram, .bpe, .word, .character] {
      for round in 0..<20 {
        var shape = Random.Shape()
        shape.algorithm = algorithm
        shape.hasBytes = round % 2 == 0
        shape.hasKinds = round % 3 == 0
        let vocabulary = try SentencePieceVocabulary(Random.model(shape, using: &generator))
        var worker = SentencePieceWorker(vocabulary)
        var text = Array(Random.text(120, using: &generator).utf8)
        let count = text.count
        text += [UInt8](repeating: 0, count: SentencePieceWorker.padding)
        for _ in 0..<2 {
          worker.begin()
          text.withUnsafeBufferPointer {
            worker.encode(UnsafeBufferPointer(rebasing: $0[..<count]))
          }
          var lengths: [UInt32] = []
          worker.output.forEachLength(vocabulary) { index, length in
            #expect(index == lengths.count)
            lengths.append(length)
          }
          #expect(lengths.count == worker.output.ids.count)
          #expect(lengths.filter { $0 >> 31 == 0 }.reduce(0) { $0 + Int($1) } == count)
        }
      }
    }
  }

  @Test(arguments: Random.Scores.allCases)
  func `the search of one word finds what the search of any text finds`(
    scores: Random.Scores
  ) throws {
    var generator = SeededGenerator(seed: 5)
    var general = SentencePieceLattice()
    var wordwise = SentencePieceWordLattice()
    for round in 0..<60 {
      var shape = Random.Shape()
      shape.scores = scores
      shape.hasKinds = round % 2 == 0
      shape.hasBytes = round % 3 == 0
      let vocabulary = try SentencePieceVocabulary(Random.model(shape, using: &generator))
      for length in 1...SentencePieceWordLattice.characterLimit + 2 {
        let text = Array(Random.text(length, using: &generator).utf8)
        let characters = String(decoding: text, as: UTF8.self).unicodeScalars.count
        let start = Float.random(in: -5000...0, using: &generator)
        var (one, other) = (start, start)
        var outputOne = SentencePieceOutput()
        var outputOther = SentencePieceOutput()
        let (result, expected) = text.withUnsafeBufferPointer {
          (
            wordwise.search($0, vocabulary, base: &one, into: &outputOne),
            general.search($0, vocabulary, base: &other, into: &outputOther)
          )
        }
        guard characters <= SentencePieceWordLattice.characterLimit else {
          #expect(result == nil && one == start && outputOne.ids.count == 0)
          continue
        }
        #expect(result == expected && one == other)
        #expect(Array(outputOne.ids.ids(from: 0)) == Array(outputOther.ids.ids(from: 0)))
        #expect(Array(outputOne.unknown.ids(from: 0)) == Array(outputOther.unknown.ids(from: 0)))
      }
    }
  }

  @Test func `ranges are those that the alignment gives place by place`() throws {
    var generator = SeededGenerator(seed: 6)
    for algorithm in [SentencePieceModel.Algorithm.unigram, .bpe] {
      for round in 0..<30 {
        var shape = Random.Shape()
        shape.algorithm = algorithm
        shape.hasBytes = round % 2 == 0
        var model = Random.model(shape, using: &generator)
        model.normalizer.precompiledMap = try #require(SentencePieceRuleSet.nmtNFKC.map).bytes
        model.normalizer.removesExtraWhitespace = round % 3 != 0
        model.normalizer.addsDummyPrefix = round % 4 != 0
        let processor = try SentencePieceProcessor(model)
        var encoder = SentencePieceEncoder(processor)
        for _ in 0..<40 {
          let text = `SentencePiece scan by blocks`.text(using: &generator)
          try Self.check(&encoder, processor, text)
        }
      }
    }
  }

  static func check(
    _ encoder: inout SentencePieceEncoder, _ processor: SentencePieceProcessor, _ text: [UInt8]
  ) throws {
    var ids: [UInt32] = [1]
    var ranges = [3..<4]
    try encoder.encode(
      text.span, seed: 0, addsSpecialTokens: false, into: &ids, ranges: &ranges)
    var normal = ByteBuffer()
    var alignment = Alignment()
    try processor.normalizer.normalize(text.span, into: &normal, alignment: &alignment)
    var worker = SentencePieceWorker(processor.vocabulary)
    worker.begin()
    normal.pad(SentencePieceWorker.padding)
    normal.span.withUnsafeBufferPointer { worker.encode($0) }
    #expect(ids == [1] + worker.output.ids.ids(from: 0))
    var expected = [3..<4]
    var place = 0
    worker.output.forEachLength(processor.vocabulary) { _, length in
      let start = alignment.originalStart(of: place)
      if length >> 31 == 0 { place += Int(length) }
      expected.append(start..<max(start, alignment.originalStart(of: place)))
    }
    #expect(place == normal.count)
    #expect(ranges == expected, "\(text)")
  }
}
