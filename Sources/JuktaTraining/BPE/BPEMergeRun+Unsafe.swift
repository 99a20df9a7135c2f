/// The merge loop: again and again the most frequent pair becomes one symbol, everywhere.
///
/// The lists of words per pair are written once. Pairs with a new symbol can only arise in the step
/// that makes it, so their lists are complete when the step ends: the step notes (pair, word), and a
/// counting sort by pair appends the lists to one array. No sets, no growing lists, no deletions: a
/// word that has lost its pair is passed over when it is visited, and one that is listed once an
/// occurrence is visited once.
///
/// Agrees with Hugging Face's `BpeTrainer` merge for merge, ties included (smaller ids first), and in
/// this too: where two merges make the same string, the symbol is reused; a pair that arises again
/// then waits twice, each time with the words of its step.
///
/// Cost: time in the sum of all occurrences of merged pairs, about 2 visits a symbol on Bengali text (a
/// visit reads a word, or 256 symbols of a longer one);
/// memory 8 bytes a symbol of the distinct words, 4 a listed word (about 2 a symbol) and 60 a pair.
///
/// Soundness: words are named by `BPEWords`, pairs by `BPEPairs`; `leftPairs` and `rightPairs` have an
/// entry for every symbol. Pointers are taken anew after anything that can move them.
struct BPEMergeRun: ~Copyable {
  // Not private: the compiler (6.3.1, debug) then breaks the module.
  struct Touch: BitwiseCopyable {
    var pair: UInt32
    var word: UInt32
  }

  private let words: BPEWords
  private(set) var pairs = BPEPairs()
  private var queue = BPEQueue()
  /// Pairs inside of aksharas, which are merged first; empty where aksharas play no part.
  private var innerQueue = BPEQueue()
  /// How each symbol may be joined; empty where aksharas play no part.
  private var joints: [AksharaJoints]
  /// Which pairs may be merged, asked once a pair and step; nil for all.
  private let mayMerge: ((UInt32, UInt32) -> Bool)?
  private var lists = GrowableArray<UInt32>(capacity: 1 << 12)
  /// The characters of each symbol.
  private var lengths = GrowableArray<UInt32>(capacity: 1 << 12)
  private let longest: UInt32
  /// For each symbol, the pair it forms with the new symbol on its right, and on its left, once that
  /// is known in a step; `noPair` between steps.
  private var leftPairs = GrowableArray<UInt32>(capacity: 1 << 12)
  private var rightPairs = GrowableArray<UInt32>(capacity: 1 << 12)
  private var touches = GrowableArray<Touch>(capacity: 1 << 12)
  /// The pairs that arose in a step.
  private var found = GrowableArray<UInt32>(capacity: 1 << 8)
  /// For each pair, how many words it arose in during the step, then where the next one is listed.
  private var pending = GrowableArray<UInt32>(capacity: 1 << 12)
  /// How many symbols all visits have read.
  private(set) var symbolsRead = 0

  /// - Parameter longest: the most characters a merge may give, but for two single ones.
  /// - Parameter joints: how each symbol may be joined; nothing for anyhow.
  /// - Parameter mayMerge: which pairs of symbols may be merged; nil for all.
  init(
    _ words: consuming BPEWords, lengths: [Int], longest: Int?, joints: [AksharaJoints] = [],
    mayMerge: ((UInt32, UInt32) -> Bool)? = nil
  ) {
    self.words = words
    self.joints = joints
    self.mayMerge = mayMerge
    self.longest = UInt32(clamping: longest ?? Int.max)
    for length in lengths { addSymbol(length) }
    findPairs()
  }

  private mutating func addSymbol(_ length: Int) {
    lengths.append(UInt32(clamping: length))
    leftPairs.append(BPEWords.noPair)
    rightPairs.append(BPEWords.noPair)
  }

  /// Notes every pair of neighbours, whatever its length.
  private mutating func findPairs() {
    var start = 0
    while start < words.units.count {
      let header = words.units.base + start
      let (count, length) = (BPEWords.clamped(header[0].value), Int(header[1].symbol))
      let units = header + BPEWords.headerCount
      for index in 0..<length - 1 {
        let pair = pairs.number(of: BPEPairs.key(units[index].symbol, units[index + 1].symbol))
        units[index].pair = pair
        pairs.counts[Int(pair)] &+= count
        note(pair, UInt32(start))
      }
      if words.isSegment(start) { findPair(across: start, count) }
      start = words.following(start)
    }
    listTouches()
  }

