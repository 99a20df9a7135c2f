public import Jukta

/// How often each distinct word occurs: the one intermediate of all training.
///
///     var counts = WordCounts()
///     counts.add("বই".utf8Span.span)
///     counts.merge(otherCounts)
///
/// Counting is a monoid: counts of parts, merged, equal the counts of the whole. That gives threads
/// and shards without a change of result.
///
/// Layout: words lie end to end in one arena; an open-addressing table (a power of two, linear
/// probing, at most ¾ full) holds 24 bytes a slot: where the word starts, its count, its length and
/// half its hash. About 56 bytes a distinct Bengali word in all.
///
/// Soundness: `arena[0..<arenaCount]` is initialised and every used slot names a range inside it;
/// `slots` points at `mask + 1` initialised slots, of which at least a quarter are empty, so probing
/// ends. Only this type frees the two, once each, in `deinit`. Pointers handed to `body` closures are
/// valid for that call only.
public struct WordCounts: ~Copyable, @unchecked Sendable {
  struct Slot: BitwiseCopyable {
    var start: UInt64
    var count: UInt64
    var length: UInt32
    var hashHalf: UInt32

    static let empty = Slot(start: 0, count: 0, length: .max, hashHalf: 0)
    @inline(__always) var isEmpty: Bool { length == .max }
  }

  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCount = 0
  private var arenaCapacity: Int
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int

  /// The number of distinct words.
  public private(set) var distinctCount = 0
  /// The number of words counted. Stays at `UInt64.max` when it gets there.
  public private(set) var totalCount: UInt64 = 0

  /// The bytes of all distinct words together.
  public var distinctByteCount: Int { arenaCount }
  /// The memory held, in bytes.
  public var memory: Int { arenaCapacity + (mask + 1) * MemoryLayout<Slot>.stride }

