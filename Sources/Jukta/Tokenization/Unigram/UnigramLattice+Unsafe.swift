/// Viterbi over the lattice of the pieces of one word (Kudo 2018): scratch for one thread.
///
/// Scores are summed in f64 from the word's start, and a path replaces another only if it is
/// strictly better, as the reference does: ids must agree, ties included.
///
/// Soundness: `reserve` makes room for `count + 1` scalars before anything is written; every step
/// but the first has `0 <= start < its own index`, because each place is reached at least by an
/// unknown character, so that the walk back ends at 0. The trie's own bounds: see `ScalarTrie`.
struct UnigramLattice: ~Copyable {
  private struct Step {
    /// The best sum up to here; NaN where nothing ends here yet, which every sum beats.
    var score: Double
    /// The scalar index where the last piece starts.
    var start: Int32
    var id: UInt32
  }
  /// The id of a character that no piece covers.
  private static let unknown = UInt32.max

  private var capacity = 0
  /// The trie's symbol of each scalar.
  private var symbols: UnsafeMutablePointer<UInt16>
  /// Where each scalar starts in the word; behind the last, the word's length.
  private var starts: UnsafeMutablePointer<UInt32>
  /// The best way to each place between scalars.
  private var steps: UnsafeMutablePointer<Step>
  /// The best path, from the end: places where its pieces end.
  private var path: UnsafeMutablePointer<Int32>

  init() {
    symbols = .allocate(capacity: 0)
    starts = .allocate(capacity: 0)
    steps = .allocate(capacity: 0)
    path = .allocate(capacity: 0)
    reserve(64)
  }

  deinit { release() }

  private func release() {
    symbols.deallocate()
    starts.deallocate()
    steps.deallocate()
    path.deallocate()
  }

  private mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    release()
    capacity = max(count, capacity * 2)
    symbols = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
    steps = .allocate(capacity: capacity)
    path = .allocate(capacity: capacity)
    symbols.initialize(repeating: 0, count: capacity)
    starts.initialize(repeating: 0, count: capacity)
    steps.initialize(repeating: Step(score: .nan, start: 0, id: 0), count: capacity)
    path.initialize(repeating: 0, count: capacity)
  }

  /// Appends the best path's ids, and what each covers. Returns whether all are vocabulary pieces.
  mutating func search(
    _ word: UnsafeBufferPointer<UInt8>, _ model: UnigramModel, _ ids: inout IDBuffer,
    _ lengths: inout IDBuffer
  ) throws(ModelError) -> Bool {
    reserve(word.count + 1)
    let count = decode(word, model.trie)
    let hasGaps = findBest(count, model)
    if hasGaps, model.unknownID == nil { throw .unknownTokenMissing }
    var pieces = 0
    var place = count
    while place > 0 {
      path[pieces] = Int32(place)
      pieces += 1
      place = Int(steps[place].start)
    }
    var isPlain = true
    while pieces > 0 {
      pieces -= 1
      let end = Int(path[pieces])
      let step = steps[end]
      if !isUnknown(step.id, model) {
        ids.append(step.id)
        lengths.append(starts[end] - starts[Int(step.start)])
        continue
      }
      // Neighbouring unknown characters are one token.
      isPlain = false
      var last = end
      while pieces > 0, isUnknown(steps[Int(path[pieces - 1])].id, model) {
        pieces -= 1
        last = Int(path[pieces])
      }
      let bytes = Int(starts[Int(step.start)])..<Int(starts[last])
      try Self.appendUnknown(UnsafeBufferPointer(rebasing: word[bytes]), model, &ids, &lengths)
    }
    return isPlain
  }

  @inline(__always)
  private func isUnknown(_ id: UInt32, _ model: UnigramModel) -> Bool {
    id == Self.unknown || id == model.unknownID
  }

  /// Fills `symbols` and `starts`; gives the number of scalars.
  @inline(__always)
  private func decode(_ word: UnsafeBufferPointer<UInt8>, _ trie: ScalarTrie) -> Int {
    var count = 0
    var position = 0
    trie.symbols.withUnsafeBufferPointer { table in
      while position < word.count {
        let lead = UInt32(word[position])
        starts[count] = UInt32(truncatingIfNeeded: position)
        if lead & 0xF0 == 0xE0, position + 2 < word.count {
          let second = UInt32(word[position + 1] & 0x3F)
          let third = UInt32(word[position + 2] & 0x3F)
          symbols[count] = table[Int((lead & 0x0F) << 12 | second << 6 | third)]
          position += 3
        } else {
          let (scalar, length) = UTF8Scalars.decode(word, at: position) ?? (0xFFFD, 1)
          symbols[count] = trie.symbol(of: scalar)
          position += length
        }
        count += 1
      }
    }
    starts[count] = UInt32(truncatingIfNeeded: word.count)
    return count
  }

  /// Fills `steps`; gives whether some character had no piece of its own and was reached as unknown.
  @inline(__always)
  private func findBest(_ count: Int, _ model: UnigramModel) -> Bool {
    steps[0] = Step(score: 0, start: 0, id: 0)
    for place in 1..<(count + 1) { steps[place].score = .nan }
    var hasGaps = false
    model.scores.withUnsafeBufferPointer { scores in
      model.trie.ids.withUnsafeBufferPointer { ids in
        model.trie.units.withUnsafeBufferPointer { units in
          for start in 0..<count {
            let score = steps[start].score
            var unit: UInt32 = 0
            var base = units[0].base
            var end = start
            var isCovered = false
            while end < count {
              let symbol = UInt32(symbols[end])
              let next = (base & ~ScalarTrie.valueBit) &+ symbol
              let found = units[Int(next)]
              if symbol == 0 || found.check != unit { break }
              (unit, base) = (next, found.base)
              end += 1
              guard base & ScalarTrie.valueBit != 0 else { continue }
              let id = ids[Int(unit)]
              let total = scores[Int(id)] + score
              if !(total <= steps[end].score) {
                steps[end] = Step(score: total, start: Int32(truncatingIfNeeded: start), id: id)
              }
              if end == start + 1 { isCovered = true }
            }
            if !isCovered {
              let total = model.unknownScore + score
              if !(total <= steps[start + 1].score) {
                steps[start + 1] = Step(
                  score: total, start: Int32(truncatingIfNeeded: start), id: Self.unknown)
                hasGaps = true
              }
            }
          }
        }
      }
    }
    return hasGaps
  }

  /// A stretch that no piece covers: the piece it happens to be, its bytes, or the unknown id.
  @inline(never)
  private static func appendUnknown(
    _ stretch: UnsafeBufferPointer<UInt8>, _ model: UnigramModel, _ ids: inout IDBuffer,
    _ lengths: inout IDBuffer
  ) throws(ModelError) {
    let length = UInt32(truncatingIfNeeded: stretch.count)
    guard let unknown = model.unknownID else { throw .unknownTokenMissing }
    if let id = model.id(of: String(decoding: stretch, as: UTF8.self)) {
      ids.append(id)
      lengths.append(length)
    } else if model.byteFallback, stretch.allSatisfy({ model.byteIDs[Int($0)] != nil }) {
      for (index, byte) in stretch.enumerated() {
        ids.append(model.byteIDs[Int(byte)] ?? unknown)
        lengths.append(index + 1 < stretch.count ? length | 1 << 31 : length)
      }
    } else {
      ids.append(unknown)
      lengths.append(length)
    }
  }
}
