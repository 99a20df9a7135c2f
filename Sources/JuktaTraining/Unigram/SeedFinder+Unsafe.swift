/// Finds the strings from which EM starts, with their number of occurrences.
///
/// A candidate is a string of 2 … `maxLength` symbols inside a run that occurs at least twice and
/// can't be made longer without losing an occurrence: two different symbols follow it (the end of a
/// run differs from every symbol and from every other end), or it has the full length. Any other
/// string always comes with the same next symbol and would score less than the longer string.
/// Branching is by scalars, not by bytes: all Bengali letters begin with the same byte, and byte
/// branching loses a third of the candidates.
///
/// Occurrences are weighted by the count of the word, and overlapping ones count (as in a suffix
/// array of the whole text).
///
/// Soundness: buckets cover `positions` without overlap, and only the worker that drew a bucket
/// touches its part.
struct SeedFinder {
  struct Candidate: BitwiseCopyable {
    /// Occurrences × length.
    var score: UInt64
    /// The first of the sorted suffixes that begin with it.
    var leaf: UInt32
    var length: UInt32
  }

  /// All candidates in the order of their symbols, the sorted suffixes, and the runs in the order of
  /// their symbols (runs that agree in their first symbols in no order yet).
  struct Found {
    let candidates: [Candidate]
    let positions: FlatArray<UInt32>
    let runs: [UInt32]
  }

  let text: TrainingText
  let alphabetSize: Int
  let maxLength: Int
  let threads: Int

  func find() -> Found {
    let buckets = SuffixBuckets(text, alphabetSize: alphabetSize)
    let queue = BlockQueue(count: buckets.count)
    let results = (0..<threads).map { _ in WorkerResults() }
    runWorkers(threads) { worker in
      var scan = BucketScan(text, maxLength, alphabetSize, buckets)
      var own: [BucketResult] = []
      while let bucket = queue.next() {
        let range = buckets.range(bucket)
        if !range.isEmpty { own.append(scan.run(bucket, range)) }
      }
      results[worker].parts = own
    }
    var ordered = [BucketResult?](repeating: nil, count: buckets.count)
    for result in results {
      for part in result.parts { ordered[part.bucket] = part }
    }
    var candidates: [Candidate] = []
    var runs: [UInt32] = []
    candidates.reserveCapacity(ordered.reduce(0) { $0 + ($1?.candidates.count ?? 0) })
    runs.reserveCapacity(text.runCount)
    for part in ordered {
      guard let part else { continue }
      candidates += part.candidates
      runs += part.runs
    }
    return Found(candidates: candidates, positions: buckets.positions, runs: runs)
  }
}

struct BucketResult: Sendable {
  let bucket: Int
  let candidates: [SeedFinder.Candidate]
  let runs: [UInt32]
}

/// What one worker found; only its own thread touches it until all have ended.
private final class WorkerResults: @unchecked Sendable {
  var parts: [BucketResult] = []
}

/// The suffixes dealt out by their first one or two symbols.
struct SuffixBuckets: Sendable {
  let positions: FlatArray<UInt32>
  let runs: FlatArray<UInt32>
  /// Where each bucket starts, and one entry more.
  let starts: FlatArray<UInt32>
  /// How many symbols all suffixes of a bucket share.
  let depth: Int

  var count: Int { starts.count - 1 }

  func range(_ bucket: Int) -> Range<Int> { Int(starts[bucket])..<Int(starts[bucket + 1]) }

  var largest: Int { (0..<count).reduce(0) { max($0, range($1).count) } }

  init(_ text: TrainingText, alphabetSize: Int) {
    let width = alphabetSize + 1
    let two = width <= 2048
    depth = two ? 2 : 1
    let size = text.length - text.runCount
    positions = FlatArray(repeating: 0, count: size)
    runs = FlatArray(repeating: 0, count: size)
    starts = FlatArray(repeating: 0, count: (two ? width * width : width) + 1)
    let (symbols, ends) = (text.symbols.base, starts.base)
    for place in 0..<text.length where symbols[place] != 0 {
      let bucket = two ? Int(symbols[place]) * width + Int(symbols[place + 1]) : Int(symbols[place])
      ends[bucket + 1] += 1
    }
    for bucket in 1..<starts.count { ends[bucket] += ends[bucket - 1] }
    for run in 0..<text.runCount {
      for place in text.range(of: run) {
        let bucket =
          two ? Int(symbols[place]) * width + Int(symbols[place + 1]) : Int(symbols[place])
        let target = Int(ends[bucket])
        positions.base[target] = UInt32(place)
        runs.base[target] = UInt32(run)
        ends[bucket] += 1
      }
    }
    for bucket in stride(from: starts.count - 1, to: 0, by: -1) { ends[bucket] = ends[bucket - 1] }
    ends[0] = 0
  }
}