  /// Creates an empty table.
  public init() {
    arenaCapacity = 1 << 12
    arena = .allocate(capacity: arenaCapacity)
    mask = (1 << 8) - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: .empty, count: mask + 1)
  }

  deinit {
    arena.deallocate()
    slots.deallocate()
  }

  /// Counts one word `count` times more.
  ///
  /// - Complexity: O(length), amortised.
  public mutating func add(_ word: Span<UInt8>, count: UInt64 = 1) {
    word.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      add(start, bytes.count, count)
    }
  }

  /// Counts each word of a buffer `times` times more; empty words are passed over.
  public mutating func add(words: borrowing WordBuffer, times: UInt64 = 1) {
    let ends = words.ends.span
    words.bytes.span.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      for index in ends.indices {
        let end = Int(ends[index])
        precondition(end >= start && end <= bytes.count, "word ends must ascend inside the bytes")
        add(base + start, end - start, times)
        start = end
      }
    }
  }

  /// Adds all counts of another table.
  public mutating func merge(_ other: borrowing WordCounts) {
    for index in 0...other.mask {
      let slot = other.slots[index]
      if !slot.isEmpty { add(other.arena + Int(slot.start), Int(slot.length), slot.count) }
    }
  }

  /// How often a word was counted; 0 for a word never seen.
  public subscript(word: Span<UInt8>) -> UInt64 {
    word.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return slots[place(of: start, bytes.count, wordHash(start, bytes.count))].count
    }
  }

  /// A fingerprint of the words and their counts, 32 hexadecimal digits: the same whatever the order
  /// in which they were counted. Tells whether two trainings saw the same; no protection against
  /// forgery.
  public var digest: String {
    var digest = CountDigest()
    forEachUnordered { digest.add($0, $1) }
    return digest.text
  }

  /// Calls `body` for each distinct word in an order that must not reach any result.
  func forEachUnordered(_ body: (UnsafeBufferPointer<UInt8>, UInt64) -> Void) {
    for index in 0...mask where !slots[index].isEmpty {
      let slot = slots[index]
      body(.init(start: arena + Int(slot.start), count: Int(slot.length)), slot.count)
    }
  }

  /// All distinct words: most frequent first, words of one count in order of their bytes.
  ///
  /// - Complexity: O(*n* log *n*) comparisons for *n* distinct words.
  public func sorted() -> WordList {
    var order = (0...mask).filter { !slots[$0].isEmpty }
    order.sort { left, right in
      let (a, b) = (slots[left], slots[right])
      if a.count != b.count { return a.count > b.count }
      let (aStart, bStart) = (arena + Int(a.start), arena + Int(b.start))
      for index in 0..<Int(min(a.length, b.length)) where aStart[index] != bStart[index] {
        return aStart[index] < bStart[index]
      }
      return a.length < b.length
    }
    var list = WordList()
    list.bytes.reserveCapacity(arenaCount)
    for place in order {
      let slot = slots[place]
      list.append(.init(start: arena + Int(slot.start), count: Int(slot.length)), slot.count)
    }
    return list
  }

  /// Calls `body` for each distinct word, in the order of their bytes.
  func forEachInByteOrder<E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>, UInt64) throws(E) -> Void
  ) throws(E) {
    var order = (0...mask).filter { !slots[$0].isEmpty }
    order.sort { left, right in
      word(left).lexicographicallyPrecedes(word(right))
    }
    for place in order { try body(word(place), slots[place].count) }
  }

  /// Writes all words and counts to a file, in the order of their bytes.
  func write(to run: SpillRun) throws(SpillError) {
    var writer = RunWriter(run)
    try forEachInByteOrder { word, count throws(SpillError) in try writer.append(word, count) }
    try writer.flush()
  }

  private func word(_ place: Int) -> UnsafeBufferPointer<UInt8> {
    .init(start: arena + Int(slots[place].start), count: Int(slots[place].length))
  }

  @inline(__always)
  mutating func add(_ start: UnsafePointer<UInt8>, _ length: Int, _ count: UInt64) {
    guard length > 0, count > 0 else { return }
    let hash = wordHash(start, length)
    let place = place(of: start, length, hash)
    totalCount = saturatingSum(totalCount, count)
    if slots[place].isEmpty {
      insert(start, length, count, hash, at: place)
    } else {
      slots[place].count = saturatingSum(slots[place].count, count)
    }
  }

  /// The slot that holds a word, or the empty one where it would go.
  @inline(__always)
  private func place(of start: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> Int {
    let half = UInt32(truncatingIfNeeded: hash >> 32)
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot.isEmpty { return place }
      if slot.hashHalf == half, Int(slot.length) == length,
        equalBytes(arena + Int(slot.start), start, length)
      {
        return place
      }
      place = (place + 1) & mask
    }
  }

  @inline(never)
  private mutating func insert(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ count: UInt64, _ hash: UInt64, at place: Int
  ) {
    precondition(length < Int(UInt32.max), "a word must be shorter than 4 GiB")
    if arenaCount + length > arenaCapacity { growArena(by: length) }
    (arena + arenaCount).update(from: start, count: length)
    slots[place] = Slot(
      start: UInt64(arenaCount), count: count, length: UInt32(length),
      hashHalf: UInt32(truncatingIfNeeded: hash >> 32))
    arenaCount += length
    distinctCount += 1
    if distinctCount * 4 > (mask + 1) * 3 { growTable() }
  }

  private mutating func growArena(by additional: Int) {
    arenaCapacity = max(arenaCapacity + arenaCapacity / 2, arenaCount + additional)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity)
    larger.update(from: arena, count: arenaCount)
    arena.deallocate()
    arena = larger
  }

  private mutating func growTable() {
    let oldSlots = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: .empty, count: mask + 1)
    for index in 0..<oldCount where !oldSlots[index].isEmpty {
      let slot = oldSlots[index]
      let hash = wordHash(arena + Int(slot.start), Int(slot.length))
      var place = Int(truncatingIfNeeded: hash) & mask
      while !slots[place].isEmpty { place = (place + 1) & mask }
      slots[place] = slot
    }
    oldSlots.deallocate()
  }
}

/// Adds, staying at the largest value instead of overflowing: still the same in any order.
@inline(__always)
func saturatingSum(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}

@inline(__always)
private func equalBytes(
  _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
  var offset = 0
  while offset + 8 <= count {
    let a = UnsafeRawPointer(left + offset).loadUnaligned(as: UInt64.self)
    let b = UnsafeRawPointer(right + offset).loadUnaligned(as: UInt64.self)
    if a != b { return false }
    offset += 8
  }
  while offset < count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}
