extension Tokenizer {
  /// A tokenizer that does what SentencePiece does with a model.
  ///
  ///     let tokenizer = try Tokenizer(contentsOf: "bn.model")
  ///     try tokenizer.withSentencePiece(options: [.bos, .eos]).encode("আমি বাংলায় গান গাই।")
  ///
  /// - Throws: As `SentencePieceProcessor`.
  public init(_ model: SentencePieceModel) throws {
    try self.init(SentencePieceProcessor(model))
  }

  private init(_ processor: SentencePieceProcessor) throws {
    try self.init(
      frontEnd: TextFrontEnd(
        normalizer: Normalizer(processor.normalizer), preTokenizer: .sequence([])),
      model: .sentencePiece(processor), decoder: nil)
  }

  /// The same tokenizer with other options for its SentencePiece model.
  /// - Throws: `SentencePieceProcessorError` for another model, or one that lacks what they ask for.
  public func withSentencePiece(
    options: [SentencePieceProcessor.Option] = [], sampling: SentencePieceProcessor.Sampling? = nil
  ) throws -> Tokenizer {
    guard case .sentencePiece(let processor) = model else {
      throw SentencePieceProcessorError.notSentencePiece
    }
    return try Tokenizer(processor.with(options, sampling))
  }
}
