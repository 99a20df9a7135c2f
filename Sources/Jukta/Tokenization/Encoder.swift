/// Encodes texts on one thread: scratch that is reset for each text, and grows only until it has
/// seen the longest.
public struct Encoder: ~Copyable {
  let tokenizer: Tokenizer
  private let cutter: WordCutter
  private var normalizer: NormalizerWorker
  private var worker: WordWorker
  private var normalized = ByteBuffer(capacity: 1 << 12)
  private var words = WordBuffer()
  private var alignment = Alignment()
  private var wordAlignment: Alignment? = Alignment()
  /// The memory of the ranges of the text before.
  private var kept: [Range<Int>] = []
  /// What BPE-dropout draws from. The same text and seed give the same ids, whatever was encoded
  /// before and on whichever thread; another epoch wants another seed.
  public var seed: UInt64 = 0
  /// Does all the work for a SentencePiece model.
  private var sentencePiece: SentencePieceEncoder?
  private let finisher: IDFinisher

  init(_ tokenizer: Tokenizer) throws(NormalizationError) {
    self.tokenizer = tokenizer
    cutter = WordCutter(tokenizer.frontEnd)
    normalizer = try tokenizer.frontEnd.normalizer.makeWorker()
    worker = WordWorker(tokenizer.model)
    sentencePiece = tokenizer.model.sentencePiece.map { SentencePieceEncoder($0) }
    finisher = IDFinisher(tokenizer)
  }

  /// Appends the ids of `text` to `ids`, truncated and padded where the tokenizer says so.
  /// - Throws: `NormalizationError`, `ModelError` where the model cannot say a character,
  ///   `TruncationError` or `PostProcessorError`.
  public mutating func encode(
    _ text: Span<UInt8>, addsSpecialTokens: Bool = true, into ids: inout [UInt32]
  ) throws {
    if sentencePiece != nil {
      guard isBare else {
        return ids += try encoding(of: text, addsSpecialTokens: addsSpecialTokens).ids
      }
      try sentencePiece?.encode(
        text, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids)
      return
    }
    worker.removeAll()
    worker.begin(text, seed: seed)
    let matches = text.withUnsafeBufferPointer { tokenizer.rawMatcher.matches(in: $0) }
    if matches.isEmpty {
      try encodeStretch(text, isFirst: true)
    } else {
      for part in Self.parts(text.count, matches) {
        if let token = part.token {
          worker.append(tokenizer.addedTokens[token].id)
        } else {
          try encodeStretch(text.extracting(part.range), isFirst: part.range.lowerBound == 0)
        }
      }
    }
    try finisher.append(worker.ids.span, addsSpecialTokens: addsSpecialTokens, to: &ids)
  }

  /// The best ways to cut one text, the best first, with the sums of their scores; one way has score 0,
  /// as SentencePiece says. At most 512, and fewer where there are no more.
  /// - Throws: `SentencePieceProcessorError` for anything but a SentencePiece Unigram model.
  public mutating func nBest(
    of text: Span<UInt8>, limit: Int, addsSpecialTokens: Bool = true
  ) throws -> [(encoding: Encoding, score: Float)] {
    guard
      let found = try sentencePiece?.nBest(
        text, limit: limit, addsSpecialTokens: addsSpecialTokens)
    else { throw SentencePieceProcessorError.notSentencePiece }
    return found
  }

  /// Hands the ids of a text without tokens of the original text to `worker`.
  private mutating func encodeStretch(_ text: Span<UInt8>, isFirst: Bool) throws {
    let atStart = try normalize(text, isFirst: isFirst)
    let matches = normalizedMatches()
    guard !matches.isEmpty else {
      words.removeAll()
      try Self.cut(normalized, 0..<normalized.count, cutter, atStart, into: &words)
      return try worker.encode(&words)
    }
    for piece in Self.parts(normalized.count, matches) {
      if let token = piece.token {
        worker.append(tokenizer.addedTokens[token].id)
        continue
      }
      words.removeAll()
      try Self.cut(
        normalized, piece.range, cutter, atStart - piece.range.lowerBound, into: &words)
      try worker.encode(&words)
    }
  }