  /// Notes the pair of a segment's last symbol and the next segment's first.
  private mutating func findPair(across segment: Int, _ count: Int64) {
    let next = words.links(of: segment).pointee.pair
    guard next != BPEWords.noPair else { return }
    let last = words.units.base + words.following(segment) - 2
    let right = words.units[Int(next) + BPEWords.headerCount].symbol
    let pair = pairs.number(of: BPEPairs.key(last.pointee.symbol, right))
    last.pointee.pair = pair
    pairs.counts[Int(pair)] &+= count
    note(pair, UInt32(segment))
  }

  @inline(__always)
  private mutating func note(_ pair: UInt32, _ word: UInt32) {
    if Int(pair) >= pending.count {
      pending.append(repeating: 0, count: pairs.count - pending.count)
    }
    if pending[Int(pair)] == 0 { found.append(pair) }
    pending[Int(pair)] += 1
    touches.append(Touch(pair: pair, word: word))
  }

  /// Lists the words of the pairs that arose, by pair, and puts the pairs into the queue.
  private mutating func listTouches() {
    var start = lists.count
    lists.append(repeating: 0, count: touches.count)
    for index in 0..<found.count {
      let pair = Int(found[index])
      let length = pending[pair]
      let count = pairs.counts[pair]
      if count > 0 {
        push(
          BPEQueue.Item(
            count: count, key: pairs.keys[pair], pair: UInt32(pair), start: UInt32(start),
            length: length))
      }
      pending[pair] = UInt32(start)
      start += Int(length)
    }
    for index in 0..<touches.count {
      let touch = touches[index]
      let place = Int(pending[Int(touch.pair)])
      lists[place] = touch.word
      pending[Int(touch.pair)] += 1
    }
    for index in 0..<found.count { pending[Int(found[index])] = 0 }
    found.removeAll()
    touches.removeAll()
  }

  /// The tokens of all words as they stand.
  var tokenCount: UInt64 {
    var sum = words.singles
    var start = 0
    while start < words.units.count {
      let header = words.units.base + start
      let (product, overflow) = header[0].value.multipliedReportingOverflow(
        by: UInt64(header[1].symbol))
      sum = saturatingSum(sum, overflow ? .max : product)
      start = words.following(start)
    }
    return sum
  }

  private mutating func push(_ item: BPEQueue.Item) {
    if let mayMerge, !mayMerge(UInt32(item.key >> 32), UInt32(truncatingIfNeeded: item.key)) {
      return
    }
    guard !joints.isEmpty else { return queue.push(item) }
    let (left, right) = (Int(item.key >> 32), Int(UInt32(truncatingIfNeeded: item.key)))
    switch AksharaJoints.bond(joints[left], joints[right]) {
    case .inside: innerQueue.push(item)
    case .between: queue.push(item)
    case .none: break
    }
  }

  /// The next pair to merge and its count; nil where none occurs.
  mutating func next() -> BPEQueue.Item? { queue.pop(pairs.counts) }

  /// The next pair to merge inside of aksharas.
  mutating func nextInner() -> BPEQueue.Item? { innerQueue.pop(pairs.counts) }

  /// Makes `symbol` of a pair that `next()` gave, wherever it stands.
  ///
  /// A symbol that is one more than all before it is new; another one is reused.
  mutating func merge(_ item: BPEQueue.Item, into symbol: UInt32, joints: AksharaJoints?) {
    if Int(symbol) == lengths.count {
      if let joints { self.joints.append(joints) }
      let left = lengths[Int(item.key >> 32)]
      let right = lengths[Int(UInt32(truncatingIfNeeded: item.key))]
      addSymbol(Int(left) + Int(right))
    }
    var last = BPEWords.noPair
    for index in 0..<Int(item.length) {
      let word = lists[Int(item.start) + index]
      if word == last { continue }
      last = word
      if words.isSegment(Int(word)) {
        mergeSegment(item.pair, into: symbol, in: word)
      } else {
        merge(item.pair, into: symbol, in: word)
      }
    }
    for index in 0..<found.count {
      let key = pairs.keys[Int(found[index])]
      leftPairs[Int(key >> 32)] = BPEWords.noPair
      rightPairs[Int(UInt32(truncatingIfNeeded: key))] = BPEWords.noPair
    }
    listTouches()
  }

