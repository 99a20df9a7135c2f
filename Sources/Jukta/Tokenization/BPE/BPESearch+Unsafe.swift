/// The scratch for merging one word after another: the lowest rank first, of two the leftmost.
///
/// Short words look through all pairs for each merge and close the gap by moving: at ten symbols
/// nothing is faster. Longer ones keep a linked list and a heap of (rank, place), O(*n* log *n*) in
/// the worst case, so that a word of a megabyte takes a fraction of a second.
///
/// Soundness: `parts` has `capacity` entries; a word writes at most one a byte, and `search` makes
/// room for that (prefix and suffix bytes of byte fallback included) before it writes.
struct BPESearch: ~Copyable {
  private struct Part: BitwiseCopyable {
    /// The merge with the part to the right: its answer in `BPEMergeTable`.
    var answer: UInt64
    var id: UInt32
    /// The bytes of the word that it covers; 0 where byte fallback counts none.
    var length: UInt32
    /// Neighbours in the list, for long words; `next` is −1 at the end, −2 where the part is gone.
    var previous: Int32
    var next: Int32
  }
  /// Beyond this many symbols the heap pays.
  private static let shortWord = 40

  private var parts: UnsafeMutablePointer<Part>
  private var capacity = 256
  private var count = 0
  private var heap = MinimumHeap()
  private var skipped: [UInt64] = []
  private var dice = Dice(seed: 0)

  init() { parts = .allocate(capacity: capacity) }

  deinit { parts.deallocate() }

  /// Sets what dropout draws from.
  mutating func seed(_ seed: UInt64) { dice = Dice(seed: seed) }

  /// Appends the ids of a word to `ids` and the bytes that each covers to `lengths`.
  /// - Parameter heapAlways: merge by the heap whatever the length; for tests.
  /// - Returns: whether every id covers just its own length, so that the lengths can be told again
  ///   from the ids.
  mutating func search(
    _ word: UnsafeBufferPointer<UInt8>, _ model: BPEModel, _ ids: inout IDBuffer,
    _ lengths: inout IDBuffer, heapAlways: Bool = false
  ) throws(ModelError) -> Bool {
    let dropout = model.options.dropout ?? 0
    if dropout == 0, let id = model.id(ofWord: word) {
      ids.append(id)
      lengths.append(UInt32(word.count))
      return !model.symbols.hasForms
    }
    reserve(model, word.count)
    count = 0
    let isPlain = try fill(word, model)
    if dropout > 0 {
      mergeByHeap(model.table, dropout)
    } else if count > Self.shortWord || heapAlways {
      mergeByHeap(model.table, nil)
    } else {
      mergeByScan(model.table)
    }
    for index in 0..<count where parts[index].next != -2 {
      ids.append(parts[index].id)
      lengths.append(parts[index].length)
    }
    return isPlain && dropout == 0
  }

  private mutating func reserve(_ model: BPEModel, _ bytes: Int) {
    var needed = bytes
    if model.symbols.hasForms, model.options.byteFallback {
      let prefix = model.options.continuingSubwordPrefix?.utf8.count ?? 0
      needed = bytes * (1 + prefix) + (model.options.endOfWordSuffix?.utf8.count ?? 0)
    }
    guard needed > capacity else { return }
    capacity = max(needed, capacity * 2)
    parts.deallocate()
    parts = .allocate(capacity: capacity)
  }

  @inline(__always)
  private mutating func add(_ id: UInt32, _ length: Int) {
    assert(count < capacity)
    (parts + count).initialize(
      to: Part(
        answer: BPEMergeTable.none, id: id, length: UInt32(truncatingIfNeeded: length),
        previous: -1, next: -1))
    count += 1
  }

  /// Lays out the characters of a word; says whether all are known.
  private mutating func fill(
    _ word: UnsafeBufferPointer<UInt8>, _ model: BPEModel
  ) throws(ModelError) -> Bool {
    let symbols = model.symbols
    var isPlain = true
    var unknown = 0
    var position = 0
    while position < word.count {
      var length = 1
      var id = BPESymbols.none
      if model.options.isByteLevel {
        id = symbols.bytes.span[unchecked: Int(word[position])]
      } else if let (scalar, count) = UTF8Scalars.decode(word, at: position) {
        length = count
        var form = 0
        if symbols.hasForms {
          form = (position == 0 ? 0 : 1) + (position + length == word.count ? 2 : 0)
        }
        id =
          scalar < 0x10000
          ? symbols.scalars[form][Int(scalar)] : symbols.rareID(scalar, form: form)
      }
      if id != BPESymbols.none {
        try flushUnknown(&unknown, model)
        add(id, length)
      } else {
        isPlain = false
        let character = UnsafeBufferPointer(rebasing: word[position..<position + length])
        try addUnknown(character, position, word.count, model, &unknown)
      }
      position += length
    }
    try flushUnknown(&unknown, model)
    return isPlain
  }

