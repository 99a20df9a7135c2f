/// tokenizer.json's `Precompiled`: SentencePiece's compiled map, applied as Hugging Face does.
///
/// That is not what SentencePiece does with it (``SentencePieceNormalizer``): the text is cut into
/// grapheme clusters; one of fewer than six bytes is looked up whole, and becomes what the *shortest*
/// source that it begins with becomes; else each of its scalars is looked up alone. So sources of
/// several Bengali scalars are never found.
struct Precompiled {
  private static let longest = 6
  let map: PrecompiledMap

  func apply(to text: inout ScalarText, _ scratch: NormalizationScratch) {
    var changes = Changes()
    var start = 0
    while start < text.count {
      let end = Self.clusterEnd(of: text.scalars, from: start)
      if end - start > 1, let target = target(of: text.scalars[start..<end], below: Self.longest) {
        changes.replace(end - start, by: target)
      } else {
        for index in start..<end {
          if let target = target(of: text.scalars[index...index], below: .max) {
            changes.replace(1, by: target)
          } else {
            changes.keep(text.scalars[index])
          }
        }
      }
      start = end
    }
    if changes.isAny { text.replaceScalars(by: changes.list, spare: &scratch.spare) }
  }

  /// Where the grapheme cluster ends that begins at `start`.
  private static func clusterEnd(of scalars: [UInt32], from start: Int) -> Int {
    let (table, machine) = (ScalarClassTable.shared, BoundaryMachine.graphemes)
    var state = 0
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      let kind = table.pages[Int(table.index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)]
      let next = machine.rows[state + Int(kind)]
      if next & BoundaryMachine.boundary != 0 { return index }
      state = Int(next & ~BoundaryMachine.boundary)
      index += 1
    }
    return index
  }

  /// What the shortest source that these scalars begin with becomes.
  private func target(of scalars: ArraySlice<UInt32>, below limit: Int) -> [UInt32]? {
    var bytes = ByteBuffer(capacity: 16)
    for scalar in scalars {
      UTF8Scalars.append(scalar, to: &bytes)
      guard bytes.count < limit else { return nil }
    }
    return bytes.span.withUnsafeBufferPointer { map.shortestTarget(of: $0) }
  }

  /// New scalars, and what they stand for among the old ones, by Hugging Face's rule: as many as there
  /// were replace those one by one, more are inserted, and what is missing is charged to the last one
  /// written; where nothing was written yet it is lost.
  private struct Changes {
    var list: [ScalarChange] = []
    var isAny = false

    mutating func keep(_ scalar: UInt32) { list.append(ScalarChange(scalar: scalar, change: 0)) }

    mutating func replace(_ count: Int, by target: [UInt32]) {
      isAny = true
      for (index, scalar) in target.enumerated() {
        list.append(ScalarChange(scalar: scalar, change: index < count ? 0 : 1))
      }
      if target.count < count, !list.isEmpty { list[list.count - 1].change -= count - target.count }
    }
  }
}

extension PrecompiledMap {
  /// What the shortest source becomes that `bytes` begins with; nil where there is none.
  func shortestTarget(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
    var found: UInt32?
    trie.forEachPrefix(of: bytes, from: 0) { _, value in
      found = value
      return false
    }
    guard let found else { return nil }
    return String(decoding: targets[target(found)], as: UTF8.self).unicodeScalars.map(\.value)
  }
}
