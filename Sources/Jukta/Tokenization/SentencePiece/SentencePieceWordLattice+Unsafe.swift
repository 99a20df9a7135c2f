/// The best path through one word of a Unigram model: what `SentencePieceLattice` finds, for words of up
/// to 31 characters whose sums stay below its limit. Scratch for one thread.
///
/// The general search steps through the trie from one place after the other, and at each step a branch
/// waits for memory. Here all places of a word take each step together, and a table keeps what ends where;
/// the sums come after that, from the first end to the last. The same additions, compared in the same
/// order: so the same ids and the same gap.
///
/// Soundness: `decode` gives up beyond `characterLimit`, so places and lengths are below that, and rows
/// below `rows`. The trie's own bounds: see `ScalarTrie`; base 0 is as good as any. Its ids and
/// `unigram.units` are as long as its units. Each of `lasts` leads to a place before its own, so the way
/// back ends at 0 after at most `characterLimit` steps.
struct SentencePieceWordLattice: ~Copyable {
  static let characterLimit = 31
  private static let rows = characterLimit + 1
  /// No unit of the trie, and the parent of none.
  private static let dead = UInt32.max - 1
  /// Where a piece would end that is a character of no piece: at the root no piece ends.
  private static let unknown: UInt32 = 0

  /// Where in the trie the pieces from one place have come.
  private struct Walk: BitwiseCopyable {
    /// The unit, or `dead`.
    var unit: UInt32
    /// That unit's base, or 0.
    var base: UInt32
  }
  /// The last piece of the best way to a place.
  private struct Last: BitwiseCopyable {
    /// The trie's unit where it ends, or `unknown`.
    var unit: UInt32
    var id: UInt32
    var length: Int32
    /// By how much the way won; infinite where it had no rival.
    var gap: Float
  }

  /// The trie's symbol of each character.
  private let symbols: UnsafeMutablePointer<UInt32>
  private let walks: UnsafeMutablePointer<Walk>
  /// For each character the lengths of the pieces that end with it, the longest in the lowest bit.
  private let lengths: UnsafeMutablePointer<UInt32>
  /// The trie's unit of each, 32 a character, by length less one.
  private let units: UnsafeMutablePointer<UInt32>
  /// The best sum to each place between characters, and how it was reached.
  private let sums: UnsafeMutablePointer<Float>
  private let lasts: UnsafeMutablePointer<Last>