  /// Merges from left to right in one word, moving what stays together.
  private mutating func merge(_ pair: UInt32, into symbol: UInt32, in word: UInt32) {
    let header = words.units.base + Int(word)
    let count = BPEWords.clamped(header[0].value)
    let length = Int(header[1].symbol)
    let units = header + BPEWords.headerCount
    symbolsRead &+= length
    var read = 0
    while read + 1 < length, units[read].pair != pair { read += 1 }
    guard read + 1 < length else { return }
    var write = read
    while read < length {
      let unit = units[read]
      guard unit.pair == pair, read + 1 < length else {
        units[write] = unit
        write += 1
        read += 1
        continue
      }
      if write > 0 {
        let before = units[write - 1]
        forget(before.pair, count)
        units[write - 1].pair = pairEnding(in: symbol, after: before.symbol, word, count)
      }
      var following = BPEWords.noPair
      if read + 2 < length {
        forget(units[read + 1].pair, count)
        following = pairBeginning(with: symbol, before: units[read + 2].symbol, word, count)
      }
      units[write] = BPEWords.Unit(symbol: symbol, pair: following)
      write += 1
      read += 2
    }
    header[1].symbol = UInt32(write)
  }

  /// The same in a segment of a long word: the first symbol may have one before it and the last one
  /// behind it, in other segments.
  ///
  /// Segments are listed from left to right, so that pairs that overlap merge as in one piece.
  private mutating func mergeSegment(_ pair: UInt32, into symbol: UInt32, in segment: UInt32) {
    let header = words.units.base + Int(segment)
    let count = BPEWords.clamped(header[0].value)
    let length = Int(header[1].symbol)
    let units = header + BPEWords.headerCount
    symbolsRead &+= length
    var (read, write) = (0, 0)
    while read < length {
      let unit = units[read]
      guard unit.pair == pair else {
        units[write] = unit
        (write, read) = (write + 1, read + 1)
        continue
      }
      if let (before, place) = before(segment, units, write) {
        forget(before.pointee.pair, count)
        before.pointee.pair = pairEnding(in: symbol, after: before.pointee.symbol, place, count)
      }
      let right: BPEWords.Unit
      if read + 1 < length {
        right = units[read + 1]
      } else {
        let next = Int(words.links(of: Int(segment)).pointee.pair)
        right = words.units[next + BPEWords.headerCount]
        words.removeFirst(of: next)
      }
      var following = BPEWords.noPair
      if let behind = behind(segment, units, read + 2, length) {
        forget(right.pair, count)
        following = pairBeginning(with: symbol, before: behind, segment, count)
      }
      units[write] = BPEWords.Unit(symbol: symbol, pair: following)
      (write, read) = (write + 1, read + 2)
    }
    header[1].symbol = UInt32(write)
  }

  /// The symbol before the one that is written at `place`, and the segment it is in.
  private func before(
    _ segment: UInt32, _ units: UnsafeMutablePointer<BPEWords.Unit>, _ place: Int
  ) -> (UnsafeMutablePointer<BPEWords.Unit>, UInt32)? {
    if place > 0 { return (units + place - 1, segment) }
    let previous = words.links(of: Int(segment)).pointee.symbol
    guard previous != BPEWords.noPair else { return nil }
    let header = words.units.base + Int(previous)
    return (header + BPEWords.headerCount + Int(header[1].symbol) - 1, previous)
  }

  /// The symbol at `place` of a segment, or the first of the next one.
  private func behind(
    _ segment: UInt32, _ units: UnsafeMutablePointer<BPEWords.Unit>, _ place: Int, _ length: Int
  ) -> UInt32? {
    if place < length { return units[place].symbol }
    let next = words.links(of: Int(segment)).pointee.pair
    return next == BPEWords.noPair ? nil : words.units[Int(next) + BPEWords.headerCount].symbol
  }

  @inline(__always)
  private func forget(_ pair: UInt32, _ count: Int64) {
    if pair != BPEWords.noPair { pairs.counts[Int(pair)] &-= count }
  }

  @inline(__always)
  private mutating func pairEnding(
    in symbol: UInt32, after left: UInt32, _ word: UInt32, _ count: Int64
  ) -> UInt32 {
    var pair = leftPairs[Int(left)]
    if pair == BPEWords.noPair {
      guard lengths[Int(left)] + lengths[Int(symbol)] <= longest else { return pair }
      pair = pairs.number(of: BPEPairs.key(left, symbol))
      leftPairs[Int(left)] = pair
    }
    pairs.counts[Int(pair)] &+= count
    note(pair, word)
    return pair
  }

  @inline(__always)
  private mutating func pairBeginning(
    with symbol: UInt32, before right: UInt32, _ word: UInt32, _ count: Int64
  ) -> UInt32 {
    var pair = rightPairs[Int(right)]
    if pair == BPEWords.noPair {
      guard lengths[Int(symbol)] + lengths[Int(right)] <= longest else { return pair }
      pair = pairs.number(of: BPEPairs.key(symbol, right))
      rightPairs[Int(right)] = pair
    }
    pairs.counts[Int(pair)] &+= count
    note(pair, word)
    return pair
  }
}