  @inline(__always)
  private mutating func flushUnknown(_ length: inout Int, _ model: BPEModel) throws(ModelError) {
    guard length > 0 else { return }
    guard let id = model.unknownID else {
      throw .unknownTokenNotInVocabulary(model.options.unknownToken ?? "")
    }
    add(id, length)
    length = 0
  }

  /// As the reference does: bytes come before an unknown token that is still waiting, and without an
  /// unknown token the character is gone.
  @inline(never)
  private mutating func addUnknown(
    _ character: UnsafeBufferPointer<UInt8>, _ position: Int, _ end: Int, _ model: BPEModel,
    _ unknown: inout Int
  ) throws(ModelError) {
    let options = model.options
    if options.byteFallback {
      var spelling = Array(character)
      if position > 0 { spelling = Array((options.continuingSubwordPrefix ?? "").utf8) + spelling }
      if position + character.count == end {
        spelling += Array((options.endOfWordSuffix ?? "").utf8)
      }
      let bytes = spelling.compactMap { model.byteIDs[Int($0)] }
      if bytes.count == spelling.count {
        for id in bytes { add(id, 1) }
        return
      }
    }
    guard options.unknownToken != nil else { return }
    if !options.fusesUnknown { try flushUnknown(&unknown, model) }
    unknown += character.count
  }

  /// Merges a short word; parts that are gone are closed up.
  private mutating func mergeByScan(_ table: BPEMergeTable) {
    let parts = parts
    var count = count
    guard count > 1 else { return }
    for index in 0..<count - 1 {
      parts[index].answer = table.answer(parts[index].id, parts[index + 1].id)
    }
    while count > 1 {
      var best = BPEMergeTable.none
      var place = 0
      for index in 0..<count - 1 where parts[index].answer < best {
        best = parts[index].answer
        place = index
      }
      guard best != BPEMergeTable.none else { break }
      parts[place].id = UInt32(truncatingIfNeeded: best)
      parts[place].length += parts[place + 1].length
      (parts + place + 1).update(from: parts + place + 2, count: count - place - 2)
      count -= 1
      parts[place].answer =
        place + 1 < count
        ? table.answer(parts[place].id, parts[place + 1].id) : BPEMergeTable.none
      if place > 0 {
        parts[place - 1].answer = table.answer(parts[place - 1].id, parts[place].id)
      }
    }
    self.count = count
  }

  /// Merges by a heap of (rank, place), with dropout where asked for.
  private mutating func mergeByHeap(_ table: BPEMergeTable, _ dropout: Double?) {
    let parts = parts
    heap.removeAll()
    skipped.removeAll(keepingCapacity: true)
    for index in 0..<count {
      parts[index].previous = Int32(index) - 1
      parts[index].next = index + 1 < count ? Int32(index) + 1 : -1
      if index + 1 < count { ask(table, index, index + 1) }
    }
    while let top = heap.pop() {
      if let dropout {
        if dice.roll() < dropout {
          skipped.append(top)
          continue
        }
        for item in skipped { heap.push(item) }
        skipped.removeAll(keepingCapacity: true)
      }
      let place = Int(UInt32(truncatingIfNeeded: top))
      let part = parts[place]
      // Out of date: gone, at the end, or with another pair by now.
      guard part.next >= 0, part.answer >> 32 == top >> 32 else { continue }
      let right = parts[Int(part.next)]
      parts[Int(part.next)].next = -2
      parts[place].id = UInt32(truncatingIfNeeded: part.answer)
      parts[place].length += right.length
      parts[place].next = right.next
      parts[place].answer = BPEMergeTable.none
      if right.next >= 0 {
        parts[Int(right.next)].previous = Int32(place)
        ask(table, place, Int(right.next))
      }
      if part.previous >= 0 { ask(table, Int(part.previous), place) }
    }
  }

  @inline(__always)
  private mutating func ask(_ table: BPEMergeTable, _ left: Int, _ right: Int) {
    let answer = table.answer(parts[left].id, parts[right].id)
    parts[left].answer = answer
    if answer != BPEMergeTable.none { heap.push((answer >> 32) << 32 | UInt64(left)) }
  }
}

/// Numbers, the smallest first: a binary heap.
struct MinimumHeap {
  private var items: [UInt64] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func push(_ item: UInt64) {
    items.append(item)
    var place = items.count - 1
    items.withUnsafeMutableBufferPointer { items in
      while place > 0 {
        let parent = (place - 1) / 2
        guard item < items[parent] else { break }
        items[place] = items[parent]
        place = parent
      }
      items[place] = item
    }
  }

  mutating func pop() -> UInt64? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return top }
    items.withUnsafeMutableBufferPointer { items in
      var place = 0
      while true {
        var child = 2 * place + 1
        guard child < items.count else { break }
        if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
        guard items[child] < last else { break }
        items[place] = items[child]
        place = child
      }
      items[place] = last
    }
    return top
  }
}

/// Random numbers that one seed fixes (SplitMix64).
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 up to 1.
  mutating func roll() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }
}
