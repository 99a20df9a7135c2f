/// The scratch for encoding words with a `UnigramModel` on one thread.
///
/// A word goes through the cache first: direct-mapped, one 64-byte line an entry, only words of up
/// to 30 bytes and 6 pieces without unknowns. A miss runs Viterbi over the lattice of pieces.
/// Scores are summed in f64 from the word's start, and a path replaces another only if it is
/// strictly better, as the reference does: ids must agree, ties included.
///
/// Soundness: `units` has room for every base plus every symbol (see `TrieBuilder.build`), `values`
/// as many; paths have one entry more than the word has scalars; a cache line is read and written
/// whole, inside `cacheLines * 64` bytes, all of them initialised.
struct UnigramWorker: ~Copyable {
  private struct Step {
    var score: Double
    /// The scalar index where the last piece starts; -1 where nothing ends here yet.
    var start: Int32
    var id: UInt32
  }
  private static let cacheBits = 16
  private static let keyLimit = 30
  private static let idLimit = 6
  private static let unknown = UInt32.max

  private let model: UnigramModel
  private let cache: UnsafeMutableRawPointer
  private var symbols: [UInt16] = []
  private var starts: [UInt32] = []
  private var steps: [Step] = []
  private var path: [(id: UInt32, start: Int, end: Int)] = []

  init(_ model: UnigramModel) {
    self.model = model
    let size = 64 << Self.cacheBits
    cache = .allocate(byteCount: size, alignment: 64)
    cache.initializeMemory(as: UInt8.self, repeating: 0, count: size)
  }

  deinit { cache.deallocate() }

