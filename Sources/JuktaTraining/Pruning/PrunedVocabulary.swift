internal import Jukta

/// A tokenizer of the ids that stay, numbered anew in their old order.
struct PrunedVocabulary {
  private let base: Tokenizer
  /// For each old id its new one.
  let newIDs: [UInt32?]

  init(_ base: Tokenizer, keeps: [Bool]) {
    self.base = base
    var next: UInt32 = 0
    newIDs = keeps.map { isKept in
      guard isKept else { return nil }
      defer { next += 1 }
      return next
    }
  }

  func tokenizer() throws -> Tokenizer {
    if case .sentencePiece(let processor) = base.model {
      var model = processor.vocabulary.model
      model.pieces = model.pieces.enumerated().filter { newIDs[$0.offset] != nil }.map(\.element)
      model.trainer.vocabularySize = Int32(clamping: model.pieces.count)
      return try Tokenizer(model)
    }
    var padding = base.padding
    if let id = padding?.id, let new = new(id) { padding?.id = new }
    let pruned = try Tokenizer(
      frontEnd: base.frontEnd, model: try model(),
      addedTokens: base.addedTokens.map { token in
        var token = token
        token.id = new(token.id) ?? token.id
        return token
      },
      postProcessor: base.postProcessor.map(renumbered), decoder: base.decoder,
      truncation: base.truncation, padding: padding)
    try check(pruned)
    return pruned
  }

  private func new(_ id: UInt32) -> UInt32? { Int(id) < newIDs.count ? newIDs[Int(id)] : nil }

  /// The old ids of the model's pieces that stay.
  private var kept: [Int] { base.model.pieces.indices.filter { newIDs[$0] != nil } }

  private func model() throws -> TokenizerModel {
    switch base.model {
    case .bpe(let model):
      let merges = model.merges.compactMap { merge -> BPEMerge? in
        guard let left = new(merge.left), let right = new(merge.right), makesKept(merge, model)
        else { return nil }
        return BPEMerge(left: left, right: right)
      }
      return .bpe(
        try BPEModel(
          pieces: Pieces(kept.map { model.pieces[$0] }), merges: merges, options: model.options))
    case .unigram(let model):
      return .unigram(
        try UnigramModel(
          pieces: kept.map { (piece: model.pieces[$0], score: model.scores[$0]) },
          unknownID: model.unknownID.flatMap(new).map { Int($0) },
          byteFallback: model.byteFallback))
    case .wordPiece(let model):
      return .wordPiece(
        WordPieceModel(
          pieces: kept.map { model.pieces[$0] }, unknownToken: model.unknownToken,
          continuingSubwordPrefix: model.continuingSubwordPrefix, longestWord: model.longestWord))
    case .wordLevel(let model):
      return .wordLevel(
        WordLevelModel(
          pieces: kept.map { model.pieces[$0] }, unknownToken: model.unknownToken))
    case .sentencePiece: return base.model
    }
  }

  /// Whether what a merge makes stays.
  private func makesKept(_ merge: BPEMerge, _ model: BPEModel) -> Bool {
    let prefix = model.options.continuingSubwordPrefix ?? ""
    var text = model.pieces[Int(merge.left)]
    text.unicodeScalars.append(
      contentsOf: model.pieces[Int(merge.right)].unicodeScalars
        .dropFirst(prefix.unicodeScalars.count))
    return model.id(of: text).flatMap(new) != nil
  }

  private func renumbered(_ processor: PostProcessor) -> PostProcessor {
    func token(_ token: PostProcessor.Token) -> PostProcessor.Token {
      .init(token.content, id: new(token.id) ?? token.id)
    }
    switch processor {
    case .template(var template):
      template.specials = template.specials.map { special in
        var special = special
        special.ids = special.ids.map { new($0) ?? $0 }
        return special
      }
      return .template(template)
    case .bert(let cls, let sep): return .bert(cls: token(cls), sep: token(sep))
    case .roberta(let cls, let sep, let trims, let adds):
      return .roberta(
        cls: token(cls), sep: token(sep), trimsOffsets: trims, addsPrefixSpace: adds)
    case .byteLevel: return processor
    case .sequence(let all): return .sequence(all.map(renumbered))
    }
  }

  /// Writes the tokenizer and reads it again: every token must be where the map says.
  private func check(_ pruned: Tokenizer) throws {
    var file = ByteBuffer()
    try TokenizerJSON.write(pruned, to: &file)
    let again = try TokenizerJSON.read(file.span)
    for (old, id) in newIDs.enumerated() {
      guard let id, let token = base.token(withID: UInt32(old)) else { continue }
      guard again.token(withID: id)?.utf8.elementsEqual(token.utf8) == true else {
        throw PruningError.renumbered(token: token)
      }
    }
  }
}
