internal import Jukta

/// Encodes words that a front end made already: a model without its normaliser and pre-tokenizer.
struct WordEncoder: ~Copyable {
  private var encoder: Encoder

  /// - Parameter takesSpelling: whether words of byte-level models are given as the vocabulary spells
  ///   them, so that one may end inside a character.
  init(_ tokenizer: Tokenizer, takesSpelling: Bool = false) throws {
    encoder = try Self.bare(tokenizer, takesSpelling).makeEncoder()
  }

  /// Appends the ids of a word to `ids`.
  mutating func encode(_ word: ArraySlice<UInt8>, into ids: inout [UInt32]) throws {
    try encoder.encode(word.span, into: &ids)
  }

  /// The model alone, taking what it is given as one word.
  private static func bare(_ tokenizer: Tokenizer, _ takesSpelling: Bool) throws -> Tokenizer {
    switch tokenizer.model {
    case .sentencePiece(let processor):
      var model = processor.vocabulary.model
      model.normalizer = .init()
      model.normalizer.addsDummyPrefix = false
      model.normalizer.removesExtraWhitespace = false
      model.normalizer.escapesWhitespace = false
      model.denormalizer = nil
      return try Tokenizer(model)
    case .bpe(let bpe):
      var options = bpe.options
      options.dropout = nil
      if takesSpelling { options.isByteLevel = false }
      let model = try BPEModel(pieces: bpe.pieces, merges: bpe.merges, options: options)
      return try bare(.bpe(model), isByteLevel: options.isByteLevel)
    case let model: return try bare(model, isByteLevel: false)
    }
  }

  private static func bare(_ model: TokenizerModel, isByteLevel: Bool) throws -> Tokenizer {
    try Tokenizer(
      frontEnd: TextFrontEnd(
        normalizer: Normalizer([]),
        preTokenizer: isByteLevel
          ? .byteLevel(addsPrefixSpace: false, trimsOffsets: false, usesRegex: false)
          : .sequence([])),
      model: model, decoder: nil)
  }
}
