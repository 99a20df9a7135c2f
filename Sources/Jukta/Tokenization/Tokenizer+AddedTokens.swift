extension AddedToken {
  /// An added token that has no id yet.
  ///
  ///     try tokenizer.addTokens(["জুক্ত", .init("#বাংলা", singleWord: true)])
  public struct Definition: Sendable, Equatable, ExpressibleByStringLiteral {
    /// The text that stands for it.
    public var content: String
    /// Whether it must stand alone, with no word character on either side.
    public var singleWord: Bool
    /// Whether white space before it belongs to it.
    public var stripsLeft: Bool
    /// Whether white space after it belongs to it.
    public var stripsRight: Bool
    /// Whether it is looked for in the normalised text; nil for all but special tokens.
    public var isNormalized: Bool?

    /// Creates a definition, with tokenizers' defaults.
    public init(
      _ content: String, singleWord: Bool = false, stripsLeft: Bool = false,
      stripsRight: Bool = false, isNormalized: Bool? = nil
    ) {
      self.content = content
      self.singleWord = singleWord
      self.stripsLeft = stripsLeft
      self.stripsRight = stripsRight
      self.isNormalized = isNormalized
    }

    /// A token with nothing particular about it.
    public init(stringLiteral content: String) { self.init(content) }

    func token(id: UInt32, isSpecial: Bool) -> AddedToken {
      var token = AddedToken(content, id: id)
      token.singleWord = singleWord
      token.stripsLeft = stripsLeft
      token.stripsRight = stripsRight
      token.isNormalized = isNormalized ?? !isSpecial
      token.isSpecial = isSpecial
      return token
    }
  }
}

extension Tokenizer {
  /// Adds tokens to the vocabulary: they are cut out of every text before the model sees it.
  ///
  /// A token that the model knows keeps the model's id; one that was added before keeps its id and
  /// takes the new flags; others get the next free ids.
  ///
  /// - Returns: The ids, one a definition; nil for those without content.
  /// - Throws: `NormalizationError` where the normaliser does not take the content.
  /// - Complexity: O(*n*) for *n* added tokens in all: add many in one go.
  @discardableResult
  public mutating func addTokens(
    _ definitions: [AddedToken.Definition]
  ) throws(NormalizationError) -> [UInt32?] {
    try add(definitions, areSpecial: false)
  }

  /// Adds special tokens, as `addTokens` does: they are left out of decoded text where that is asked
  /// for, and looked for in the original text unless their definition says otherwise.
  @discardableResult
  public mutating func addSpecialTokens(
    _ definitions: [AddedToken.Definition]
  ) throws(NormalizationError) -> [UInt32?] {
    try add(definitions, areSpecial: true)
  }

  private mutating func add(
    _ definitions: [AddedToken.Definition], areSpecial: Bool
  ) throws(NormalizationError) -> [UInt32?] {
    var list = AddedTokenList(model, addedTokens)
    let ids = definitions.map { definition in
      list.add(definition.content) { definition.token(id: $0, isSpecial: areSpecial) }
    }
    let asText = encodesSpecialTokensAsText
    self = try Tokenizer(
      frontEnd: frontEnd, model: model, addedTokens: list.tokens, postProcessor: postProcessor,
      decoder: decoder, truncation: truncation, padding: padding)
    encodesSpecialTokensAsText = asText
    return ids
  }

  /// The id of a token, by its bytes: an added one, or one of the model's.
  public func id(of token: String) -> UInt32? {
    addedTokens.first { $0.content.utf8.elementsEqual(token.utf8) }?.id ?? model.id(of: token)
  }
}

/// Added tokens in the making: gives ids by the reference's rules.
struct AddedTokenList {
  private let model: TokenizerModel
  private(set) var tokens: [AddedToken] = []
  /// Where a content is in `tokens`. By bytes: Swift takes canonically equivalent strings for equal.
  private var places: [[UInt8]: Int] = [:]
  private var next: UInt32

  init(_ model: TokenizerModel, _ tokens: [AddedToken] = []) {
    self.model = model
    self.tokens = tokens
    next = UInt32(model.entryCount)
    for (place, token) in tokens.enumerated() {
      places[Array(token.content.utf8)] = place
      next = max(next, token.id == .max ? token.id : token.id + 1)
    }
  }

  /// The id of a token, added or the model's.
  func id(of content: String) -> UInt32? {
    places[Array(content.utf8)].map { tokens[$0].id } ?? model.id(of: content)
  }

  /// Adds a token, or replaces the one of the same content; nil for an empty content.
  mutating func add(_ content: String, _ make: (UInt32) -> AddedToken) -> UInt32? {
    guard !content.isEmpty else { return nil }
    let bytes = Array(content.utf8)
    if let place = places[bytes] {
      tokens[place] = make(tokens[place].id)
      return tokens[place].id
    }
    let id = model.id(of: content) ?? next
    // Behind the highest id so far, where holes in the vocabulary lead beyond its size.
    next = max(next, id == .max ? id : id + 1)
    places[bytes] = tokens.count
    tokens.append(make(id))
    return id
  }
}
