internal import Jukta

/// How merging makes each piece of a BPE model: which pieces it passes on the way.
///
/// In a text, merging makes a token just as it does in that token alone: no merge ever reaches across
/// the ends of what becomes a token. So the pieces that a text passes are those of its tokens' trees, and
/// a vocabulary that keeps these encodes the text as before.
struct MergeTrees {
  /// The two halves that a piece is last merged from; nil for characters and for what merging does not
  /// make.
  let halves: [(left: UInt32, right: UInt32)?]

  init(_ model: BPEModel) {
    var answers: [UInt64: (rank: UInt32, product: UInt32)] = [:]
    var ids: [[UInt8]: UInt32] = [:]
    for id in model.pieces.indices { ids[Array(model.pieces.utf8(of: id))] = UInt32(id) }
    let prefix = model.options.continuingSubwordPrefix?.utf8.count ?? 0
    for (rank, merge) in model.merges.enumerated() {
      let text =
        Array(model.pieces.utf8(of: Int(merge.left)))
        + model.pieces.utf8(of: Int(merge.right)).dropFirst(prefix)
      guard let product = ids[text] else { continue }
      answers[UInt64(merge.left) << 32 | UInt64(merge.right)] = (UInt32(rank), product)
    }
    let hasForms = prefix > 0 || !(model.options.endOfWordSuffix ?? "").isEmpty
    halves = model.pieces.indices.map { id in
      // With a prefix or suffix a piece does not spell its characters: all merges that make it count.
      hasForms
        ? nil
        : Self.halves(of: UInt32(id), Array(model.pieces.utf8(of: id)), ids) { left, right in
          answers[UInt64(left) << 32 | UInt64(right)].map { (Int64($0.rank), $0.product) }
        }
    }
  }

  init(_ model: SentencePieceModel) {
    var ids: [[UInt8]: UInt32] = [:]
    for (id, piece) in model.pieces.enumerated()
    where piece.kind == .normal || piece.kind == .userDefined || piece.kind == .unused {
      ids[Array(piece.text.utf8)] = UInt32(id)
    }
    // The highest score first: its place among all scores is the rank.
    let order = model.pieces.indices.sorted { left, right in
      let (a, b) = (model.pieces[left].score, model.pieces[right].score)
      return a != b ? a > b : left < right
    }
    var ranks = [Int64](repeating: 0, count: model.pieces.count)
    for (rank, id) in order.enumerated() {
      let isTie = rank > 0 && model.pieces[order[rank - 1]].score == model.pieces[id].score
      ranks[id] = isTie ? ranks[order[rank - 1]] : Int64(rank)
    }
    let texts = model.pieces.map { Array($0.text.utf8) }
    halves = model.pieces.indices.map { id in
      guard model.pieces[id].kind == .normal || model.pieces[id].kind == .unused else { return nil }
      return Self.halves(of: UInt32(id), texts[id], ids) { left, right in
        ids[texts[Int(left)] + texts[Int(right)]].map { (ranks[Int($0)], $0) }
      }
    }
  }

  /// Merges the characters of one piece, by definition; the halves of the last merge, if that made the
  /// whole.
  private static func halves(
    of piece: UInt32, _ text: [UInt8], _ ids: [[UInt8]: UInt32],
    _ answer: (UInt32, UInt32) -> (rank: Int64, product: UInt32)?
  ) -> (left: UInt32, right: UInt32)? {
    var parts: [UInt32] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard let id = ids[Array(String(Character(scalar)).utf8)] else { return nil }
      parts.append(id)
    }
    var last: (left: UInt32, right: UInt32)?
    while parts.count > 1 {
      var best: (rank: Int64, product: UInt32, place: Int)?
      for place in 0..<parts.count - 1 {
        if let (rank, product) = answer(parts[place], parts[place + 1]),
          best.map({ rank < $0.rank }) ?? true
        {
          best = (rank, product, place)
        }
      }
      guard let best else { return nil }
      last = (parts[best.place], parts[best.place + 1])
      parts[best.place] = best.product
      parts.remove(at: best.place + 1)
    }
    return parts == [piece] ? last : nil
  }
}
