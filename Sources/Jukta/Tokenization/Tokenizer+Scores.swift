extension Tokenizer {
  /// The scores of the model's pieces by id: natural logarithms of probabilities; nil where the
  /// model has none.
  public var pieceScores: [Double]? { model.scores }

  /// The id that stands for text no piece covers, where there is one.
  public var unknownID: UInt32? { model.unknownID }
}
