internal import Jukta

/// Which ids stay.
struct PruningChoice {
  private(set) var keeps: [Bool]
  private let isProtected: [Bool]
  private var usage: [UInt64]
  /// What each piece is merged from; empty for models without merges.
  private var parts: [[UInt32]]

  /// How many ids stay in any case.
  var protectedCount: Int { isProtected.count { $0 } }

  init(_ tokenizer: Tokenizer, _ usage: TokenUsage) {
    let model = tokenizer.model
    self.usage = usage.counts
    let protected = Protection(tokenizer).ids
    isProtected = protected
    let pieces = model.pieces
    // What is no piece and no token is gone before it began.
    keeps = protected.indices.map { id in
      protected[id] || (id < pieces.count && !pieces.utf8(of: id).isEmpty)
    }
    parts = [[UInt32]](repeating: [], count: protected.count)
    switch model {
    case .bpe(let bpe):
      addParts(MergeTrees(bpe))
      let options = bpe.options
      if !(options.continuingSubwordPrefix ?? "").isEmpty
        || !(options.endOfWordSuffix ?? "").isEmpty
      {
        addParts(ofAllMerges: bpe)
      }
    case .sentencePiece(let processor) where processor.vocabulary.model.trainer.algorithm == .bpe:
      addParts(MergeTrees(processor.vocabulary.model))
    default: break
    }
  }

  private mutating func addParts(_ trees: MergeTrees) {
    for (id, halves) in trees.halves.enumerated() {
      if let halves { parts[id] = [halves.left, halves.right] }
    }
  }

  private mutating func addParts(ofAllMerges model: BPEModel) {
    let prefix = model.options.continuingSubwordPrefix ?? ""
    for merge in model.merges {
      let right = model.pieces[Int(merge.right)].unicodeScalars.dropFirst(
        prefix.unicodeScalars.count)
      var text = model.pieces[Int(merge.left)]
      text.unicodeScalars.append(contentsOf: right)
      if let id = model.id(of: text) { parts[Int(id)] += [merge.left, merge.right] }
    }
  }

  /// Drops what is neither used nor a part of what is.
  mutating func dropUnused() {
    var kept = keeps.indices.map { isProtected[$0] || (keeps[$0] && usage[$0] > 0) }
    var pending = kept.indices.filter { kept[$0] }
    while let id = pending.popLast() {
      for part in parts[id] where !kept[Int(part)] {
        kept[Int(part)] = true
        pending.append(Int(part))
      }
    }
    keeps = kept
  }

  /// Drops leaves until `size` ids are left: of those that nothing is merged from, the one that occurs
  /// least, of equals the one with the highest id. Its uses go to its parts.
  mutating func drop(to size: Int) {
    var left = keeps.count { $0 }
    var users = [Int](repeating: 0, count: keeps.count)
    for id in parts.indices where keeps[id] {
      for part in parts[id] { users[Int(part)] += 1 }
    }
    var heap = LeafHeap()
    for id in keeps.indices where keeps[id] && !isProtected[id] && users[id] == 0 {
      heap.push(.init(uses: usage[id], id: UInt32(id)))
    }
    while left > size, let leaf = heap.pop() {
      let id = Int(leaf.id)
      guard keeps[id], users[id] == 0 else { continue }
      if leaf.uses != usage[id] {
        heap.push(.init(uses: usage[id], id: leaf.id))
        continue
      }
      keeps[id] = false
      left -= 1
      for part in parts[id].map({ Int($0) }) {
        users[part] -= 1
        usage[part] = saturatingSum(usage[part], leaf.uses)
        if users[part] == 0, keeps[part], !isProtected[part] {
          heap.push(.init(uses: usage[part], id: UInt32(part)))
        }
      }
    }
  }
}

/// Ids that stay whatever is used.
private struct Protection {
  private(set) var ids: [Bool]