/// Sorts one bucket after another and walks over its intervals of equal prefixes.
private struct BucketScan {
  private struct Interval {
    var depth: Int
    var leaf: Int
    var weight: UInt64
  }

  private let text: TrainingText
  private let buckets: SuffixBuckets
  private let maxLength: Int
  private let sorter: SuffixSorter
  private var stack: [Interval] = []
  private var found: [SeedFinder.Candidate] = []

  init(
    _ text: TrainingText, _ maxLength: Int, _ alphabetSize: Int, _ buckets: SuffixBuckets
  ) {
    self.text = text
    self.buckets = buckets
    self.maxLength = maxLength
    sorter = SuffixSorter(
      text, alphabetSize: alphabetSize, depthLimit: maxLength + 1, largestBucket: buckets.largest)
  }

  mutating func run(_ bucket: Int, _ range: Range<Int>) -> BucketResult {
    let (positions, runs) = (buckets.positions.base, buckets.runs.base)
    let entries = sorter.entries.base
    for index in range {
      entries[index - range.lowerBound] = .init(
        key: 0, position: positions[index], run: runs[index])
    }
    sorter.sort(0..<range.count, depth: buckets.depth)
    var starting: [UInt32] = []
    for index in range {
      let entry = entries[index - range.lowerBound]
      positions[index] = entry.position
      runs[index] = entry.run
      if entry.position == text.starts.base[Int(entry.run)] { starting.append(entry.run) }
    }
    found.removeAll(keepingCapacity: true)
    walk(range)
    found.sort { ($0.leaf, $0.length) < ($1.leaf, $1.length) }
    return BucketResult(bucket: bucket, candidates: found, runs: starting)
  }

  private mutating func walk(_ range: Range<Int>) {
    stack.removeAll(keepingCapacity: true)
    stack.append(Interval(depth: 0, leaf: range.lowerBound, weight: 0))
    for index in range {
      let shared = index == range.lowerBound ? 0 : sharedLength(index - 1, index)
      let leaf = closeIntervals(deeperThan: shared, at: index)
      if stack[stack.count - 1].depth < shared {
        // The interval just closed becomes the first part of one of this depth.
        stack.append(Interval(depth: shared, leaf: leaf.leaf, weight: leaf.weight))
      } else {
        stack[stack.count - 1].weight = saturatingSum(stack[stack.count - 1].weight, leaf.weight)
      }
      let run = Int(buckets.runs.base[index])
      let left = Int(text.starts.base[run + 1]) - 1 - Int(buckets.positions.base[index])
      let (depth, weight) = (min(left, maxLength), text.weights.base[run])
      if stack[stack.count - 1].depth == depth {
        // The same string as the suffix before: one more occurrence.
        stack[stack.count - 1].weight = saturatingSum(stack[stack.count - 1].weight, weight)
      } else {
        stack.append(Interval(depth: depth, leaf: index, weight: weight))
      }
    }
    _ = closeIntervals(deeperThan: 0, at: range.upperBound)
  }

  /// Emits the intervals that end before a suffix, and returns the last of them with all its weight.
  private mutating func closeIntervals(deeperThan shared: Int, at index: Int) -> (
    leaf: Int, weight: UInt64
  ) {
    var closed = (leaf: index, weight: UInt64(0))
    while let top = stack.last, top.depth > shared {
      stack.removeLast()
      var interval = top
      interval.weight = saturatingSum(interval.weight, closed.weight)
      closed = (interval.leaf, interval.weight)
      if interval.depth >= 2, interval.weight >= 2 {
        let (score, overflow) = interval.weight.multipliedReportingOverflow(
          by: UInt64(interval.depth))
        found.append(
          .init(
            score: overflow ? .max : score, leaf: UInt32(interval.leaf),
            length: UInt32(interval.depth)))
      }
    }
    return closed
  }

  /// How many symbols two suffixes share, at most `maxLength`; ends differ from everything.
  @inline(__always)
  private func sharedLength(_ left: Int, _ right: Int) -> Int {
    let positions = buckets.positions.base
    let a = text.symbols.base + Int(positions[left])
    let b = text.symbols.base + Int(positions[right])
    var length = 0
    while length < maxLength, a[length] == b[length], a[length] != 0 { length += 1 }
    return length
  }
}
