/// Encodes texts on one thread: scratch that is reset for each text, and grows only until it has
/// seen the longest.
///
/// The scratch comes from a pool that the tokenizer shares with its copies, and goes back there.
public struct Encoder: ~Copyable {
  let tokenizer: Tokenizer
  private let holder: ScratchPool<EncodingScratch>.Holder
  /// What BPE-dropout draws from. The same text and seed give the same ids, whatever was encoded
  /// before and on whichever thread; another epoch wants another seed.
  public var seed: UInt64 = 0

  init(_ tokenizer: Tokenizer) throws(NormalizationError) {
    self.tokenizer = tokenizer
    holder = try tokenizer.takeScratch()
  }

  deinit { tokenizer.scratch.giveBack(holder) }

  /// Appends the ids of `text` to `ids`, truncated and padded where the tokenizer says so.
  /// - Throws: `NormalizationError`, `ModelError` where the model cannot say a character,
  ///   `TruncationError` or `PostProcessorError`.
  public mutating func encode(
    _ text: Span<UInt8>, addsSpecialTokens: Bool = true, into ids: inout [UInt32]
  ) throws {
    try holder.scratch.encode(
      text, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids)
  }

  /// Appends the ids of `text` to `ids`, and for each the range of original bytes that it came from
  /// to `ranges`: what a training pipeline needs of an `Encoding`, without the strings.
  /// - Throws: as `encode(_:addsSpecialTokens:into:)`.
  public mutating func encode(
    _ text: Span<UInt8>, addsSpecialTokens: Bool = true, into ids: inout [UInt32],
    ranges: inout [Range<Int>]
  ) throws {
    try holder.scratch.encode(
      text, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens, into: &ids,
      ranges: &ranges)
  }

  /// Encodes one text with everything there is to know about its tokens.
  /// - Throws: as `encode(_:addsSpecialTokens:into:)`.
  public mutating func encoding(
    of text: Span<UInt8>, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    try holder.scratch.encoding(
      of: text, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens)
  }

  /// Encodes a text, words, or a pair, with everything there is to know about the tokens.
  /// - Throws: `NormalizationError`, `ModelError`, `TruncationError` or `PostProcessorError`.
  public mutating func encoding(
    of input: EncodingInput, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    try holder.scratch.encoding(
      of: input, tokenizer, seed: seed, addsSpecialTokens: addsSpecialTokens)
  }

  /// The best ways to cut one text, the best first, with the sums of their scores; one way has score 0,
  /// as SentencePiece says. At most 512, and fewer where there are no more.
  /// - Throws: `SentencePieceProcessorError` for anything but a SentencePiece Unigram model.
  public mutating func nBest(
    of text: Span<UInt8>, limit: Int, addsSpecialTokens: Bool = true
  ) throws -> [(encoding: Encoding, score: Float)] {
    guard
      let found = try holder.scratch.sentencePiece?.nBest(
        text, limit: limit, addsSpecialTokens: addsSpecialTokens)
    else { throw SentencePieceProcessorError.notSentencePiece }
    return found
  }
}

extension Tokenizer {
  /// Scratch for one thread, which goes back into the tokenizer's pool with the encoder: making one is
  /// cheap but for the first, and words that were seen before are known.
  /// - Throws: `NormalizationError` where a pattern does not compile.
  public func makeEncoder() throws(NormalizationError) -> Encoder { try Encoder(self) }

  /// Scratch that must be given back.
  func takeScratch() throws(NormalizationError) -> ScratchPool<EncodingScratch>.Holder {
    try scratch.take { () throws(NormalizationError) in try EncodingScratch(frontEnd, model) }
  }

  /// Runs `body` with scratch of the pool.
  func withScratch<Result>(
    _ body: (inout EncodingScratch) throws -> Result
  ) throws -> Result {
    let holder = try takeScratch()
    defer { scratch.giveBack(holder) }
    return try body(&holder.scratch)
  }

  /// Whether nothing is cut off, put around or filled up.
  var isBare: Bool { truncation == nil && padding == nil && postProcessor == nil }
}
