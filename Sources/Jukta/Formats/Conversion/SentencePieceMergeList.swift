/// The merges that do in tokenizer.json what the scores of a SentencePiece BPE model do.
///
/// SentencePiece joins any two neighbours whose join is a piece, the one of the highest score first:
/// so every way to take a piece apart into two pieces is a merge, in the order of its score.
struct SentencePieceMergeList {
  private(set) var merges: [BPEMerge] = []
  /// Whether two merged pieces have one score, so that the place in the text decides.
  private(set) var hasEqualScores = false

  init(_ model: SentencePieceModel) {
    var ids: [[UInt8]: UInt32] = [:]
    let usable: [SentencePieceModel.Kind] = [.normal, .unused]
    for (id, piece) in model.pieces.enumerated() where usable.contains(piece.kind) {
      ids[Array(piece.text.utf8)] = UInt32(id)
    }
    let order = model.pieces.indices.filter { usable.contains(model.pieces[$0].kind) }.sorted {
      (model.pieces[$1].score, $0) < (model.pieces[$0].score, $1)
    }
    var last: Float?
    for id in order {
      let bytes = Array(model.pieces[id].text.utf8)
      let before = merges.count
      for cut in bytes.indices.dropFirst() where bytes[cut] & 0xC0 != 0x80 {
        guard let left = ids[Array(bytes[..<cut])], let right = ids[Array(bytes[cut...])] else {
          continue
        }
        merges.append(BPEMerge(left: left, right: right))
      }
      guard merges.count > before else { continue }
      if last == model.pieces[id].score { hasEqualScores = true }
      last = model.pieces[id].score
    }
  }
}