  /// Normalises a stretch; says how many bytes of the result came from the start of the input.
  private mutating func normalize(_ text: Span<UInt8>, isFirst: Bool) throws -> Int {
    normalized.removeAll()
    guard isFirst, tokenizer.frontEnd.asksForStart else {
      try normalizer.normalize(text, into: &normalized)
      return isFirst ? 1 : 0
    }
    try normalizer.normalize(text, into: &normalized, alignment: &alignment)
    return alignment.countAtStart
  }

  private func normalizedMatches() -> [AddedTokenMatcher.Match] {
    normalized.span.withUnsafeBufferPointer { tokenizer.normalizedMatcher.matches(in: $0) }
  }

  // The parts of an encoder as parameters: `self` as a whole would be borrowed by a span of one part
  // while another is changed.
  private static func cut(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ atStart: Int,
    into words: inout WordBuffer
  ) throws(NormalizationError) {
    var alignment: Alignment?
    try cut(normalized, range, cutter, atStart, into: &words, &alignment)
  }

  private static func cut(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ atStart: Int,
    into words: inout WordBuffer, _ alignment: inout Alignment?
  ) throws(NormalizationError) {
    try cutter.split(
      normalized.span.extracting(range), atStart: atStart, into: &words, alignment: &alignment)
  }

  /// A stretch of text, or an added token that was found in it.
  private struct Part {
    var range: Range<Int>
    var token: Int?
  }

  private static func parts(_ count: Int, _ matches: [AddedTokenMatcher.Match]) -> [Part] {
    var parts: [Part] = []
    var position = 0
    for match in matches {
      if match.range.lowerBound > position {
        parts.append(Part(range: position..<match.range.lowerBound, token: nil))
      }
      parts.append(Part(range: match.range, token: match.token))
      position = match.range.upperBound
    }
    if position < count { parts.append(Part(range: position..<count, token: nil)) }
    return parts
  }

  /// Appends the ids of `text` to `ids`, and for each the range of original bytes that it came from
  /// to `ranges`: what a training pipeline needs of an `Encoding`, without the strings.
  /// - Throws: as `encode(_:addsSpecialTokens:into:)`.
  public mutating func encode(
    _ text: Span<UInt8>, addsSpecialTokens: Bool = true, into ids: inout [UInt32],
    ranges: inout [Range<Int>]
  ) throws {
    if sentencePiece != nil, isBare {
      try sentencePiece?.encode(
        text, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids, ranges: &ranges)
      return
    }
    guard !finisher.trimsOffsets, sentencePiece == nil else {
      let encoding = try encoding(of: text, addsSpecialTokens: addsSpecialTokens)
      ids += encoding.ids
      ranges += encoding.ranges
      return
    }
    // Moved out and in, so that its memory is kept and nothing overlaps.
    var notes = TokenNotes()
    swap(&notes.ranges, &kept)
    notes.ranges.removeAll(keepingCapacity: true)
    defer { swap(&notes.ranges, &kept) }
    try encode(text, &notes)
    try finisher.append(
      worker.ids.span, notes.ranges, addsSpecialTokens: addsSpecialTokens, to: &ids, &ranges)
  }

  /// Encodes one text with everything there is to know about its tokens.
  /// - Throws: as `encode(_:addsSpecialTokens:into:)`.
  public mutating func encoding(
    of text: Span<UInt8>, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    var result = Encoding()
    try append(text, addsControls: addsSpecialTokens, to: &result)
    return try tokenizer.finish(
      result, finisher.trimsOffsets ? .text(text.withUnsafeBufferPointer { Array($0) }) : .unknown,
      addsSpecialTokens: addsSpecialTokens)
  }

  /// Whether nothing is cut off, put around or filled up.
  private var isBare: Bool {
    tokenizer.truncation == nil && tokenizer.padding == nil && tokenizer.postProcessor == nil
  }

