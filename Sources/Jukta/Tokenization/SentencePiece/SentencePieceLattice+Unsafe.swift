/// SentencePiece's search for the best path over a Unigram lattice: scratch for one thread.
///
/// f32 sums that go on from `base`, the sum of all before; of equal sums the earliest start wins; a
/// sum beyond ±100,000 is taken off again where it stands. All as the reference does it, since
/// rounding decides near ties. With the best sum at each place the second best is kept, so that the
/// caller can tell whether any rounding could have decided otherwise (Documentation/decisions/0075).
///
/// Soundness: `reserve` makes room for one place a byte and one more before anything is written.
/// Every place but the first is reached at least by an unknown character from the one before, so
/// `start` of each is below it and the walk back ends at 0. The trie's own bounds: see `ScalarTrie`;
/// `scores.units` is as long as the trie's units.
struct SentencePieceLattice: ~Copyable {
  private struct Step: BitwiseCopyable {
    /// The best sum up to here; NaN where nothing ends here yet, which every sum beats.
    var score: Float
    /// The best sum of the others that end here; NaN where there is none.
    var second: Float
    /// The scalar index where the last piece starts.
    var start: Int32
    /// The trie's unit where the last piece ends, or `unknown`.
    var unit: UInt32
  }
  private static let unknown = UInt32.max
  /// Where the reference takes a sum off.
  static let limit: Float = 100_000

  private var capacity = 0
  /// The trie's symbol of each scalar.
  private var symbols: UnsafeMutablePointer<UInt16>
  /// Where each scalar starts; behind the last, the text's length.
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
    steps.initialize(
      repeating: Step(score: .nan, second: .nan, start: 0, unit: 0), count: capacity)
    path.initialize(repeating: 0, count: capacity)
  }

  /// What a search found out beside the pieces.
  struct Result: Equatable {
    /// Whether every character is covered by a piece.
    var isPlain: Bool
    /// The number of characters.
    var characters: Int
    /// The least by which the best path won where its pieces end; infinite where it had no rival.
    var gap: Float
  }

  /// Appends the pieces of the best path through `text`, normalised UTF-8, to `output`.
  /// - Parameter base: the sum of all that stood before; then the sum of all up to the end.
  mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary, base: inout Float,
    into output: inout SentencePieceOutput
  ) -> Result {
    reserve(text.count + 1)
    let count = decode(text, vocabulary.trie)
    findBest(count, vocabulary, base)
    base = steps[count].score
    var result = Result(isPlain: true, characters: count, gap: .infinity)
    var pieces = 0
    var place = count
    while place > 0 {
      path[pieces] = Int32(truncatingIfNeeded: place)
      pieces += 1
      let step = steps[place]
      let gap = step.score - step.second
      if gap < result.gap { result.gap = gap }
      place = Int(step.start)
    }
    vocabulary.trie.ids.withUnsafeBufferPointer { ids in
      while pieces > 0 {
        pieces -= 1
        let end = Int(path[pieces])
        let step = steps[end]
        let first = Int(starts[Int(step.start)])
        let length = Int(starts[end]) - first
        if step.unit != Self.unknown {
          output.append(ids[Int(step.unit)])
        } else {
          result.isPlain = false
          output.appendUnknown(
            UnsafeBufferPointer(rebasing: text[first..<first + length]), vocabulary)
        }
      }
    }
    return result
  }

  /// Fills `symbols` and `starts`, and empties all steps but the first; gives the number of scalars.
  @inline(__always)
  private func decode(_ text: UnsafeBufferPointer<UInt8>, _ trie: ScalarTrie) -> Int {
    var count = 0
    var position = 0
    trie.symbols.withUnsafeBufferPointer { table in
      while position < text.count {
        let lead = UInt32(text[position])
        starts[count] = UInt32(truncatingIfNeeded: position)
        if lead & 0xF0 == 0xE0, position + 2 < text.count {
          let second = UInt32(text[position + 1] & 0x3F)
          let third = UInt32(text[position + 2] & 0x3F)
          symbols[count] = table[Int((lead & 0x0F) << 12 | second << 6 | third)]
          position += 3
        } else {
          let (scalar, length) = UTF8Scalars.decode(text, at: position) ?? (0xFFFD, 1)
          symbols[count] = trie.symbol(of: scalar)
          position += length
        }
        count += 1
        steps[count].score = .nan
        steps[count].second = .nan
      }
    }
    starts[count] = UInt32(truncatingIfNeeded: text.count)
    return count
  }

  /// Offers a way to a place.
  @inline(__always)
  private static func offer(
    _ total: Float, _ start: Int, _ unit: UInt32, to place: UnsafeMutablePointer<Step>
  ) {
    let held = place.pointee
    if !(total <= held.score) {
      place.pointee = Step(
        score: total, second: held.score, start: Int32(truncatingIfNeeded: start), unit: unit)
    } else if !(total <= held.second) {
      place.pointee.second = total
    }
  }

  /// Fills `steps`.
  @inline(__always)
  private func findBest(_ count: Int, _ vocabulary: SentencePieceVocabulary, _ base: Float) {
    steps[0] = Step(score: base, second: .nan, start: 0, unit: 0)
    let unknownScore = vocabulary.unigram.unknown
    vocabulary.unigram.units.withUnsafeBufferPointer { scores in
      vocabulary.trie.units.withUnsafeBufferPointer { units in
        for start in 0..<count {
          var score = steps[start].score
          if abs(score) > Self.limit {
            // Where nothing ends yet, NaN stays NaN.
            for place in start...count { steps[place].score -= score }
            for place in start...count { steps[place].second -= score }
            score = 0
          }
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
            Self.offer(scores[Int(unit)] + score, start, unit, to: steps + end)
            if end == start + 1 { isCovered = true }
          }
          if !isCovered {
            Self.offer(unknownScore + score, start, Self.unknown, to: steps + start + 1)
          }
        }
      }
    }
  }
}
