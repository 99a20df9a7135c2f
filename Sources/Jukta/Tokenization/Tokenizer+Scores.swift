extension Tokenizer {
  /// The scores of the model's pieces by id: natural logarithms of probabilities; nil where the
  /// model has none, as with BPE.
  public var pieceScores: [Double]? {
    switch model {
    case .unigram(let model): return model.scores
    case .bpe, .wordPiece, .wordLevel: return nil
    case .sentencePiece(let processor):
      let model = processor.vocabulary.model
      guard model.trainer.algorithm == .unigram else { return nil }
      // Marks, user-defined pieces and bytes have no probability.
      return model.pieces.map { $0.kind == .normal ? Double($0.score) : 0 }
    }
  }

  /// The id that stands for text no piece covers, where there is one.
  public var unknownID: UInt32? {
    switch model {
    case .unigram(let model): model.unknownID
    case .bpe(let model): model.unknownID
    case .wordPiece(let model): model.unknownID
    case .wordLevel(let model): model.unknownID
    case .sentencePiece(let processor): processor.vocabulary.unknownID
    }
  }
}