  /// Appends the tokens of one text alone to `result`, which is neither truncated nor surrounded by
  /// anything yet; `addsControls` is for what a SentencePiece model puts in itself.
  mutating func append(
    _ text: Span<UInt8>, addsControls: Bool = false, to result: inout Encoding
  ) throws {
    if let encoding = try sentencePiece?.encoding(
      of: text, seed: seed, addsSpecialTokens: addsControls)
    {
      if result.count == 0 { result = encoding } else { result.append(contentsOf: encoding) }
      return
    }
    var notes = TokenNotes(tokensOf: tokenizer.model)
    try encode(text, &notes)
    result.append(ids: worker.ids.ids(from: 0), notes)
  }

  /// Hands the ids of a text to `worker` and what else is asked about its tokens to `notes`.
  private mutating func encode(_ text: Span<UInt8>, _ notes: inout TokenNotes) throws {
    worker.removeAll()
    worker.begin(text, seed: seed)
    let matches = text.withUnsafeBufferPointer { tokenizer.rawMatcher.matches(in: $0) }
    if matches.isEmpty { return try encodeStretch(text, at: 0, &notes) }
    for part in Self.parts(text.count, matches) {
      let stretch = text.extracting(part.range)
      if let token = part.token {
        worker.append(tokenizer.addedTokens[token].id)
        notes.append(part.range, text: stretch)
      } else {
        try encodeStretch(stretch, at: part.range.lowerBound, &notes)
      }
    }
  }

  /// The same for the stretch at `shift` of a text, which holds no tokens of the original text.
  private mutating func encodeStretch(
    _ stretch: Span<UInt8>, at shift: Int, _ notes: inout TokenNotes
  ) throws {
    normalized.removeAll()
    try normalizer.normalize(stretch, into: &normalized, alignment: &alignment)
    let matches = normalizedMatches()
    if matches.isEmpty { return try encodeWords(0..<normalized.count, at: shift, &notes) }
    for piece in Self.parts(normalized.count, matches) {
      guard let token = piece.token else {
        try encodeWords(piece.range, at: shift, &notes)
        continue
      }
      worker.append(tokenizer.addedTokens[token].id)
      let found = alignment.originalRange(of: piece.range)
      notes.append(
        found.lowerBound + shift..<found.upperBound + shift,
        text: normalized.span.extracting(piece.range))
    }
  }

  /// The same for the words of `range` of the normalised text.
  private mutating func encodeWords(
    _ range: Range<Int>, at shift: Int, _ notes: inout TokenNotes
  ) throws {
    let base = range.lowerBound
    var cursor = Alignment.Cursor(alignment)
    words.removeAll()
    wordAlignment?.removeAll()
    let atStart = shift == 0 ? alignment.countAtStart - base : 0
    try Self.cut(normalized, range, cutter, atStart, into: &words, &wordAlignment)
    let first = worker.ids.count
    try worker.encodeWithLengths(&words)
    var wordCursor = Alignment.Cursor(wordAlignment ?? Alignment())
    var index = first
    var start = 0
    for (word, end) in words.ends.enumerated() {
      let bytes = start..<Int(end)
      let last = Int(worker.wordEnds.base[word])
      var position = start
      while index < last {
        let length = worker.lengths.base[index]
        let covered = position..<position + Int(length & ~(1 << 31))
        let inWord = Self.wholeScalars(covered, of: words.bytes, in: bytes)
        let inText = wordCursor.originalRange(of: inWord)
        let found = cursor.originalRange(of: inText.lowerBound + base..<inText.upperBound + base)
        notes.append(
          found.lowerBound + shift..<found.upperBound + shift, id: worker.ids.base[index],
          isByte: length >> 31 == 1, tokenizer.model, text: words.bytes, inWord)
        if length >> 31 == 0 { position = covered.upperBound }
        index += 1
      }
      notes.wordCount += 1
      start = Int(end)
    }
  }

  /// A range of bytes widened to the characters that it touches, inside of a word.
  private static func wholeScalars(
    _ range: Range<Int>, of bytes: borrowing ByteBuffer, in word: Range<Int>
  ) -> Range<Int> {
    let span = bytes.span
    var start = min(range.lowerBound, word.upperBound)
    var end = min(range.upperBound, word.upperBound)
    while start > word.lowerBound, start < word.upperBound, span[start] & 0xC0 == 0x80 {
      start -= 1
    }
    while end < word.upperBound, span[end] & 0xC0 == 0x80 { end += 1 }
    return start..<end
  }
}
