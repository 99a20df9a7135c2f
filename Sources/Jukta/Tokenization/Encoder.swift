/// Encodes texts on one thread: scratch that is reset for each text, and grows only until it has
/// seen the longest.
public struct Encoder: ~Copyable {
  private let tokenizer: Tokenizer
  private let cutter: WordCutter
  private var normalizer: NormalizerWorker
  private var worker: UnigramWorker
  private var normalized = ByteBuffer(capacity: 1 << 12)
  private var words = WordBuffer()
  private let before: [Template.Special]
  private let after: [Template.Special]

  init(_ tokenizer: Tokenizer) throws(NormalizationError) {
    self.tokenizer = tokenizer
    cutter = WordCutter(tokenizer.frontEnd)
    normalizer = try tokenizer.frontEnd.normalizer.makeWorker()
    worker = UnigramWorker(tokenizer.model)
    (before, after) = tokenizer.template?.surroundings ?? ([], [])
  }

  /// Appends the ids of `text` to `ids`.
  /// - Throws: `NormalizationError`, or `ModelError` where the model cannot say a character.
  public mutating func encode(
    _ text: Span<UInt8>, addsSpecialTokens: Bool = true, into ids: inout [UInt32]
  ) throws {
    if addsSpecialTokens { for special in before { ids.append(contentsOf: special.ids) } }
    var lengths: [UInt32]?
    var alignment: Alignment?
    for part in parts(of: text) {
      if let token = part.token {
        ids.append(tokenizer.addedTokens[token].id)
        continue
      }
      normalized.removeAll()
      try normalizer.normalize(text.extracting(part.range), into: &normalized)
      for piece in normalizedParts() {
        if let token = piece.token {
          ids.append(tokenizer.addedTokens[token].id)
          continue
        }
        words.removeAll()
        let isFirst = part.range.lowerBound == 0 && piece.range.lowerBound == 0
        Self.cut(normalized, piece.range, cutter, isFirst, into: &words, &alignment)
        try Self.encodeWords(words, &worker, into: &ids, lengths: &lengths)
      }
    }
    if addsSpecialTokens { for special in after { ids.append(contentsOf: special.ids) } }
  }

