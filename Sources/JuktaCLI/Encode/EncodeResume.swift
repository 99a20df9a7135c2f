import Jukta
import JuktaCorpus

/// Encoding that goes on where it was interrupted: for each input its ids (or lines) and where each text
/// ends, put together at the end.
///
/// A text's output depends on the text alone, and texts do not go over the ends of files: so the parts, one
/// after another, are what encoding everything at once would have written.
struct EncodeResume {
  let folder: ResumeFolder
  let files: [String]
  /// Bytes an id; nil for lines, which have no index.
  let width: Int?

  private static let kinds = (main: "out", index: "ends")

  /// Makes the parts that are not there yet.
  func makeParts(_ encode: (String, consuming IndexedOutput) throws -> Void) throws {
    for (number, file) in files.enumerated() where try !isWhole(number) {
      let index = width == nil ? nil : try Output.open(folder.part(number, Self.kinds.index))
      let main = try Output.open(folder.part(number, Self.kinds.main))
      try encode(file, IndexedOutput(main, index))
    }
  }

  /// Whether a part is there, as long as its index says.
  private func isWhole(_ number: Int) throws -> Bool {
    guard let size = fileSize(folder.part(number, Self.kinds.main)) else { return false }
    guard let width else { return true }
    guard folder.has(number, Self.kinds.index) else { return false }
    var last: UInt64 = 0
    try forEachEnd(of: number) { last = $0 }
    return size == Int(last) * width
  }

  /// Calls `body` with the end of each text of a part, in ids.
  private func forEachEnd(of number: Int, _ body: (UInt64) throws -> Void) throws {
    var value: UInt64 = 0
    var count: UInt64 = 0
    try forEachChunk(of: folder.part(number, Self.kinds.index)) { chunk in
      for index in chunk.indices {
        value |= UInt64(chunk[index]) << (8 * count)
        count += 1
        guard count == 8 else { continue }
        try body(value)
        (value, count) = (0, 0)
      }
    }
  }

  /// Writes all parts, one after another.
  func write(to output: inout IndexedOutput) throws {
    for number in files.indices {
      try forEachChunk(of: folder.part(number, Self.kinds.main)) { try output.write($0, []) }
      guard width != nil else { continue }
      var last: UInt64 = 0
      var lengths: [Int] = []
      let nothing = ByteBuffer()
      try forEachEnd(of: number) { end in
        lengths.append(Int(end - last))
        last = end
        guard lengths.count == 1 << 16 else { return }
        try output.write(nothing.span, lengths)
        lengths.removeAll(keepingCapacity: true)
      }
      try output.write(nothing.span, lengths)
    }
  }
}
