/// What encoding works with on one thread: buffers, caches and searches that are reset for each text,
/// and grow only until they have seen the longest.
///
/// It depends on the front end and the model alone, so that all copies of a tokenizer can share a pool
/// of it; what a copy has of its own (added tokens to be passed over, truncation, padding) comes with
/// each call.
struct EncodingScratch: ~Copyable {
  let cutter: WordCutter
  var normalizer: NormalizerWorker
  var worker: WordWorker
  var normalized = ByteBuffer(capacity: 1 << 12)
  var words = WordBuffer()
  var alignment = Alignment()
  var wordAlignment: Alignment? = Alignment()
  /// Added tokens found in the original text, and in the stretch of normalised text at hand.
  var rawMatches: [AddedTokenMatcher.Match] = []
  var normalizedMatches: [AddedTokenMatcher.Match] = []
  /// The memory of the ranges of the text before.
  var kept: [Range<Int>] = []
  /// The memory of what its tokens begin and end with.
  var keptEdges: [ByteLevelOffsets.Edges] = []
  /// Does all the work for a SentencePiece model.
  var sentencePiece: SentencePieceEncoder?

  init(_ frontEnd: TextFrontEnd, _ model: TokenizerModel) throws(NormalizationError) {
    cutter = WordCutter(frontEnd)
    normalizer = try frontEnd.normalizer.makeWorker()
    worker = WordWorker(model)
    sentencePiece = model.sentencePiece.map { SentencePieceEncoder($0) }
  }

  /// Appends the ids of `text` to `ids`, truncated and padded where the tokenizer says so.
  mutating func encode(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64, addsSpecialTokens: Bool,
    into ids: inout [UInt32]
  ) throws {
    if sentencePiece != nil {
      guard tokenizer.isBare else {
        return ids += try encoding(
          of: text, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens
        ).ids
      }
      try sentencePiece?.encode(
        text, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids)
      return
    }
    try encode(text, tokenizer, seed: seed)
    try tokenizer.finisher.append(
      worker.ids.span, tokenizer, addsSpecialTokens: addsSpecialTokens, to: &ids)
  }

  /// Hands the ids of a text to `worker`.
  private mutating func encode(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64
  ) throws {
    worker.removeAll()
    worker.begin(text, seed: seed)
    text.withUnsafeBufferPointer { tokenizer.rawMatcher.find(in: $0, into: &rawMatches) }
    if rawMatches.isEmpty { return try encodeStretch(text, tokenizer, isFirst: true) }
    var position = 0
    for index in rawMatches.indices {
      let (range, id) = (rawMatches[index].range, rawMatches[index].id)
      if range.lowerBound > position {
        try encodeStretch(
          text.extracting(position..<range.lowerBound), tokenizer, isFirst: position == 0)
      }
      worker.append(id)
      position = range.upperBound
    }
    if position < text.count {
      try encodeStretch(text.extracting(position..<text.count), tokenizer, isFirst: position == 0)
    }
  }

  /// The same for a stretch without tokens of the original text.
  private mutating func encodeStretch(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, isFirst: Bool
  ) throws {
    let atStart = try normalize(text, tokenizer.frontEnd.asksForStart, isFirst: isFirst)
    findNormalized(tokenizer)
    if normalizedMatches.isEmpty { return try encodeWords(0..<normalized.count, atStart) }
    var position = 0
    for index in normalizedMatches.indices {
      let (range, id) = (normalizedMatches[index].range, normalizedMatches[index].id)
      if range.lowerBound > position {
        try encodeWords(position..<range.lowerBound, atStart - position)
      }
      worker.append(id)
      position = range.upperBound
    }
    if position < normalized.count {
      try encodeWords(position..<normalized.count, atStart - position)
    }
  }

  private mutating func encodeWords(_ range: Range<Int>, _ atStart: Int) throws {
    words.removeAll()
    try Self.cut(normalized, range, cutter, atStart, into: &words)
    try worker.encode(&words)
  }

  /// Normalises a stretch; says how many bytes of the result came from the start of the input.
  private mutating func normalize(
    _ text: Span<UInt8>, _ asksForStart: Bool, isFirst: Bool
  ) throws -> Int {
    normalized.removeAll()
    guard isFirst, asksForStart else {
      try normalizer.normalize(text, into: &normalized)
      return isFirst ? 1 : 0
    }
    try normalizer.normalize(text, into: &normalized, alignment: &alignment)
    return alignment.countAtStart
  }

  mutating func findNormalized(_ tokenizer: borrowing Tokenizer) {
    Self.find(tokenizer.normalizedMatcher, normalized, into: &normalizedMatches)
  }

  // Parts as parameters: `self` as a whole would be borrowed by a span of one part while another is
  // changed.
  private static func find(
    _ matcher: AddedTokenMatcher, _ text: borrowing ByteBuffer,
    into matches: inout [AddedTokenMatcher.Match]
  ) {
    text.span.withUnsafeBufferPointer { matcher.find(in: $0, into: &matches) }
  }

  private static func cut(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ atStart: Int,
    into words: inout WordBuffer
  ) throws(NormalizationError) {
    var alignment: Alignment?
    try cut(normalized, range, cutter, atStart, into: &words, &alignment)
  }

  static func cut(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ atStart: Int,
    into words: inout WordBuffer, _ alignment: inout Alignment?
  ) throws(NormalizationError) {
    try cutter.split(
      normalized.span.extracting(range), atStart: atStart, into: &words, alignment: &alignment)
  }
}
