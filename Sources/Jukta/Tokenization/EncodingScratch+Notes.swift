extension EncodingScratch {
  /// Appends the ids of `text` to `ids`, and for each its range in `text` to `ranges`.
  mutating func encode(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64, addsSpecialTokens: Bool,
    into ids: inout [UInt32], ranges: inout [Range<Int>]
  ) throws {
    if sentencePiece != nil, tokenizer.isBare {
      try sentencePiece?.encode(
        text, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids, ranges: &ranges)
      return
    }
    let trims = tokenizer.finisher.trims
    // What is cut off decides which token is the first, and so what is trimmed.
    guard sentencePiece == nil, trims.isEmpty || tokenizer.truncation == nil else {
      let encoding = try encoding(
        of: text, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens)
      ids += encoding.ids
      ranges += encoding.ranges
      return
    }
    // Moved out and in, so that its memory is kept and nothing overlaps.
    var notes = TokenNotes(edgesOf: trims.isEmpty ? nil : tokenizer.model)
    swap(&notes.ranges, &kept)
    swap(&notes.edges, &keptEdges)
    notes.ranges.removeAll(keepingCapacity: true)
    notes.edges.removeAll(keepingCapacity: true)
    defer {
      swap(&notes.ranges, &kept)
      swap(&notes.edges, &keptEdges)
    }
    try encode(text, tokenizer, seed: seed, &notes)
    for offsets in trims {
      for index in notes.ranges.indices {
        notes.ranges[index] = offsets.range(
          notes.edges[index], notes.ranges[index], in: text, isFirst: index == 0)
      }
    }
    try tokenizer.finisher.append(
      worker.ids.span, notes.ranges, tokenizer, addsSpecialTokens: addsSpecialTokens, to: &ids,
      &ranges)
  }

  /// Encodes one text with everything there is to know about its tokens.
  mutating func encoding(
    of text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64, addsControls: Bool? = nil,
    addsSpecialTokens: Bool
  ) throws -> Encoding {
    var result = Encoding()
    try append(
      text, tokenizer, seed: seed, addsControls: addsControls ?? addsSpecialTokens, to: &result)
    if tokenizer.isBare { return result }
    return try tokenizer.finish(
      result,
      !tokenizer.finisher.trims.isEmpty
        ? .text(text.withUnsafeBufferPointer { Array($0) }) : .unknown,
      addsSpecialTokens: addsSpecialTokens)
  }

  /// Appends the tokens of one text alone to `result`, which is neither truncated nor surrounded by
  /// anything yet; `addsControls` is for what a SentencePiece model puts in itself.
  mutating func append(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64, addsControls: Bool = false,
    to result: inout Encoding
  ) throws {
    if let encoding = try sentencePiece?.encoding(
      of: text, seed: seed, addsSpecialTokens: addsControls)
    {
      if result.count == 0 { result = encoding } else { result.append(contentsOf: encoding) }
      return
    }
    var notes = TokenNotes(tokensOf: tokenizer.model, about: text.count / 4)
    try encode(text, tokenizer, seed: seed, &notes)
    result.append(ids: worker.ids.ids(from: 0), notes)
  }

  /// Hands the ids of a text to `worker` and what else is asked about its tokens to `notes`.
  private mutating func encode(
    _ text: Span<UInt8>, _ tokenizer: borrowing Tokenizer, seed: UInt64, _ notes: inout TokenNotes
  ) throws {
    worker.removeAll()
    worker.begin(text, seed: seed)
    text.withUnsafeBufferPointer { tokenizer.rawMatcher.find(in: $0, into: &rawMatches) }
    if rawMatches.isEmpty { return try encodeStretch(text, at: 0, tokenizer, &notes) }
    var position = 0
    for index in rawMatches.indices {
      let (range, id) = (rawMatches[index].range, rawMatches[index].id)
      if range.lowerBound > position {
        let stretch = text.extracting(position..<range.lowerBound)
        try encodeStretch(stretch, at: position, tokenizer, &notes)
      }
      worker.append(id)
      notes.append(range, text: text.extracting(range))
      position = range.upperBound
    }
    if position < text.count {
      try encodeStretch(text.extracting(position..<text.count), at: position, tokenizer, &notes)
    }
  }

  /// The same for the stretch at `shift` of a text, which holds no tokens of the original text.
  private mutating func encodeStretch(
    _ stretch: Span<UInt8>, at shift: Int, _ tokenizer: borrowing Tokenizer,
    _ notes: inout TokenNotes
  ) throws {
    normalized.removeAll()
    try normalizer.normalize(stretch, into: &normalized, alignment: &alignment)
    findNormalized(tokenizer)
    if normalizedMatches.isEmpty {
      return try encodeWords(0..<normalized.count, at: shift, tokenizer.model, &notes)
    }
    var position = 0
    for index in normalizedMatches.indices {
      let (range, id) = (normalizedMatches[index].range, normalizedMatches[index].id)
      if range.lowerBound > position {
        try encodeWords(position..<range.lowerBound, at: shift, tokenizer.model, &notes)
      }
      worker.append(id)
      let found = alignment.originalRange(of: range)
      notes.append(
        found.lowerBound + shift..<found.upperBound + shift,
        text: normalized.span.extracting(range))
      position = range.upperBound
    }
    if position < normalized.count {
      try encodeWords(position..<normalized.count, at: shift, tokenizer.model, &notes)
    }
  }

  /// The same for the words of `range` of the normalised text.
  private mutating func encodeWords(
    _ range: Range<Int>, at shift: Int, _ model: TokenizerModel, _ notes: inout TokenNotes
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
          isByte: length >> 31 == 1, model, text: words.bytes, inWord)
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
