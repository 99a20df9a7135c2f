/// Encodes texts with a SentencePiece model on one thread.
struct SentencePieceEncoder: ~Copyable {
  private let processor: SentencePieceProcessor
  private var normalized = ByteBuffer(capacity: 1 << 12)
  private var runs = AlignmentRuns()
  private var worker: SentencePieceWorker

  init(_ processor: SentencePieceProcessor) {
    self.processor = processor
    worker = SentencePieceWorker(processor.vocabulary)
  }

  /// Appends the ids of `text` to `ids`.
  /// - Parameter addsSpecialTokens: whether bos and eos among the options are added.
  mutating func encode(
    _ text: Span<UInt8>, seed: UInt64, addsSpecialTokens: Bool, into ids: inout [UInt32]
  ) throws {
    normalized.removeAll()
    processor.normalizer.normalize(text, into: &normalized)
    search(text, seed: seed)
    let first = ids.count
    ids.append(contentsOf: worker.output.ids.ids(from: 0))
    for option in processor.options {
      switch option {
      case .reverse: ids[first...].reverse()
      case .bos:
        if addsSpecialTokens, let id = processor.vocabulary.beginID { ids.insert(id, at: first) }
      case .eos: if addsSpecialTokens, let id = processor.vocabulary.endID { ids.append(id) }
      case .unknownPiece: break
      }
    }
  }

  /// Appends the ids of `text` to `ids`, and for each its range in `text` to `ranges`.
  mutating func encode(
    _ text: Span<UInt8>, seed: UInt64, addsSpecialTokens: Bool, into ids: inout [UInt32],
    ranges: inout [Range<Int>]
  ) throws {
    if !processor.options.isEmpty {
      let encoding = try encoding(of: text, seed: seed, addsSpecialTokens: addsSpecialTokens)
      ids += encoding.ids
      ranges += encoding.ranges
      return
    }
    try normalizeWithRuns(text)
    search(text, seed: seed)
    ids.append(contentsOf: worker.output.ids.ids(from: 0))
    worker.output.appendRanges(&runs, processor.vocabulary, to: &ranges)
  }

  /// Everything there is to know about the pieces of a text.
  mutating func encoding(
    of text: Span<UInt8>, seed: UInt64, addsSpecialTokens: Bool
  ) throws -> Encoding {
    try normalizeWithRuns(text)
    search(text, seed: seed)
    return finished(text.count, addsSpecialTokens: addsSpecialTokens)
  }

  /// The best ways to cut a text, with their scores, the best first; one way has score 0, as the
  /// reference says.
  mutating func nBest(
    _ text: Span<UInt8>, limit: Int, addsSpecialTokens: Bool
  ) throws -> [(encoding: Encoding, score: Float)] {
    guard processor.vocabulary.model.trainer.algorithm == .unigram else {
      throw SentencePieceProcessorError.nBestNeedsUnigram
    }
    guard limit <= SentencePieceProcessor.nBestLimit else {
      throw SentencePieceProcessorError.tooMany(limit)
    }
    try normalizeWithRuns(text)
    guard limit > 1, normalized.count > 0 else {
      worker.begin()
      encodeNormalized()
      return [(finished(text.count, addsSpecialTokens: addsSpecialTokens), 0)]
    }
    let vocabulary = processor.vocabulary
    let found = normalized.span.withUnsafeBufferPointer { text in
      let paths = SentencePiecePaths(text, vocabulary)
      var search = SentencePieceNBest(paths)
      return search.find(limit).map { (paths, $0.path, $0.score) }
    }
    var results: [(encoding: Encoding, score: Float)] = []
    for (paths, path, score) in found {
      worker.begin()
      Self.append(path, of: paths, normalized, to: &worker)
      results.append((finished(text.count, addsSpecialTokens: addsSpecialTokens), score))
    }
    return results
  }

  private mutating func normalizeWithRuns(_ text: Span<UInt8>) throws {
    normalized.removeAll()
    try processor.normalizer.normalize(text, into: &normalized, runs: &runs)
  }

  /// Cuts the normalised text as the options say.
  private mutating func search(_ text: Span<UInt8>, seed: UInt64) {
    worker.begin()
    guard let sampling = processor.sampling else { return encodeNormalized() }
    // FNV-1a: draws must not depend on the text before.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    if processor.vocabulary.model.trainer.algorithm == .bpe {
      worker.drop(Double(sampling.alpha), seed: hash)
      return encodeNormalized()
    }
    guard sampling.nBest != 0, sampling.nBest != 1, normalized.count > 0 else {
      return encodeNormalized()
    }
    var dice = Dice(seed: hash)
    let vocabulary = processor.vocabulary
    let (paths, path) = normalized.span.withUnsafeBufferPointer { text in
      let paths = SentencePiecePaths(text, vocabulary)
      return (paths, paths.draw(sampling, &dice))
    }
    Self.append(path, of: paths, normalized, to: &worker)
  }

  private mutating func encodeNormalized() {
    normalized.pad(SentencePieceWorker.padding)
    Self.encode(normalized, &worker)
  }

  private static func encode(
    _ normalized: borrowing ByteBuffer, _ worker: inout SentencePieceWorker
  ) {
    normalized.span.withUnsafeBufferPointer { worker.encode($0) }
  }

  private static func append(
    _ path: [Int], of paths: SentencePiecePaths, _ normalized: borrowing ByteBuffer,
    to worker: inout SentencePieceWorker
  ) {
    normalized.span.withUnsafeBufferPointer { paths.append(path, of: $0, to: &worker.output) }
  }

  /// The encoding of what the worker holds, with the options applied.
  private mutating func finished(_ textLength: Int, addsSpecialTokens: Bool) -> Encoding {
    let vocabulary = processor.vocabulary
    var encoding = Encoding(
      worker.output, of: normalized, &runs, vocabulary,
      showsUnknownPiece: processor.options.contains(.unknownPiece))
    for option in processor.options {
      switch option {
      case .reverse: encoding.reversePieces()
      case .bos:
        if addsSpecialTokens, let id = vocabulary.beginID {
          encoding.insertControl(id, vocabulary.pieces[Int(id)], 0, at: 0)
        }
      case .eos:
        if addsSpecialTokens, let id = vocabulary.endID {
          encoding.insertControl(
            id, vocabulary.pieces[Int(id)], textLength, at: encoding.ids.count)
        }
      case .unknownPiece: break
      }
    }
    return encoding
  }
}
