/// Sorts the starts of all suffixes by their first symbols only: as many as the longest piece has,
/// and one more.
///
/// Suffixes are dealt into buckets by their first symbols (a counting sort), and each bucket is
/// sorted alone: its suffixes get a key of as many following symbols as fit in 64 bits, are radix
/// sorted by it, and groups of one key go on with the next symbols. Buckets are independent, so they
/// run in parallel, and the scratch is as large as the largest bucket.
///
/// Cost O(*n* · depth), 8 bytes a suffix plus the scratch. A suffix array isn't needed: pieces are
/// short and do not cross words (decision 0030).
///
/// Soundness: positions are below `text.length`, runs below `text.runCount`; a key is packed from
/// symbols before the end of the run only.
struct SuffixSorter {
  struct Entry: BitwiseCopyable {
    var key: UInt64
    var position: UInt32
    var run: UInt32
  }

  let symbols: UnsafeMutablePointer<UInt16>
  let starts: UnsafeMutablePointer<UInt32>
  let bits: Int
  let symbolsPerKey: Int
  let depthLimit: Int
  let entries: FlatArray<Entry>
  let spare: FlatArray<Entry>

  init(_ text: TrainingText, alphabetSize: Int, depthLimit: Int, largestBucket: Int) {
    symbols = text.symbols.base
    starts = text.starts.base
    bits = UInt64.bitWidth - UInt64(alphabetSize).leadingZeroBitCount
    symbolsPerKey = UInt64.bitWidth / bits
    self.depthLimit = depthLimit
    let blank = Entry(key: 0, position: 0, run: 0)
    entries = FlatArray(repeating: blank, count: largestBucket)
    spare = FlatArray(repeating: blank, count: largestBucket)
  }

  /// Sorts `entries[range]`, which agree in their first `depth` symbols.
  func sort(_ range: Range<Int>, depth: Int) {
    guard range.count > 1, depth < depthLimit else { return }
    for index in range { fillKey(&entries.base[index], depth) }
    radixSort(range, shift: bits * symbolsPerKey > 56 ? 56 : (bits * symbolsPerKey - 1) / 8 * 8)
    var start = range.lowerBound
    while start < range.upperBound {
      let key = entries.base[start].key
      var end = start + 1
      while end < range.upperBound, entries.base[end].key == key { end += 1 }
      // A key with a zero symbol reaches the end of the run: nothing follows to sort by.
      let last = key & ((UInt64(1) << UInt64(bits)) - 1)
      if end - start > 1, last != 0 { sort(start..<end, depth: depth + symbolsPerKey) }
      start = end
    }
  }

  @inline(__always)
  private func fillKey(_ entry: inout Entry, _ depth: Int) {
    let end = Int(starts[Int(entry.run) + 1]) - 1
    var place = Int(entry.position) + depth
    var key: UInt64 = 0
    for _ in 0..<symbolsPerKey {
      key <<= UInt64(bits)
      if place < end { key |= UInt64(symbols[place]) }
      place += 1
    }
    entry.key = key
  }

  /// Sorts by the byte of the key at `shift`, then each group by the byte below.
  private func radixSort(_ range: Range<Int>, shift: Int) {
    if range.count < 48 {
      insertionSort(range)
      return
    }
    let (from, to) = (entries.base, spare.base)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { ends in
      ends.initialize(repeating: 0)
      for index in range {
        ends[Int(truncatingIfNeeded: (from[index].key >> UInt64(shift)) & 0xFF) + 1] += 1
      }
      var largest = 0
      for digit in 1...256 {
        largest = max(largest, ends[digit])
        ends[digit] += ends[digit - 1]
      }
      if largest < range.count {
        for index in range {
          let digit = Int(truncatingIfNeeded: (from[index].key >> UInt64(shift)) & 0xFF)
          to[range.lowerBound + ends[digit]] = from[index]
          ends[digit] += 1
        }
        (from + range.lowerBound).update(from: to + range.lowerBound, count: range.count)
      } else {
        for digit in 0..<256 { ends[digit] = ends[digit + 1] }
      }
      guard shift > 0 else { return }
      var start = 0
      for digit in 0..<256 {
        let end = ends[digit]
        if end - start > 1 {
          radixSort(range.lowerBound + start..<range.lowerBound + end, shift: shift - 8)
        }
        start = end
      }
    }
  }

  private func insertionSort(_ range: Range<Int>) {
    let base = entries.base
    for index in range.dropFirst() {
      let moving = base[index]
      var place = index
      while place > range.lowerBound, base[place - 1].key > moving.key {
        base[place] = base[place - 1]
        place -= 1
      }
      base[place] = moving
    }
  }
}
