import Dispatch
import Jukta

/// Plain text to sentence ranges, the whole text at once; with several threads each takes parts that
/// end with a line.
func segment(_ text: [UInt8], threads: Int, rounds: Int) {
  let parts = threads == 1 ? [0..<text.count] : lineParts(text, threads * 8)
  for _ in 0..<rounds {
    let start = seconds()
    let counts = threads == 1 ? [segmentOne(text, parts)] : segmentAll(text, parts, threads)
    report(seconds() - start, counts.reduce(0, +))
  }
}

private func segmentOne(_ text: [UInt8], _ parts: [Range<Int>]) -> Int {
  var worker = SentenceSegmenter.bengali.makeWorker()
  var count = 0
  for part in parts {
    worker.withRanges(in: text.span.extracting(part)) { count += $0.count }
  }
  return count
}

private func segmentAll(_ text: [UInt8], _ parts: [Range<Int>], _ threads: Int) -> [Int] {
  let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: threads)
  defer { counts.deallocate() }
  nonisolated(unsafe) let places = counts
  DispatchQueue.concurrentPerform(iterations: threads) { thread in
    let mine = parts.indices.filter { $0 % threads == thread }.map { parts[$0] }
    places[thread] = segmentOne(text, mine)
  }
  return Array(counts)
}

private func lineParts(_ text: [UInt8], _ number: Int) -> [Range<Int>] {
  var parts: [Range<Int>] = []
  var start = 0
  while start < text.count {
    var end = min(text.count, start + text.count / number + 1)
    while end < text.count, text[end - 1] != UInt8(ascii: "\n") { end += 1 }
    parts.append(start..<end)
    start = end
  }
  return parts
}
