extension Tokenizer {
  /// The scores of the model's pieces by id: natural logarithms of probabilities; nil where the
  /// model has none, as with BPE.
  public var pieceScores: [Double]? {
    if case .unigram(let model) = model { model.scores } else { nil }
  }

  /// The id that stands for text no piece covers, where there is one.
  public var unknownID: UInt32? {
    switch model {
    case .unigram(let model): model.unknownID
    case .bpe(let model): model.unknownID
    case .wordPiece(let model): model.unknownID
    case .wordLevel(let model): model.unknownID
    }
  }
}
