import Jukta

/// Output, and beside it, where one is asked for, an index of where each text ends.
///
/// The index is one little-endian u64 a text: the number of ids up to its end. So the ids of text *n*
/// are those from `ends[n - 1]` (0 for the first) to `ends[n]`, the last end is the number of all ids,
/// and both files can be mapped into memory as arrays.
struct IndexedOutput: ~Copyable {
  private var main: Output
  private var index: Output?
  private var total: UInt64 = 0

  init(_ main: consuming Output, _ index: consuming Output?) {
    self.main = main
    self.index = index
  }

  mutating func write(_ text: Span<UInt8>, _ lengths: [Int]) throws {
    try main.write(text)
    guard index != nil else { return }
    for length in lengths {
      total += UInt64(length)
      let end = total
      try index?.write { buffer in
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          buffer.append(UInt8(truncatingIfNeeded: end >> shift))
        }
      }
    }
  }

  mutating func flush() throws { try main.flush() }

  /// Makes both files appear: whole, and as good as at once.
  mutating func finish() throws {
    guard index != nil else { return try main.finish() }
    try index?.prepare()
    try main.prepare()
    // Both or none, whatever signal comes.
    try Interruption.holdOff { () throws in
      try index?.place()
      try main.place()
    }
  }
}
