@testable import Jukta

/// SentencePiece's normaliser as its facts tell it, a step at a time: `norm_to_orig` has an entry for
/// each byte, and one for the end.
struct NaiveSentencePieceNormalizer {
  let table: [[UInt8]: [UInt8]]
  let symbols: [[UInt8]]
  let options: SentencePieceNormalizer.Options

  private func step(_ text: ArraySlice<UInt8>) -> (output: [UInt8], length: Int) {
    if let symbol = symbols.filter({ text.starts(with: $0) }).max(by: { $0.count < $1.count }) {
      return (symbol, symbol.count)
    }
    let length = (1...text.count).last { table[Array(text.prefix($0))] != nil }
    if let length { return (table[Array(text.prefix(length))] ?? [], length) }
    for length in 1...min(4, text.count) {
      let character = Array(text.prefix(length))
      if let text = String(validating: character, as: UTF8.self), text.unicodeScalars.count == 1 {
        return (character, length)
      }
    }
    return (Array("\u{FFFD}".utf8), 1)
  }

  func normalize(_ text: [UInt8]) -> (bytes: [UInt8], offsets: [Int]) {
    var rest = text[...]
    func next() -> (output: [UInt8], length: Int) { step(rest) }
    while options.removesExtraWhitespace, !rest.isEmpty, next().output == [0x20] {
      rest = rest.dropFirst(next().length)
    }
    guard !rest.isEmpty else { return ([], []) }
    let space: [UInt8] = options.escapesWhitespace ? [0xE2, 0x96, 0x81] : [0x20]
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    func append(_ new: [UInt8], _ offset: Int) {
      bytes += new
      offsets += new.map { _ in offset }
    }
    var consumed = rest.startIndex
    if options.addsDummyPrefix, !options.treatsWhitespaceAsSuffix { append(space, consumed) }
    var isAfterSpace = options.removesExtraWhitespace
    while !rest.isEmpty {
      let (output, length) = next()
      let left = isAfterSpace ? output.drop { $0 == 0x20 } : output[...]
      for byte in left { append(byte == 0x20 ? space : [byte], consumed) }
      if let last = left.last { isAfterSpace = options.removesExtraWhitespace && last == 0x20 }
      rest = rest.dropFirst(length)
      consumed += length
    }
    while options.removesExtraWhitespace, bytes.suffix(space.count) == space[...] {
      consumed = offsets[bytes.count - space.count]
      bytes.removeLast(space.count)
      offsets.removeLast(space.count)
    }
    if options.addsDummyPrefix, options.treatsWhitespaceAsSuffix { append(space, consumed) }
    return (bytes, offsets + [consumed])
  }
}
