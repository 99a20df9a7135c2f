/// A tokenizer: text to the ids of a model, and back.
///
///     let tokenizer = try Tokenizer(tokenizerJSON: bytes)
///     let encoding = try tokenizer.encode("আমি বাংলায় গান গাই।")
///     encoding.tokens                     // ["▁আমি", "▁বাংলায়", "▁গান", "▁গাই", "।"]
///
/// Immutable and shared by all threads; `makeEncoder()` gives each thread its scratch.
public struct Tokenizer: Sendable {
  /// The normaliser and the pre-tokenizer.
  public let frontEnd: TextFrontEnd
  /// The model.
  public let model: TokenizerModel
  /// Tokens that are cut out of the text before the model sees it, by id.
  public let addedTokens: [AddedToken]
  /// What becomes of encoded texts at the end: what stands around them, their types and ranges.
  public let postProcessor: PostProcessor?
  /// How texts are cut to what a model takes; nil leaves them as they are.
  public var truncation: Truncation?
  /// How encodings are filled up to one length; nil leaves them as they are.
  public var padding: Padding?
  /// How tokens become text again; nil joins them with spaces.
  public let decoder: Decoder?
  /// Whether special tokens that stand in a text are text like any other: for text that comes from
  /// strangers. What the post-processor puts in stays. Not kept in tokenizer.json.
  public var encodesSpecialTokensAsText = false {
    didSet {
      rawMatcher.passesSpecialTokens = encodesSpecialTokensAsText
      normalizedMatcher.passesSpecialTokens = encodesSpecialTokensAsText
    }
  }
  private(set) var rawMatcher: AddedTokenMatcher
  private(set) var normalizedMatcher: AddedTokenMatcher
  /// What puts ids together without an `Encoding`.
  let finisher: IDFinisher
  /// Scratch for encoding, shared by all copies.
  let scratch: ScratchPool<EncodingScratch>
  /// Added tokens' texts when decoded: in normal form where they are looked for in it; and whether
  /// they are left out with the special tokens.
  private let addedByID: [UInt32: (text: String, isSkipped: Bool)]

  /// Joins the parts.
  /// - Throws: `NormalizationError` where a pattern does not compile.
  public init(
    frontEnd: TextFrontEnd, model: TokenizerModel, addedTokens: [AddedToken] = [],
    postProcessor: PostProcessor? = nil, decoder: Decoder? = .metaspace(),
    truncation: Truncation? = nil, padding: Padding? = nil
  ) throws(NormalizationError) {
    try frontEnd.preTokenizer.checkPatterns()
    try decoder?.checkPatterns()
    self.frontEnd = frontEnd
    self.model = model
    self.addedTokens = addedTokens.sorted { $0.id < $1.id }
    self.postProcessor = postProcessor
    self.truncation = truncation
    self.padding = padding
    self.decoder = decoder
    finisher = IDFinisher(postProcessor)
    scratch = ScratchPool()
    rawMatcher = AddedTokenMatcher(
      self.addedTokens,
      contents: self.addedTokens.map { $0.isNormalized ? nil : Array($0.content.utf8) })
    var normalized: [[UInt8]?] = []
    for token in self.addedTokens {
      normalized.append(
        token.isNormalized
          ? Array(try frontEnd.normalizer.normalize(token.content).text.utf8) : nil)
    }
    normalizedMatcher = AddedTokenMatcher(self.addedTokens, contents: normalized)
    // The reference asks whether the text, which may be a normal form, is that of a special token.
    let special = Set(self.addedTokens.filter(\.isSpecial).map { Array($0.content.utf8) })
    addedByID = Dictionary(
      zip(self.addedTokens, normalized).map { token, bytes in
        let bytes = bytes ?? Array(token.content.utf8)
        return (token.id, (String(decoding: bytes, as: UTF8.self), special.contains(bytes)))
      }, uniquingKeysWith: { _, later in later })
  }

  /// The number of ids: the model's pieces, and added tokens beyond them.
  public var vocabularySize: Int {
    max(model.pieces.count, (addedTokens.last?.id).map { Int($0) + 1 } ?? 0)
  }

  /// Encodes one text.
  /// - Parameter addsSpecialTokens: whether the post-processor's tokens are put around it.
  /// - Throws: `NormalizationError`, `ModelError` where the model cannot say a character,
  ///   `TruncationError` or `PostProcessorError`.
  public func encode(_ text: String, addsSpecialTokens: Bool = true) throws -> Encoding {
    let bytes = Array(text.utf8)
    return try withScratch {
      try $0.encoding(of: bytes.span, self, seed: 0, addsSpecialTokens: addsSpecialTokens)
    }
  }

  /// The text that `ids` stand for; ids that do not exist are passed over.
  public func decode(_ ids: [UInt32], skipsSpecialTokens: Bool = true) -> String {
    if let processor = model.sentencePiece {
      return processor.decode(ids, skipsSpecialTokens: skipsSpecialTokens)
    }
    let tokens = ids.compactMap { token(withID: $0, skipsSpecialTokens: skipsSpecialTokens) }
    guard let decoder else { return tokens.joined(separator: " ") }
    return decoder.apply(tokens).joined()
  }

  /// The token of an id, as decoding takes it: an added token that is looked for in the normalised
  /// text is told in its normal form. Nil for ids that do not exist.
  public func token(withID id: UInt32) -> String? {
    token(withID: id, skipsSpecialTokens: false)
  }

  func token(withID id: UInt32, skipsSpecialTokens: Bool) -> String? {
    if let added = addedByID[id] { return skipsSpecialTokens && added.isSkipped ? nil : added.text }
    // A vocabulary with holes has empty pieces there.
    return model.piece(of: id)
  }
}
