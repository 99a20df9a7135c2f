/// SentencePiece's merging of one text or word: scratch for one thread.
///
/// The highest score first, of two the leftmost; pieces of type UNUSED take part and are taken apart
/// again at the end. Short words look through all pairs for each merge; others keep a linked list and a
/// heap of (rank, place), O(*n* log *n*) in the worst case.
///
/// Soundness: `reserve` makes room for one part a byte before anything is written; `previous` and
/// `next` are −1 or places below `count`.
struct SentencePieceMerging: ~Copyable {
  private struct Part: BitwiseCopyable {
    /// The merge with the part to the right: its answer in `BPEMergeTable`.
    var answer: UInt64
    /// See `SentencePieceMerges`.
    var symbol: UInt32
    /// The bytes of the text that it covers.
    var length: UInt32
    /// Neighbours in the list; `next` is −1 at the end, −2 where the part is gone.
    var previous: Int32
    var next: Int32
  }
  /// Beyond this many symbols the heap pays.
  private static let shortWord = 40
  /// How deep unused pieces are taken apart.
  private static let depthLimit = 100

  private var parts: UnsafeMutablePointer<Part>
  private var capacity = 256
  private var count = 0
  private var heap = MinimumHeap()
  private var dice = Dice(seed: 0)
  private var dropout = 0.0
  /// The two halves of each unused piece, as last offered.
  private var halves: [UInt32: (left: UInt32, right: UInt32)] = [:]

  init() { parts = .allocate(capacity: capacity) }

  deinit { parts.deallocate() }

  /// Lets each merge be left out with a probability.
  mutating func drop(_ probability: Double, seed: UInt64) {
    dropout = probability
    dice = Dice(seed: seed)
  }