  init(_ tokenizer: Tokenizer) {
    ids = [Bool](repeating: false, count: tokenizer.vocabularySize)
    for token in tokenizer.addedTokens { ids[Int(token.id)] = true }
    protect(tokenizer.postProcessor)
    if let padding = tokenizer.padding { protect(padding.id) }
    switch tokenizer.model {
    case .bpe(let model):
      protectCharacters(
        model.pieces, model.options.continuingSubwordPrefix ?? "",
        model.options.endOfWordSuffix ?? "")
      protect(model.options.unknownToken.flatMap { model.id(of: $0) })
      if model.options.byteFallback { protectBytes(tokenizer.model) }
    case .unigram(let model):
      protectCharacters(model.pieces, "", "")
      protect(model.unknownID)
      if model.byteFallback { protectBytes(tokenizer.model) }
      if let lowest = model.scores.min(), let id = model.scores.firstIndex(of: lowest) {
        protect(UInt32(id))
      }
    case .wordPiece(let model):
      protectCharacters(model.pieces, model.continuingSubwordPrefix, "")
      protect(model.id(of: model.unknownToken))
    case .wordLevel(let model): protect(model.id(of: model.unknownToken))
    case .sentencePiece(let processor): protect(processor.vocabulary.model)
    }
  }

  private mutating func protect(_ id: UInt32?) {
    if let id, Int(id) < ids.count { ids[Int(id)] = true }
  }

  private mutating func protect(_ processor: PostProcessor?) {
    switch processor {
    case nil, .byteLevel: break
    case .template(let template): for id in template.specials.flatMap(\.ids) { protect(id) }
    case .bert(let first, let last), .roberta(let first, let last, _, _):
      protect(first.id)
      protect(last.id)
    case .sequence(let all): for part in all { protect(part) }
    }
  }

  private mutating func protectBytes(_ model: TokenizerModel) {
    for byte in UInt8.min...UInt8.max { protect(model.id(of: ByteFallback.token(byte))) }
  }

  /// Single characters, and ▁, with the marks that a part of a word may have.
  private mutating func protectCharacters(_ pieces: Pieces, _ prefix: String, _ suffix: String) {
    for id in pieces.indices {
      var piece = pieces.utf8(of: id)
      if piece.starts(with: prefix.utf8) { piece = piece.dropFirst(prefix.utf8.count) }
      if !suffix.isEmpty, piece.count > suffix.utf8.count,
        piece.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      {
        piece = piece.dropLast(suffix.utf8.count)
      }
      if piece.count(where: { $0 & 0xC0 != 0x80 }) == 1 { ids[id] = true }
    }
  }

  private mutating func protect(_ model: SentencePieceModel) {
    let normal = model.pieces.indices.filter { model.pieces[$0].kind == .normal }
    for (id, piece) in model.pieces.enumerated() {
      if piece.kind != .normal || piece.text.unicodeScalars.count == 1 { ids[id] = true }
    }
    if model.trainer.algorithm == .unigram,
      let lowest = normal.min(by: { model.pieces[$0].score < model.pieces[$1].score })
    {
      ids[lowest] = true
    }
  }
}

/// Leaves, the least used first, of equals the highest id: a binary heap.
private struct LeafHeap {
  struct Leaf {
    var uses: UInt64
    var id: UInt32

    func precedes(_ other: Leaf) -> Bool {
      uses != other.uses ? uses < other.uses : id > other.id
    }
  }

  private var leaves: [Leaf] = []

  mutating func push(_ leaf: Leaf) {
    leaves.append(leaf)
    var place = leaves.count - 1
    while place > 0, leaf.precedes(leaves[(place - 1) / 2]) {
      leaves.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func pop() -> Leaf? {
    guard let top = leaves.first else { return nil }
    let last = leaves.removeLast()
    guard !leaves.isEmpty else { return top }
    leaves[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < leaves.count && leaves[child].precedes(leaves[least]) {
        least = child
      }
      guard least != place else { return top }
      leaves.swapAt(place, least)
      place = least
    }
  }
}
