import Jukta

/// One pipeline with its scratch; libFuzzer has one thread.
private final class Runner {
  private var worker: NormalizerWorker
  private var output = ByteBuffer(capacity: 1 << 14)
  private var alignment = Alignment()

  init(_ normalizer: Normalizer) throws { worker = try normalizer.makeWorker() }

  /// The text and the way back; nil where the worker refuses.
  func run(_ text: Span<UInt8>) -> (bytes: [UInt8], alignment: Alignment)? {
    output.removeAll()
    do {
      try worker.normalize(text, into: &output, alignment: &alignment)
    } catch {
      return nil
    }
    return (output.bytes, alignment)
  }
}

/// A pipeline as the fused scan runs it, and the same one step at a time: a `Strip` that does nothing
/// keeps it from being fused.
private struct Pair {
  let fused: Runner
  let plain: Runner

  init(preset: String) throws {
    let steps = try Normalizer.preset(named: preset).steps
    fused = try Runner(Normalizer(steps))
    plain = try Runner(Normalizer(steps + [.strip(left: false, right: false)]))
  }
}

nonisolated(unsafe) private let pairs: [Pair] = ["sahajbert", "bengali"].compactMap {
  try? Pair(preset: $0)
}

/// Fused and plain must agree on `text`, in text and way back, or both refuse.
private func check(_ text: Span<UInt8>) {
  for pair in pairs {
    let (fused, plain) = (pair.fused.run(text), pair.plain.run(text))
    precondition((fused == nil) == (plain == nil), "one path refuses what the other takes")
    guard let fused, let plain else { continue }
    precondition(fused.bytes == plain.bytes, "fused and plain give different text")
    // Whole characters: what a range inside of one gives is nobody's promise.
    var start = 0
    while start < fused.bytes.count {
      var end = start + 1
      while end < fused.bytes.count, fused.bytes[end] & 0xC0 == 0x80 { end += 1 }
      let range = fused.alignment.originalRange(of: start..<end)
      precondition(range == plain.alignment.originalRange(of: start..<end), "different ranges")
      precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
      start = end
    }
  }
}

/// What a byte stands for in a text of characters that steps look for: 0 to 127 the Bengali block.
private let alphabet: [Unicode.Scalar] =
  (0x0980...0x09FF).compactMap(Unicode.Scalar.init)
  + Array(
    (" :|.aAéİﬁ２\u{2026}\u{A0}\u{200B}\u{200C}\u{200D}\u{AD}\u{301}\u{323}\u{FEFF}\u{9}\u{964}"
      + "\u{9BE}\u{9C7}\u{9CD}\u{9BC}\u{FFFD}\u{1}\u{2581}\u{1100}\u{1161}\u{1F600}").unicodeScalars
  )

/// Any bytes: as a text, and as a text of the characters that matter.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: size)
  check(bytes.span)
  let text = String(String.UnicodeScalarView(bytes.map { alphabet[Int($0) % alphabet.count] }))
  check(Array(text.utf8).span)
  return 0
}