  private static func encodeWords(
    _ words: borrowing WordBuffer, _ worker: inout UnigramWorker, into ids: inout [UInt32],
    lengths: inout [UInt32]?
  ) throws(ModelError) {
    var failure: ModelError?
    words.bytes.span.withUnsafeBufferPointer { bytes in
      var start = 0
      do throws(ModelError) {
        for end in words.ends {
          let word = UnsafeBufferPointer(rebasing: bytes[start..<Int(end)])
          try worker.encode(word, into: &ids, lengths: &lengths)
          start = Int(end)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  // The parts of an encoder as parameters: `self` as a whole would be borrowed by a span of one part
  // while another is changed.
  private static func cut(
    _ normalized: borrowing ByteBuffer, _ range: Range<Int>, _ cutter: WordCutter, _ isFirst: Bool,
    into words: inout WordBuffer, _ alignment: inout Alignment?
  ) {
    cutter.split(
      normalized.span.extracting(range), isFirst: isFirst, into: &words, alignment: &alignment)
  }

  private static func encode(
    _ words: borrowing WordBuffer, _ range: Range<Int>, _ worker: inout UnigramWorker,
    into ids: inout [UInt32],
    lengths: inout [UInt32]?
  ) throws(ModelError) {
    var failure: ModelError?
    words.bytes.span.extracting(range).withUnsafeBufferPointer { bytes in
      do throws(ModelError) {
        try worker.encode(bytes, into: &ids, lengths: &lengths)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// A stretch of text, or an added token that was found in it.
  private struct Part {
    var range: Range<Int>
    var token: Int?
  }

  private static func parts(_ count: Int, _ matches: [AddedTokenMatcher.Match]) -> [Part] {
    guard !matches.isEmpty else { return count == 0 ? [] : [Part(range: 0..<count, token: nil)] }
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

  private func parts(of text: Span<UInt8>) -> [Part] {
    Self.parts(
      text.count, text.withUnsafeBufferPointer { tokenizer.rawMatcher.matches(in: $0) })
  }

  private func normalizedParts() -> [Part] {
    let span = normalized.span
    return Self.parts(
      span.count, span.withUnsafeBufferPointer { tokenizer.normalizedMatcher.matches(in: $0) })
  }

  /// Encodes one text with everything there is to know about its tokens.
  /// - Throws: as `encode(_:addsSpecialTokens:into:)`.
  public mutating func encoding(
    of text: Span<UInt8>, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    var result = Encoding()
    if addsSpecialTokens { Self.append(before, to: &result) }
    var wordID = 0
    for part in parts(of: text) {
      if let token = part.token {
        result.append(
          id: tokenizer.addedTokens[token].id, token: Self.string(text.extracting(part.range)),
          range: part.range, word: wordID)
        wordID += 1
        continue
      }
      normalized.removeAll()
      var alignment = Alignment()
      try normalizer.normalize(
        text.extracting(part.range), into: &normalized, alignment: &alignment)
      for piece in normalizedParts() {
        try append(
          piece, of: part, alignment, to: &result, wordID: &wordID)
      }
    }
    if addsSpecialTokens { Self.append(after, to: &result) }
    return result
  }

  /// Appends the tokens of one stretch of normalised text.
  private mutating func append(
    _ piece: Part, of part: Part, _ alignment: Alignment, to result: inout Encoding,
    wordID: inout Int
  ) throws {
    func original(_ range: Range<Int>) -> Range<Int> {
      let found = alignment.originalRange(of: range)
      let base = part.range.lowerBound
      return found.lowerBound + base..<found.upperBound + base
    }
    let base = piece.range.lowerBound
    if let token = piece.token {
      result.append(
        id: tokenizer.addedTokens[token].id,
        token: Self.string(normalized.span.extracting(piece.range)),
        range: original(piece.range), word: wordID)
      wordID += 1
      return
    }
    words.removeAll()
    var wordAlignment: Alignment? = Alignment()
    let isFirst = part.range.lowerBound == 0 && base == 0
    Self.cut(normalized, piece.range, cutter, isFirst, into: &words, &wordAlignment)
    var wordCursor = Alignment.Cursor(wordAlignment ?? Alignment())
    var cursor = Alignment.Cursor(alignment)
    var ids: [UInt32] = []
    var lengths: [UInt32]? = []
    var start = 0
    for end in words.ends {
      ids.removeAll(keepingCapacity: true)
      lengths?.removeAll(keepingCapacity: true)
      try Self.encode(words, start..<Int(end), &worker, into: &ids, lengths: &lengths)
      var position = start
      for (id, length) in zip(ids, lengths ?? []) {
        let range = position..<position + Int(length & ~(1 << 31))
        let inText = wordCursor.originalRange(of: range)
        let found = cursor.originalRange(of: inText.lowerBound + base..<inText.upperBound + base)
        let shift = part.range.lowerBound
        let isByte = length >> 31 == 1 || tokenizer.model.byteIDs[0] != nil && isBytePiece(id)
        result.append(
          id: id,
          token: isByte
            ? tokenizer.model.pieces[Int(id)] : Self.string(words.bytes.span.extracting(range)),
          range: found.lowerBound + shift..<found.upperBound + shift, word: wordID)
        if length >> 31 == 0 { position = range.upperBound }
      }
      wordID += 1
      start = Int(end)
    }
  }

  private func isBytePiece(_ id: UInt32) -> Bool { tokenizer.model.byteIDs.contains(id) }

  private static func append(_ specials: [Template.Special], to result: inout Encoding) {
    for special in specials {
      for (id, token) in zip(special.ids, special.tokens) {
        result.append(id: id, token: token, range: 0..<0, word: nil, isTemplate: true)
      }
    }
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
