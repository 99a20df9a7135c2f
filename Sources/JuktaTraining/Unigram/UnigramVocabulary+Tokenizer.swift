public import Jukta

extension UnigramVocabulary {
  /// The tokenizer that encodes with this vocabulary, ready to be written or used.
  ///
  /// Special tokens and user-defined symbols are cut out of the text first. Where there are `[CLS]`
  /// and `[SEP]`, they stand around a text as in BERT; a mask takes the space before it along.
  ///
  /// - Parameters:
  ///   - frontEnd: what the words were counted with.
  ///   - byteFallback: whether unknown characters are spelled in bytes.
  /// - Throws: `ModelError` or `NormalizationError`; neither for a vocabulary that a trainer gave.
  public func tokenizer(frontEnd: TextFrontEnd, byteFallback: Bool = false) throws -> Tokenizer {
    let texts = pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
    let added = addedTokens(texts)
    let model = try UnigramModel(
      pieces: zip(texts, pieces).map { ($0, $1.score) }, unknownID: unknownIndex,
      byteFallback: byteFallback)
    var template: PostProcessor?
    if let cls = added.first(where: { $0.content == "[CLS]" }),
      let sep = added.first(where: { $0.content == "[SEP]" })
    {
      template = .template(.bert(cls: cls, sep: sep))
    }
    return try Tokenizer(
      frontEnd: frontEnd, model: .unigram(model), addedTokens: added, postProcessor: template,
      decoder: frontEnd.markerDecoder(byteFallback: byteFallback))
  }

  private func addedTokens(_ texts: [String]) -> [AddedToken] {
    pieces.indices.compactMap { id in
      let kind = pieces[id].kind
      guard kind == .control || kind == .unknown || kind == .userDefined else { return nil }
      var token = AddedToken(texts[id], id: UInt32(id))
      token.isSpecial = kind != .userDefined
      token.stripsLeft = ["[MASK]", "<mask>"].contains(token.content)
      return token
    }
  }
}