  init() {
    func room<Element>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
      let room = UnsafeMutablePointer<Element>.allocate(capacity: count)
      room.initialize(repeating: value, count: count)
      return room
    }
    symbols = room(Self.rows, 0)
    walks = room(Self.rows, Walk(unit: 0, base: 0))
    lengths = room(Self.rows, 0)
    units = room(Self.rows * 32, 0)
    sums = room(Self.rows, 0)
    lasts = room(Self.rows, Last(unit: 0, id: 0, length: 0, gap: 0))
  }

  deinit {
    symbols.deallocate()
    walks.deallocate()
    lengths.deallocate()
    units.deallocate()
    sums.deallocate()
    lasts.deallocate()
  }

  /// As `SentencePieceLattice.search`; nil, and nothing is done, for a word that is too long.
  /// - Precondition: sums stay below `SentencePieceLattice.limit`.
  @inline(__always)
  mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary, base: inout Float,
    into output: inout SentencePieceOutput
  ) -> SentencePieceLattice.Result? {
    let count = decode(text, vocabulary.trie)
    guard count <= Self.characterLimit else { return nil }
    walk(count, vocabulary.trie)
    addUp(count, vocabulary, base)
    base = sums[count]
    return write(text, count, vocabulary, &output)
  }

  /// Fills `symbols`; gives the number of characters, which is beyond the limit if the word is. Each
  /// character takes the first step of its walk at once.
  ///
  /// Symbol 0 leads nowhere, since no unit is a child by it.
  @inline(__always)
  private func decode(_ text: UnsafeBufferPointer<UInt8>, _ trie: ScalarTrie) -> Int {
    var count = 0
    var position = 0
    trie.units.withUnsafeBufferPointer { units in
      let root = units[0].base
      trie.symbols.withUnsafeBufferPointer { table in
        while position < text.count, count < Self.characterLimit {
          let lead = UInt32(text[position])
          let symbol: UInt16
          if lead & 0xF0 == 0xE0, position &+ 2 < text.count {
            let second = UInt32(text[position &+ 1] & 0x3F)
            let third = UInt32(text[position &+ 2] & 0x3F)
            symbol = table[Int((lead & 0x0F) << 12 | second << 6 | third)]
            position &+= 3
          } else {
            let (scalar, length) = UTF8Scalars.decode(text, at: position) ?? (0xFFFD, 1)
            symbol = trie.symbol(of: scalar)
            position &+= length
          }
          symbols[count] = UInt32(symbol)
          lengths[count] = 0
          step(count, 0, Walk(unit: 0, base: root), UInt32(symbol), units)
          count &+= 1
        }
      }
    }
    return position < text.count ? Self.characterLimit + 1 : count
  }

  /// Takes the walk from `place` one step on, its step `length`; says whether more may follow.
  ///
  /// No branch: whether a walk goes on is as good as random.
  @inline(__always)
  @discardableResult
  private func step(
    _ place: Int, _ length: Int, _ walk: Walk, _ symbol: UInt32,
    _ trie: UnsafeBufferPointer<ScalarTrie.Unit>
  ) -> Bool {
    let last = place &+ length
    let next = (walk.base & ~ScalarTrie.valueBit) &+ symbol
    let unit = trie[Int(next)]
    let goesOn = unit.check == walk.unit
    let base = unit.base & (goesOn ? .max : 0)
    units[last &* 32 &+ length] = next
    lengths[last] |= (base & ScalarTrie.valueBit) &>> UInt32(truncatingIfNeeded: length)
    walks[place] = Walk(unit: goesOn ? next : Self.dead, base: base)
    return base & ~ScalarTrie.valueBit != 0
  }

  /// Fills `lengths` and `units`.
  @inline(__always)
  private func walk(_ count: Int, _ trie: ScalarTrie) {
    trie.units.withUnsafeBufferPointer { units in
      var length = 1
      // Behind the last place that still goes on.
      var end = count &- 1
      while end > 0 {
        var nextEnd = 0
        for place in 0..<end {
          let goesOn = step(place, length, walks[place], symbols[place &+ length], units)
          nextEnd = goesOn ? place &+ 1 : nextEnd
        }
        length &+= 1
        end = min(nextEnd, count &- length)
      }
    }
  }

  /// Fills `sums` and `lasts`.
  @inline(__always)
  private func addUp(_ count: Int, _ vocabulary: SentencePieceVocabulary, _ base: Float) {
    sums[0] = base
    vocabulary.trie.ids.withUnsafeBufferPointer { ids in
      vocabulary.unigram.units.withUnsafeBufferPointer { scores in
        for end in 1...count {
          let row = units + (end &- 1) &* 32
          let all = lengths[end &- 1]
          var best = -Float.infinity
          var second = -Float.infinity
          var chosen = 31
          // The longest first, and of equal sums the first stays. Without a branch, as above.
          var rest = all
          while rest != 0 {
            let bit = rest.trailingZeroBitCount
            rest &= rest &- 1
            let sum = scores[Int(row[31 &- bit])] + sums[end &- 32 &+ bit]
            let loser = sum > best ? best : sum
            chosen = sum > best ? bit : chosen
            best = sum > best ? sum : best
            second = loser > second ? loser : second
          }
          var unit = row[31 &- chosen]
          if all >> 31 == 0 {
            let sum = vocabulary.unigram.unknown + sums[end &- 1]
            let loser = sum > best ? best : sum
            if sum > best { (chosen, unit) = (31, Self.unknown) }
            best = sum > best ? sum : best
            second = loser > second ? loser : second
          }
          sums[end] = best
          lasts[end] = Last(
            unit: unit, id: ids[Int(unit)], length: Int32(truncatingIfNeeded: 32 &- chosen),
            gap: best - second)
        }
      }
    }
  }

  /// Appends the pieces of the best path.
  @inline(__always)
  private func write(
    _ text: UnsafeBufferPointer<UInt8>, _ count: Int, _ vocabulary: SentencePieceVocabulary,
    _ output: inout SentencePieceOutput
  ) -> SentencePieceLattice.Result {
    var result = SentencePieceLattice.Result(isPlain: true, characters: count, gap: .infinity)
    // The path is found from its end: so it goes to the end of the room, and then to its start.
    let room = output.ids.tail(2 * Self.rows)
    var first = 2 * Self.rows
    var place = count
    while place > 0 {
      let last = lasts[place]
      first &-= 1
      room[first] = last.id
      result.gap = last.gap < result.gap ? last.gap : result.gap
      result.isPlain = result.isPlain && last.unit != Self.unknown
      place &-= Int(last.length)
    }
    guard result.isPlain else {
      writeUnknown(text, count, vocabulary, &output)
      return result
    }
    let pieces = 2 * Self.rows - first
    for index in 0..<pieces { room[index] = room[first &+ index] }
    output.ids.advance(by: pieces)
    output.noteKnown()
    return result
  }

  /// The same for a path with characters that no piece covers.
  @inline(never)
  private func writeUnknown(
    _ text: UnsafeBufferPointer<UInt8>, _ count: Int, _ vocabulary: SentencePieceVocabulary,
    _ output: inout SentencePieceOutput
  ) {
    // The walks are over: their room takes the places where the path's pieces end.
    var pieces = 0
    var place = count
    while place > 0 {
      walks[pieces].unit = UInt32(truncatingIfNeeded: place)
      pieces += 1
      place -= Int(lasts[place].length)
    }
    var position = 0
    for index in (0..<pieces).reversed() {
      let last = lasts[Int(walks[index].unit)]
      guard last.unit == Self.unknown else {
        output.append(last.id)
        position += Int(vocabulary.lengths[Int(last.id)])
        continue
      }
      let length = (UTF8Scalars.decode(text, at: position) ?? (0xFFFD, 1)).1
      output.appendUnknown(
        UnsafeBufferPointer(rebasing: text[position..<position + length]), vocabulary)
      position += length
    }
  }
}
