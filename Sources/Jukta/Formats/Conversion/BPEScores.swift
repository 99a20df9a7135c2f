/// Scores that say to SentencePiece what merges say to tokenizer.json.
///
/// SentencePiece has no list of merges: it joins the two neighbours whose join is the piece of the
/// highest score. The *n*-th merged piece gets −*n*, as its own trainer gives; a piece that several
/// merges make has the rank of the first. Characters come behind, in the order of their ids; then what no
/// merge makes.
struct BPEScores {
  /// The score of each piece.
  private(set) var scores: [Float]
  /// How many pieces merges make.
  private(set) var merged = 0
  /// How many of those can also be joined from other parts than the merges name.
  private(set) var otherWays = 0

  init(_ model: BPEModel) {
    scores = [Float](repeating: 0, count: model.pieces.count)
    var isRanked = [Bool](repeating: false, count: model.pieces.count)
    var ways = Set<BPEMerge>()
    var isScattered = [Bool](repeating: false, count: model.pieces.count)
    var last = -1
    var rank = 0
    for merge in model.merges {
      let text = model.pieces[Int(merge.left)] + model.pieces[Int(merge.right)]
      guard let product = model.id(of: text).map(Int.init), ways.insert(merge).inserted else {
        continue
      }
      defer { last = product }
      guard !isRanked[product] else {
        // Merges of one piece that follow each other are one to SentencePiece; others are not.
        if last != product { isScattered[product] = true }
        continue
      }
      isRanked[product] = true
      scores[product] = -Float(rank)
      rank += 1
    }
    merged = rank
    for id in model.pieces.indices
    where !isRanked[id] && model.pieces[id].unicodeScalars.count == 1 {
      scores[id] = -Float(rank)
      rank += 1
    }
    // Special tokens, and pieces that no merge makes.
    for id in model.pieces.indices
    where !isRanked[id] && model.pieces[id].unicodeScalars.count != 1 {
      scores[id] = -Float(rank)
      rank += 1
    }
    for id in model.pieces.indices where isRanked[id] {
      if isScattered[id] || hasOtherWay(model, id, ways) { otherWays += 1 }
    }
  }

  /// Whether a merged piece is also the join of two pieces that no merge joins.
  private func hasOtherWay(_ model: BPEModel, _ id: Int, _ ways: Set<BPEMerge>) -> Bool {
    let piece = model.pieces[id]
    for cut in piece.unicodeScalars.indices.dropFirst() {
      guard let left = model.id(of: String(piece[..<cut])),
        let right = model.id(of: String(piece[cut...]))
      else { continue }
      if !ways.contains(BPEMerge(left: left, right: right)) { return true }
    }
    return false
  }
}
