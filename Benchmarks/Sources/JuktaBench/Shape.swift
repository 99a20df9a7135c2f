import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One tokenizer beside its peers, for `shapes.py`: MB/s of CPU time with encoders that have seen nothing, ids alone and
/// with ranges, and a hash of the ids of the first 1,000 lines. One JSON object.
func shape(_ path: String, sample: Int = 1000) throws {
  var ids: [UInt32] = []
  var ranges: [Range<Int>] = []
  var count = 0
  var encoder = try Tokenizer(contentsOf: path).makeEncoder()
  let start = processorSeconds()
  try eachLine { line in
    ids.removeAll(keepingCapacity: true)
    try encoder.encode(line, into: &ids)
    count += ids.count
  }
  let afterIDs = processorSeconds()
  // Loaded again: copies of a tokenizer share their scratch.
  encoder = try Tokenizer(contentsOf: path).makeEncoder()
  let beforeRanges = processorSeconds()
  try eachLine { line in
    ids.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    try encoder.encode(line, into: &ids, ranges: &ranges)
  }
  let afterRanges = processorSeconds()
  // FNV-1a over ids, a line's end being 2^32 - 1, as in Peers/shape_peer.py.
  var check: UInt64 = 0xCBF2_9CE4_8422_2325
  var number = 0
  try eachLine { line in
    guard number < sample else { return }
    number += 1
    ids.removeAll(keepingCapacity: true)
    try encoder.encode(line, addsSpecialTokens: false, into: &ids)
    for id in ids + [.max] { check = (check ^ UInt64(id)) &* 0x100_0000_01B3 }
  }
  let megabytes = Double(lines.count) / 1e6
  let hex = String(check, radix: 16)
  print(
    "{\"ids\": \(megabytes / (afterIDs - start)), \"ranges\": \(megabytes / (afterRanges - beforeRanges)), "
      + "\"count\": \(count), \"check\": \"\(String(repeating: "0", count: 16 - hex.count) + hex)\"}"
  )
}

/// What single calls cost: microseconds of CPU time a call, the median of `rounds` rounds. One JSON object.
///
/// The texts are the first 40 letters of each line; `batch` is of 1,000 of them.
func calls(_ path: String, rounds: Int) throws {
  var loads: [Double] = []
  var firsts: [Double] = []
  var texts: [String] = []
  try eachLine { line in
    guard texts.count < 1000 else { return }
    let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    texts.append(String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))))
  }
  for _ in 0..<rounds {
    let start = processorSeconds()
    let tokenizer = try Tokenizer(contentsOf: path)
    let loaded = processorSeconds()
    _ = try tokenizer.encode(texts[0])
    loads.append(loaded - start)
    firsts.append(processorSeconds() - loaded)
  }
  let tokenizer = try Tokenizer(contentsOf: path)
  var singles: [Double] = []
  for _ in 0..<rounds {
    let start = processorSeconds()
    for text in texts { _ = try tokenizer.encode(text) }
    singles.append((processorSeconds() - start) / Double(texts.count))
  }
  func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] * 1e6 }
  print(
    "{\"load\": \(median(loads)), \"first\": \(median(firsts)), \"encode\": \(median(singles))}")
}

/// The same for `encodeBatch` on one thread.
func batch(_ path: String, rounds: Int) async throws {
  let tokenizer = try Tokenizer(contentsOf: path)
  var texts: [String] = []
  try eachLine { line in
    guard texts.count < 1000 else { return }
    let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    texts.append(String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))))
  }
  for _ in 0..<rounds {
    let start = processorSeconds()
    let count = try await tokenizer.encodeBatch(texts, threads: 1).reduce(0) { $0 + $1.count }
    let encodings = processorSeconds() - start
    let second = processorSeconds()
    _ = try await tokenizer.encodeIDs(texts, threads: 1)
    print(
      "{\"batch\": \(encodings * 1e6), \"ids\": \((processorSeconds() - second) * 1e6), \"count\": \(count)}"
    )
  }
}

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
