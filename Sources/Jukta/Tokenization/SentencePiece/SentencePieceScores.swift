/// Scores as the best-path search of SentencePiece 0.2.3 takes them, all f32.
struct SentencePieceScores: Sendable {
  /// The score of the piece that ends at each unit of the trie. Ids are not kept beside: a search looks
  /// at ten scores for each id that it gives.
  let units: [Float]
  /// The score of each piece by id.
  let pieces: [Float]
  /// The score of a character that no piece covers: ten below the lowest of all ordinary pieces.
  let unknown: Float
  /// More than any of these in magnitude, with room for the rounding of the sums that it bounds
  /// (Documentation/decisions/0075).
  let magnitude: Float

  init(_ entries: [SentencePieceModel.Piece], _ trie: ScalarTrie) {
    pieces = entries.map { piece in
      piece.kind == .userDefined
        ? Self.userDefined(length: piece.text.utf8.count) : piece.score
    }
    let pieces = pieces
    units = zip(trie.units, trie.ids).map { unit, id in
      unit.base & ScalarTrie.valueBit != 0 ? pieces[Int(id)] : 0
    }
    unknown =
      (entries.lazy.filter { $0.kind == .normal }.map(\.score).min() ?? .greatestFiniteMagnitude)
      - 10
    magnitude = max(units.lazy.map { abs($0) }.max() ?? 0, abs(unknown)) * 1.01 + 1
  }

  /// What a user-defined piece of some length counts, whatever score the file gives it. The fast
  /// search of the reference measures in bytes, its lattice in characters.
  static func userDefined(length: Int) -> Float { Float(0.1 * Double(length - 1)) }
}
