/// The words of texts as a tokenizer's model sees them: what training that goes on from a tokenizer
/// counts. Scratch for one thread.
///
/// Added tokens are cut out and are no words. Where the pre-tokenizer makes no words of its own, as in
/// Llama's files and in SentencePiece's models, a stretch is cut in front of each ▁ (behind it, where
/// the model puts it there), so that words are what people call so and not whole lines.
public struct TokenizerWordSplitter: ~Copyable, WordSplitter {
  private let tokenizer: Tokenizer
  private var normalizer: NormalizerWorker
  private let cutter: WordCutter
  private let cut: MarkCut
  private var normalized = ByteBuffer(capacity: 1 << 12)
  private var whole = WordBuffer()

  /// Where words that hold spaces are cut.
  private enum MarkCut {
    case none, before, behind
  }

  init(_ tokenizer: Tokenizer) throws(NormalizationError) {
    self.tokenizer = tokenizer
    normalizer = try tokenizer.frontEnd.normalizer.makeWorker()
    cutter = WordCutter(tokenizer.frontEnd)
    if let processor = tokenizer.model.sentencePiece {
      cut = processor.vocabulary.model.trainer.treatsWhitespaceAsSuffix ? .behind : .before
    } else {
      cut = tokenizer.frontEnd.preTokenizer.isByteLevel ? .none : .before
    }
  }

  /// Appends the words of `text` to `words`; of byte-level models, as bytes that are not spelled out.
  public mutating func split(_ text: Span<UInt8>, into words: inout WordBuffer) throws {
    var position = 0
    for match in text.withUnsafeBufferPointer({ tokenizer.rawMatcher.matches(in: $0) }) {
      try splitStretch(text, position..<match.range.lowerBound, into: &words)
      position = match.range.upperBound
    }
    try splitStretch(text, position..<text.count, into: &words)
  }

  private mutating func splitStretch(
    _ text: Span<UInt8>, _ range: Range<Int>, into words: inout WordBuffer
  ) throws {
    guard !range.isEmpty else { return }
    normalized.removeAll()
    try normalizer.normalize(text.extracting(range), into: &normalized)
    let matches = normalized.span.withUnsafeBufferPointer {
      tokenizer.normalizedMatcher.matches(in: $0)
    }
    let isFirst = range.lowerBound == 0
    var position = 0
    for match in matches {
      try appendWords(position..<match.range.lowerBound, isFirst: isFirst, to: &words)
      position = match.range.upperBound
    }
    try appendWords(position..<normalized.count, isFirst: isFirst, to: &words)
  }

  private mutating func appendWords(
    _ range: Range<Int>, isFirst: Bool, to words: inout WordBuffer
  ) throws(NormalizationError) {
    guard !range.isEmpty else { return }
    whole.removeAll()
    if tokenizer.model.sentencePiece != nil {
      Self.copy(normalized, range, into: &whole)
    } else {
      let atStart = isFirst && range.lowerBound == 0 ? 1 : 0
      try Self.split(normalized, range, cutter, atStart, into: &whole)
    }
    var start = 0
    for end in whole.ends {
      appendParts(start..<Int(end), to: &words)
      start = Int(end)
    }
  }

  // The parts of a splitter as parameters: `self` as a whole would be borrowed by a span of one part
  // while another is changed.
  private static func split(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ atStart: Int,
    into words: inout WordBuffer
  ) throws(NormalizationError) {
    var alignment: Alignment?
    try cutter.split(
      normalized.span.extracting(range), atStart: atStart, into: &words, alignment: &alignment)
  }

  private static func copy(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, into words: inout WordBuffer
  ) {
    words.bytes.append(normalized.span.extracting(range))
    words.ends.append(UInt32(truncatingIfNeeded: words.bytes.count))
  }

  /// Appends a word, cut at its marks.
  private func appendParts(_ word: Range<Int>, to words: inout WordBuffer) {
    let bytes = whole.bytes.span
    var start = word.lowerBound
    func append(upTo end: Int) {
      guard start < end else { return }
      words.bytes.append(bytes.extracting(start..<end))
      words.ends.append(UInt32(truncatingIfNeeded: words.bytes.count))
      start = end
    }
    if cut != .none {
      var place = word.lowerBound
      while place + 2 < word.upperBound {
        guard bytes[place] == 0xE2, bytes[place + 1] == 0x96, bytes[place + 2] == 0x81 else {
          place += 1
          continue
        }
        append(upTo: cut == .before ? place : place + 3)
        place += 3
      }
    }
    append(upTo: word.upperBound)
  }
}

extension Tokenizer {
  /// Cuts texts into the words that the model sees, for counting: scratch for one thread.
  /// - Throws: `NormalizationError` where a pattern does not compile.
  public func makeWordSplitter() throws(NormalizationError) -> TokenizerWordSplitter {
    try TokenizerWordSplitter(self)
  }
}
