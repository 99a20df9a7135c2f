extension SentencePieceProcessor {
  /// The words of a text, each with the most likely ways to cut it, as SentencePiece's n-best list gives them; nil
  /// where the model is not a Unigram model.
  ///
  /// A word begins at each ▁ where no piece goes on behind one; else the whole text is one.
  func segmentations(
    of text: Span<UInt8>, limit: Int
  ) throws -> [(word: String, ways: [Segmentation])]? {
    guard vocabulary.model.trainer.algorithm == .unigram else { return nil }
    guard limit <= Self.nBestLimit else { throw SentencePieceProcessorError.tooMany(limit) }
    var normalized = ByteBuffer(capacity: text.count + 16)
    normalizer.normalize(text, into: &normalized)
    let scalars = String(decoding: normalized.bytes, as: UTF8.self).unicodeScalars
    var words: [Substring.UnicodeScalarView] = []
    var start = scalars.startIndex
    for place in scalars.indices
    where vocabulary.isWordwise && scalars[place] == SentencePieceVocabulary.space && place > start
    {
      words.append(scalars[start..<place])
      start = place
    }
    if start < scalars.endIndex { words.append(scalars[start...]) }
    return words.map { word in
      let bytes = Array(String(word).utf8)
      return (
        String(word), bytes.withUnsafeBufferPointer { segmentations(of: $0, limit: max(limit, 1)) }
      )
    }
  }

  private func segmentations(of word: UnsafeBufferPointer<UInt8>, limit: Int) -> [Segmentation] {
    let paths = SentencePiecePaths(word, vocabulary)
    var search = SentencePieceNBest(paths)
    return search.find(limit).map { path, score in
      var pieces: [(text: String, id: UInt32?)] = []
      for node in path.map({ paths.nodes[$0] }) {
        let bytes = paths.starts[node.start]..<paths.starts[node.end]
        let text = String(decoding: UnsafeBufferPointer(rebasing: word[bytes]), as: UTF8.self)
        if node.id == nil, let last = pieces.last, last.id == nil {
          pieces[pieces.count - 1].text = last.text + text
        } else {
          pieces.append((text, node.id))
        }
      }
      return Segmentation(
        pieces: pieces.map(\.text), ids: pieces.map { $0.id ?? vocabulary.unknownID },
        score: Double(score))
    }
  }
}
