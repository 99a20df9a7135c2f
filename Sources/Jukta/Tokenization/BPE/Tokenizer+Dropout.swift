extension Tokenizer {
  /// The same tokenizer with BPE-dropout: each merge is put off with this probability, so that a
  /// model in training sees words cut in several ways. 0 or nil cuts as merging does.
  ///
  ///     var encoder = try tokenizer.withDropout(0.1).makeEncoder()
  ///     encoder.seed = UInt64(epoch)
  ///
  /// - Throws: `ModelError` for a model that is not BPE, or for what is no probability.
  public func withDropout(_ dropout: Double?) throws -> Tokenizer {
    guard case .bpe(let model) = model else { throw ModelError.dropoutNeedsMerges }
    var options = model.options
    options.dropout = dropout
    return try Tokenizer(
      frontEnd: frontEnd,
      model: .bpe(try BPEModel(pieces: model.pieces, merges: model.merges, options: options)),
      addedTokens: addedTokens, postProcessor: postProcessor, decoder: decoder,
      truncation: truncation, padding: padding)
  }
}