  /// Appends the pieces of `text`, normalised UTF-8, to `output`.
  /// - Parameter heapAlways: merge by the heap whatever the length; for tests.
  /// - Returns: whether all ids are pieces of their own length.
  mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary,
    into output: inout SentencePieceOutput, heapAlways: Bool = false
  ) -> Bool {
    guard let merges = vocabulary.merges else { return false }
    reserve(text.count)
    fill(text, vocabulary, merges)
    if dropout >= 1 {
      for index in 0..<count { parts[index].next = -1 }
    } else if count > Self.shortWord || dropout > 0 || !merges.isUnused.isEmpty || heapAlways {
      mergeByHeap(merges)
    } else {
      mergeByScan(merges.table)
    }
    var isPlain = true
    var position = 0
    for index in 0..<count where parts[index].next != -2 {
      let length = Int(parts[index].length)
      let stretch = UnsafeBufferPointer(rebasing: text[position..<position + length])
      let symbol = parts[index].symbol
      if symbol == SentencePieceMerges.none {
        output.appendUnknown(stretch, vocabulary)
        isPlain = false
      } else if symbol & SentencePieceMerges.frozen != 0 {
        output.append(symbol & ~SentencePieceMerges.frozen)
      } else if symbol >= merges.pieceCount
        || !merges.isUnused.isEmpty && merges.isUnused[Int(symbol)]
      {
        append(symbol, stretch, vocabulary, merges, &output, depth: 0)
        isPlain = false
      } else {
        output.append(symbol)
      }
      position += length
    }
    return isPlain
  }

  private mutating func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    capacity = max(needed, capacity * 2)
    parts.deallocate()
    parts = .allocate(capacity: capacity)
  }

  /// Lays out user-defined pieces and single characters.
  private mutating func fill(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary,
    _ merges: SentencePieceMerges
  ) {
    count = 0
    var position = 0
    while position < text.count {
      var symbol: UInt32
      var length: Int
      if let match = vocabulary.userDefined?.longestMatch(text, at: position) {
        symbol = match.id | SentencePieceMerges.frozen
        length = match.end - position
      } else {
        let (scalar, bytes) = UTF8Scalars.decode(text, at: position) ?? (0xFFFD, 1)
        let dense = Int(
          scalar < 0x10000
            ? vocabulary.trie.symbols[Int(scalar)] : vocabulary.trie.symbol(of: scalar))
        symbol =
          dense < merges.characters.count ? merges.characters[dense] : SentencePieceMerges.none
        length = bytes
      }
      (parts + count).initialize(
        to: Part(
          answer: BPEMergeTable.none, symbol: symbol,
          length: UInt32(truncatingIfNeeded: length), previous: -1, next: -1))
      count += 1
      position += length
    }
  }

  /// Merges a short word; parts that are gone are closed up. Only ranks are compared: of equal ones
  /// the leftmost goes first, whatever it makes.
  private mutating func mergeByScan(_ table: BPEMergeTable) {
    let parts = parts
    var count = count
    guard count > 1 else { return }
    for index in 0..<count - 1 {
      parts[index].answer = table.answer(parts[index].symbol, parts[index + 1].symbol)
    }
    while count > 1 {
      var best = BPEMergeTable.none >> 32
      var place = 0
      for index in 0..<count - 1 where parts[index].answer >> 32 < best {
        best = parts[index].answer >> 32
        place = index
      }
      guard best != BPEMergeTable.none >> 32 else { break }
      parts[place].symbol = UInt32(truncatingIfNeeded: parts[place].answer)
      parts[place].length += parts[place + 1].length
      (parts + place + 1).update(from: parts + place + 2, count: count - place - 2)
      count -= 1
      parts[place].answer =
        place + 1 < count
        ? table.answer(parts[place].symbol, parts[place + 1].symbol) : BPEMergeTable.none
      if place > 0 {
        parts[place - 1].answer = table.answer(parts[place - 1].symbol, parts[place].symbol)
      }
    }
    self.count = count
  }

  /// Merges by a heap of (rank, place).
  private mutating func mergeByHeap(_ merges: SentencePieceMerges) {
    let parts = parts
    heap.removeAll()
    halves.removeAll(keepingCapacity: true)
    for index in 0..<count {
      parts[index].previous = Int32(truncatingIfNeeded: index) - 1
      parts[index].next = index + 1 < count ? Int32(truncatingIfNeeded: index) + 1 : -1
      if index + 1 < count { ask(merges, index, index + 1) }
    }
    while let top = heap.pop() {
      let place = Int(UInt32(truncatingIfNeeded: top))
      let part = parts[place]
      // Out of date: gone, at the end, or with another pair by now.
      guard part.next >= 0, part.answer >> 32 == top >> 32 else { continue }
      if dropout > 0, dice.roll() < dropout {
        parts[place].answer = BPEMergeTable.none
        continue
      }
      let right = parts[Int(part.next)]
      parts[Int(part.next)].next = -2
      parts[place].symbol = UInt32(truncatingIfNeeded: part.answer)
      parts[place].length += right.length
      parts[place].next = right.next
      parts[place].answer = BPEMergeTable.none
      if part.previous >= 0 { ask(merges, Int(part.previous), place) }
      if right.next >= 0 {
        parts[Int(right.next)].previous = Int32(truncatingIfNeeded: place)
        ask(merges, place, Int(right.next))
      }
    }
  }

  @inline(__always)
  private mutating func ask(_ merges: SentencePieceMerges, _ left: Int, _ right: Int) {
    let answer = merges.table.answer(parts[left].symbol, parts[right].symbol)
    parts[left].answer = answer
    guard answer != BPEMergeTable.none else { return }
    heap.push((answer >> 32) << 32 | UInt64(left))
    if !merges.isUnused.isEmpty {
      let made = UInt32(truncatingIfNeeded: answer)
      if merges.isUnused[Int(made)] { halves[made] = (parts[left].symbol, parts[right].symbol) }
    }
  }

  /// Appends a symbol that may be unused, or no piece at all.
  private func append(
    _ symbol: UInt32, _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary,
    _ merges: SentencePieceMerges, _ output: inout SentencePieceOutput, depth: Int
  ) {
    guard symbol < merges.pieceCount else { return output.appendUnknown(text, vocabulary) }
    guard !merges.isUnused.isEmpty, merges.isUnused[Int(symbol)] else {
      return output.append(symbol)
    }
    // An unused character, which no merge made, cannot be taken apart.
    guard let (left, right) = halves[symbol], depth < Self.depthLimit else {
      return output.appendUnknown(text, vocabulary)
    }
    let cut = Int(merges.lengths[Int(left)])
    append(
      left, UnsafeBufferPointer(rebasing: text[..<cut]), vocabulary, merges, &output,
      depth: depth + 1)
    append(
      right, UnsafeBufferPointer(rebasing: text[cut...]), vocabulary, merges, &output,
      depth: depth + 1)
  }
}
