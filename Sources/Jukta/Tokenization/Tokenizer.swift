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
  /// What stands around an encoded text.
  public let template: Template?
  /// How byte-level models tell ranges; nil for other models.
  public let byteLevelOffsets: ByteLevelOffsets?
  /// How tokens become text again; nil joins them with spaces.
  public let decoder: Decoder?
  let rawMatcher: AddedTokenMatcher
  let normalizedMatcher: AddedTokenMatcher
  /// Added tokens, and their texts when decoded: in normal form where they are looked for in it.
  private let addedByID: [UInt32: (token: AddedToken, text: String)]

  /// Joins the parts.
  /// - Throws: `NormalizationError` where a pattern does not compile.
  public init(
    frontEnd: TextFrontEnd, model: TokenizerModel, addedTokens: [AddedToken] = [],
    template: Template? = nil, decoder: Decoder? = .metaspace(),
    byteLevelOffsets: ByteLevelOffsets? = nil
  ) throws(NormalizationError) {
    try frontEnd.preTokenizer.checkPatterns()
    self.frontEnd = frontEnd
    self.model = model
    self.addedTokens = addedTokens.sorted { $0.id < $1.id }
    self.template = template
    self.byteLevelOffsets = byteLevelOffsets
    self.decoder = decoder
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
    addedByID = Dictionary(
      zip(self.addedTokens, normalized).map { token, bytes in
        (token.id, (token, bytes.map { String(decoding: $0, as: UTF8.self) } ?? token.content))
      }, uniquingKeysWith: { _, later in later })
  }

  /// The number of ids: the model's pieces, and added tokens beyond them.
  public var vocabularySize: Int {
    max(model.pieces.count, (addedTokens.last?.id).map { Int($0) + 1 } ?? 0)
  }

  /// Scratch for one thread.
  public func makeEncoder() throws(NormalizationError) -> Encoder { try Encoder(self) }

  /// Encodes one text.
  /// - Parameter addsSpecialTokens: whether the template's tokens are put around it.
  /// - Throws: `NormalizationError`, or `ModelError` where the model cannot say a character.
  public func encode(_ text: String, addsSpecialTokens: Bool = true) throws -> Encoding {
    var encoder = try makeEncoder()
    let bytes = Array(text.utf8)
    return try encoder.encoding(of: bytes.span, addsSpecialTokens: addsSpecialTokens)
  }

  /// The text that `ids` stand for; ids that do not exist are passed over.
  public func decode(_ ids: [UInt32], skipsSpecialTokens: Bool = true) -> String {
    let tokens: [String] = ids.compactMap { id in
      if let added = addedByID[id] {
        return skipsSpecialTokens && added.token.isSpecial ? nil : added.text
      }
      return Int(id) < model.pieces.count ? model.pieces[Int(id)] : nil
    }
    guard let decoder else { return tokens.joined(separator: " ") }
    return decoder.apply(tokens).joined()
  }
}
