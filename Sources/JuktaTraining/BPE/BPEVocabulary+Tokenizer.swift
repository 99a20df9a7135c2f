public import Jukta

extension BPEVocabulary {
  /// The tokenizer that encodes with this vocabulary, ready to be written or used.
  ///
  /// Special tokens are cut out of the text first. Where there are `[CLS]` and `[SEP]`, they stand
  /// around a text as in BERT; a mask takes the space before it along.
  ///
  /// - Parameters:
  ///   - frontEnd: what the words were counted with.
  ///   - settings: what the vocabulary was trained with.
  ///   - fusesUnknown: whether unknown characters side by side in a word are one token, as in SentencePiece.
  /// - Throws: `ModelError` or `NormalizationError`; neither for a vocabulary that a trainer gave.
  public func tokenizer(
    frontEnd: TextFrontEnd, settings: BPESettings, fusesUnknown: Bool = false
  ) throws -> Tokenizer {
    var options = BPEOptions()
    options.unknownToken = settings.unknownToken
    if !settings.continuingSubwordPrefix.isEmpty {
      options.continuingSubwordPrefix = settings.continuingSubwordPrefix
    }
    if !settings.endOfWordSuffix.isEmpty { options.endOfWordSuffix = settings.endOfWordSuffix }
    options.fusesUnknown = fusesUnknown
    options.byteFallback = settings.byteFallback
    options.isByteLevel = settings.isByteLevel
    let texts = tokens.map { String(decoding: $0.bytes, as: UTF8.self) }
    let added = addedTokens(texts)
    var template: PostProcessor?
    if let cls = added.first(where: { $0.content == "[CLS]" }),
      let sep = added.first(where: { $0.content == "[SEP]" })
    {
      template = .template(.bert(cls: cls, sep: sep))
    }
    return try Tokenizer(
      frontEnd: frontEnd,
      model: .bpe(try BPEModel(pieces: texts, merges: merges, options: options)),
      addedTokens: added, postProcessor: postProcessor(template, settings),
      decoder: decoder(frontEnd, settings))
  }

  private func addedTokens(_ texts: [String]) -> [AddedToken] {
    tokens.indices.compactMap { id in
      guard [.control, .unknown, .userDefined].contains(tokens[id].kind) else { return nil }
      var token = AddedToken(texts[id], id: UInt32(id))
      token.isSpecial = tokens[id].kind != .userDefined
      token.stripsLeft = ["[MASK]", "<mask>"].contains(token.content)
      return token
    }
  }

  /// Byte-level models trim ranges before anything is put around a text.
  private func postProcessor(
    _ template: PostProcessor?, _ settings: BPESettings
  ) -> PostProcessor? {
    guard settings.isByteLevel else { return template }
    let offsets = PostProcessor.byteLevel(ByteLevelOffsets(addsPrefixSpace: false))
    return template.map { .sequence([offsets, $0]) } ?? offsets
  }

  private func decoder(_ frontEnd: TextFrontEnd, _ settings: BPESettings) -> Decoder {
    if settings.isByteLevel { return .byteLevel() }
    if !settings.endOfWordSuffix.isEmpty { return .bpe(suffix: settings.endOfWordSuffix) }
    return frontEnd.markerDecoder(byteFallback: settings.byteFallback)
  }
}