  /// Appends the ids of one word; with `lengths`, also how many bytes of the word each id covers.
  /// Where several ids stand for one stretch (byte fallback), each has the stretch's length but the
  /// top bit set on all but the last.
  mutating func encode(
    _ word: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32], lengths: inout [UInt32]?
  ) throws(ModelError) {
    guard word.count <= Self.keyLimit, !word.isEmpty else {
      try search(word, into: &ids, lengths: &lengths)
      return
    }
    // Line: key bytes 0..<30, key length, number of ids, then the ids from byte 32 on.
    var key: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &key) { $0.copyMemory(from: UnsafeRawBufferPointer(word)) }
    key.3 |= UInt64(word.count) << 48
    let line = cache + 64 * Int(Self.hash(key) >> UInt64(64 - Self.cacheBits))
    let held = line.load(as: (UInt64, UInt64, UInt64, UInt64).self)
    let mask: UInt64 = 0x00FF_FFFF_FFFF_FFFF
    if held.0 == key.0, held.1 == key.1, held.2 == key.2, held.3 & mask == key.3 {
      let count = Int(held.3 >> 56)
      let found = (line + 32).assumingMemoryBound(to: UInt32.self)
      for index in 0..<count {
        ids.append(found[index])
        lengths?.append(model.lengths[Int(found[index])])
      }
      return
    }
    let first = ids.count
    let isPlain = try search(word, into: &ids, lengths: &lengths)
    let count = ids.count - first
    guard isPlain, count <= Self.idLimit else { return }
    key.3 |= UInt64(count) << 56
    line.storeBytes(of: key, as: (UInt64, UInt64, UInt64, UInt64).self)
    let room = (line + 32).assumingMemoryBound(to: UInt32.self)
    for index in 0..<count { room[index] = ids[first + index] }
  }

  @inline(__always)
  private static func hash(_ key: (UInt64, UInt64, UInt64, UInt64)) -> UInt64 {
    func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let product = left.multipliedFullWidth(by: right)
      return product.high ^ product.low
    }
    let first = fold(key.0 ^ 0x9E37_79B9_7F4A_7C15, key.1 ^ 0xE703_7ED1_A0B4_28DB)
    let second = fold(key.2 ^ 0x8EBC_6AF0_9C88_C6E3, key.3 ^ 0x5899_65CC_7537_4CC3)
    return fold(first ^ 0x1D8E_4E27_C47D_124F, second)
  }

  /// Viterbi over one word. Returns whether every piece is a piece of the vocabulary.
  @inline(never)
  @discardableResult
  private mutating func search(
    _ word: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32], lengths: inout [UInt32]?
  ) throws(ModelError) -> Bool {
    decode(word)
    let count = symbols.count
    try findBest(count)
    path.removeAll(keepingCapacity: true)
    var end = count
    while end > 0 {
      let step = steps[end]
      path.append((step.id, Int(step.start), end))
      end = Int(step.start)
    }
    var isPlain = true
    var index = path.count - 1
    while index >= 0 {
      let (id, start, end) = path[index]
      index -= 1
      guard id == Self.unknown || id == model.unknownID else {
        ids.append(id)
        lengths?.append(starts[end] - starts[start])
        continue
      }
      isPlain = false
      var last = end
      while index >= 0, path[index].id == Self.unknown || path[index].id == model.unknownID {
        last = path[index].end
        index -= 1
      }
      let bytes = Int(starts[start])..<Int(starts[last])
      try appendUnknown(UnsafeBufferPointer(rebasing: word[bytes]), &ids, &lengths)
    }
    return isPlain
  }

  private mutating func decode(_ word: UnsafeBufferPointer<UInt8>) {
    symbols.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var position = 0
    while position < word.count {
      let lead = UInt32(word[position])
      starts.append(UInt32(position))
      if lead & 0xF0 == 0xE0, position + 2 < word.count {
        let second = UInt32(word[position + 1] & 0x3F)
        let third = UInt32(word[position + 2] & 0x3F)
        symbols.append(model.trie.symbols[Int((lead & 0x0F) << 12 | second << 6 | third)])
        position += 3
      } else {
        let (scalar, length) = UTF8Scalars.decode(word, at: position) ?? (0xFFFD, 1)
        symbols.append(model.trie.symbol(of: scalar))
        position += length
      }
    }
    starts.append(UInt32(word.count))
  }

  /// Fills `steps` with the best way to each scalar boundary.
  private mutating func findBest(_ count: Int) throws(ModelError) {
    steps.removeAll(keepingCapacity: true)
    steps.append(contentsOf: repeatElement(Step(score: 0, start: -1, id: 0), count: count + 1))
    let unknownScore = model.unknownScore
    let hasUnknown = model.unknownID != nil
    let scores = model.scores
    let units = model.trie.units
    let values = model.trie.ids
    var lacksUnknown = false
    steps.withUnsafeMutableBufferPointer { steps in
      symbols.withUnsafeBufferPointer { symbols in
        units.withUnsafeBufferPointer { units in
          for start in 0..<count {
            let score = steps[start].score
            var unit: UInt32 = 0
            var isCovered = false
            var end = start
            while end < count {
              let symbol = UInt32(symbols[end])
              if symbol == 0 { break }
              let next = (units[Int(unit)].base & ~ScalarTrie.valueBit) &+ symbol
              if units[Int(next)].check != unit { break }
              unit = next
              end += 1
              if units[Int(unit)].base & ScalarTrie.valueBit != 0 {
                let id = values[Int(unit)]
                let total = scores[Int(id)] + score
                if steps[end].start < 0 || total > steps[end].score {
                  steps[end] = Step(score: total, start: Int32(start), id: id)
                }
                if end == start + 1 { isCovered = true }
              }
            }
            if !isCovered {
              let total = unknownScore + score
              if steps[start + 1].start < 0 || total > steps[start + 1].score {
                steps[start + 1] = Step(score: total, start: Int32(start), id: Self.unknown)
                if !hasUnknown { lacksUnknown = true }
              }
            }
          }
        }
      }
    }
    if lacksUnknown { throw .unknownTokenMissing }
  }

  /// A stretch that no piece covers: the piece it happens to be, its bytes, or the unknown id.
  private func appendUnknown(
    _ stretch: UnsafeBufferPointer<UInt8>, _ ids: inout [UInt32], _ lengths: inout [UInt32]?
  ) throws(ModelError) {
    let length = UInt32(stretch.count)
    guard let unknown = model.unknownID else { throw .unknownTokenMissing }
    if let id = model.id(of: String(decoding: stretch, as: UTF8.self)) {
      ids.append(id)
      lengths?.append(length)
    } else if model.byteFallback, stretch.allSatisfy({ model.byteIDs[Int($0)] != nil }) {
      for (index, byte) in stretch.enumerated() {
        ids.append(model.byteIDs[Int(byte)] ?? unknown)
        lengths?.append(index + 1 < stretch.count ? length | 1 << 31 : length)
      }
    } else {
      ids.append(unknown)
      lengths?.append(length)
    }
  }
}
