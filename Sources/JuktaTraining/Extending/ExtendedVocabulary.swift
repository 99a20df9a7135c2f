internal import Jukta

/// Puts new pieces behind all ids of a base.
struct ExtendedVocabulary {
  let base: Tokenizer

  init(_ base: Tokenizer) { self.base = base }

  /// The base with new pieces; every token has the id that it had.
  ///
  /// Added tokens behind the model's own pieces go into the vocabulary under their ids: readers of
  /// tokenizer.json number those that are not in it anew, from its size on, whatever the file says.
  func tokenizer(_ learned: LearnedPieces) throws -> Tokenizer {
    if case .sentencePiece(let processor) = base.model {
      return try Tokenizer(extended(processor.vocabulary.model, learned))
    }
    let model = try model(learned)
    let extended = try Tokenizer(
      frontEnd: base.frontEnd, model: model, addedTokens: base.addedTokens,
      postProcessor: base.postProcessor, decoder: base.decoder, truncation: base.truncation,
      padding: base.padding)
    try check(extended)
    return extended
  }

  private func model(_ learned: LearnedPieces) throws -> TokenizerModel {
    let names = learned.pieces.map(\.piece)
    switch base.model {
    case .bpe(let bpe):
      return .bpe(
        try BPEModel(
          pieces: Pieces(filled + names), merges: bpe.merges + learned.merges,
          options: bpe.options))
    case .unigram(let unigram):
      // Added tokens are cut out before the model sees a text: their score is never used.
      let fill = filled.count - unigram.scores.count
      let scores =
        unigram.scores + [Double](repeating: 0, count: fill) + learned.pieces.map(\.score)
      return .unigram(
        try UnigramModel(
          pieces: Array(zip(filled + names, scores)).map { (piece: $0, score: $1) },
          unknownID: unigram.unknownID.map { Int($0) }, byteFallback: unigram.byteFallback))
    default: return base.model
    }
  }

  /// The base's pieces by id, added tokens among them; empty where an id is not in use.
  private var filled: [String] {
    var pieces = Array(base.model.pieces)
    pieces += [String](repeating: "", count: max(base.vocabularySize - pieces.count, 0))
    for token in base.addedTokens where pieces[Int(token.id)].isEmpty {
      pieces[Int(token.id)] = token.content
    }
    return pieces
  }

  private func extended(
    _ model: SentencePieceModel, _ learned: LearnedPieces
  ) -> SentencePieceModel {
    var model = model
    let lowest = model.pieces.lazy.filter { $0.kind == .normal }.map(\.score).min() ?? 0
    for (offset, piece) in learned.pieces.enumerated() {
      let score =
        model.trainer.algorithm == .bpe
        ? lowest.rounded(.down) - 1 - Float(offset) : Float(piece.score)
      model.pieces.append(.init(piece.piece, score: score))
    }
    model.trainer.vocabularySize = Int32(clamping: model.pieces.count)
    return model
  }

  /// Writes the tokenizer and reads it again: whoever reads it must find every token where it was.
  private func check(_ extended: Tokenizer) throws {
    var file = ByteBuffer()
    try TokenizerJSON.write(extended, to: &file)
    let again = try TokenizerJSON.read(file.span)
    for id in 0..<UInt32(base.vocabularySize) {
      guard let token = base.token(withID: id) else { continue }
      if again.token(withID: id)?.utf8.elementsEqual(token.utf8) != true {
        throw ExtensionError.renumbered(token: token, old: id, new: again.id(of: token))
      }
    }
  }
}
