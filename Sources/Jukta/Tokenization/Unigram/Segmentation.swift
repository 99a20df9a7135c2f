/// One way to cut a word into the pieces of a Unigram model.
public struct Segmentation: Sendable, Equatable {
  /// The text of the pieces; neighbouring unknown characters are one.
  public let pieces: [String]
  /// Their ids; nil for text that no piece covers, where the model has no id for it.
  public let ids: [UInt32?]
  /// The sum of their scores, in nats: the logarithm of the probability, but for the model's scale.
  public let score: Double
}

extension UnigramModel {
  /// The most likely ways to cut a word, the best first: the n-best list of Kudo (2018), exact.
  ///
  /// The first is the one that encoding takes, ties included.
  /// - Parameter limit: how many at most.
  /// - Complexity: O(*scalars* × *longest piece* × *limit* × log) time.
  public func segmentations(of word: String, limit: Int) -> [Segmentation] {
    guard limit > 0 else { return [] }
    let scalars = Array(word.unicodeScalars)
    var places = [[Step]](repeating: [], count: scalars.count + 1)
    places[0] = [Step(score: 0, start: 0, rank: 0, id: nil)]
    for start in scalars.indices {
      places[start] = Self.best(places[start], limit)
      for (end, id) in pieces(in: scalars, from: start) {
        let score = id.map { scores[Int($0)] } ?? unknownScore
        for rank in places[start].indices {
          // Summed as encoding sums, so that ties are ties there too.
          places[end].append(
            Step(score: score + places[start][rank].score, start: start, rank: rank, id: id))
        }
      }
    }
    let last = Self.best(places[scalars.count], limit)
    places[scalars.count] = last
    return last.indices.map { segmentation(endingAt: $0, places, scalars) }
  }

  /// The last piece of one way to a place.
  private struct Step {
    var score: Double
    var start: Int
    /// Which of the ways to `start` it goes on from.
    var rank: Int
    /// nil for a character that no piece covers.
    var id: UInt32?
  }

  /// The best steps, those of one score as they came: from the earliest start first, as encoding.
  private static func best(_ steps: [Step], _ limit: Int) -> [Step] {
    let order = steps.indices.sorted { left, right in
      steps[left].score != steps[right].score
        ? steps[left].score > steps[right].score : left < right
    }
    return order.prefix(limit).map { steps[$0] }
  }

  /// Where the pieces that start here end; the character alone, without id, where it is no piece.
  private func pieces(
    in scalars: [Unicode.Scalar], from start: Int
  ) -> [(end: Int, id: UInt32?)] {
    var found: [(end: Int, id: UInt32?)] = []
    var unit = 0
    for end in start..<scalars.count {
      let symbol = trie.symbol(of: scalars[end].value)
      let next = Int(trie.units[unit].base & ~ScalarTrie.valueBit) + Int(symbol)
      guard symbol != 0, trie.units[next].check == UInt32(unit) else { break }
      unit = next
      if trie.units[unit].base & ScalarTrie.valueBit != 0 {
        found.append((end + 1, trie.ids[unit]))
      }
    }
    if found.first?.end != start + 1 { found.append((start + 1, nil)) }
    return found
  }

  private func segmentation(
    endingAt rank: Int, _ places: [[Step]], _ scalars: [Unicode.Scalar]
  ) -> Segmentation {
    var pieces: [(text: String, id: UInt32?)] = []
    var (place, rank) = (scalars.count, rank)
    let score = places[place].isEmpty ? 0 : places[place][rank].score
    while place > 0 {
      let step = places[place][rank]
      let text = String(String.UnicodeScalarView(scalars[step.start..<place]))
      if step.id == nil, let last = pieces.last, last.id == nil {
        pieces[pieces.count - 1].text = text + last.text
      } else {
        pieces.append((text, step.id))
      }
      (place, rank) = (step.start, step.rank)
    }
    pieces.reverse()
    return Segmentation(
      pieces: pieces.map(\.text), ids: pieces.map { $0.id ?? unknownID }, score: score)
  }
}

extension Tokenizer {
  /// The words of a text as the model sees them, each with the most likely ways to cut it; nil where
  /// the model is not a Unigram model. A SentencePiece model whose pieces go on behind a space sees the text as
  /// one word.
  /// - Throws: as encoding does.
  public func segmentations(
    of text: Span<UInt8>, limit: Int
  ) throws -> [(word: String, ways: [Segmentation])]? {
    if case .sentencePiece(let processor) = model {
      return try processor.segmentations(of: text, limit: limit)
    }
    guard case .unigram(let model) = model else { return nil }
    var splitter = try frontEnd.makeWordSplitter()
    var words = WordBuffer()
    try splitter.split(text, into: &words)
    let bytes = words.bytes.bytes
    var start = 0
    return words.ends.map { end in
      let word = String(decoding: bytes[start..<Int(end)], as: UTF8.self)
      start = Int(end)
      return (word, model.segmentations(of: word, limit: limit))
    }
  }
}
