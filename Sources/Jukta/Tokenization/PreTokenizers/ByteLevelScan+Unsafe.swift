/// Cuts by one of the known `SplitPattern`s in one pass over UTF-8: each word is found by the class
/// of its first scalars and the run that follows, as the alternatives of the pattern would match.
///
/// Soundness: the text is UTF-8 that the normaliser wrote, so a lead byte says how many bytes follow
/// it, all below `text.count`; places handed about are starts of scalars, or the end; `classes` has
/// an entry for each of 0x10000 scalars.
final class ByteLevelScan: Sendable {
  /// What a pattern tells apart, as bits, so that a run is told by one mask.
  private enum Class {
    static let letter: UInt8 = 1
    static let mark: UInt8 = 2
    /// ZWNJ and ZWJ.
    static let joiner: UInt8 = 4
    static let number: UInt8 = 8
    static let space: UInt8 = 16
    /// `\r` and `\n`, which are spaces too.
    static let newline: UInt8 = 32
    static let other: UInt8 = 64
  }
  private let pattern: SplitPattern
  private let addsPrefixSpace: Bool
  private let classes: [UInt8]
  /// The classes of `\p{L}` and of what the pattern puts with it.
  private let word: UInt8
  /// What may follow in a run of neither spaces, letters nor numbers.
  private let symbols: UInt8

  /// nil where the pre-tokenizer is not a known pattern followed by bytes.
  init?(_ preTokenizer: PreTokenizer) {
    let stages = preTokenizer.flattened
    switch (stages.first, stages.count) {
    case (.byteLevel(let addsPrefixSpace, _, usesRegex: true)?, 1):
      (pattern, self.addsPrefixSpace) = (.gpt2, addsPrefixSpace)
    case (.split(.regex(let regex), .isolated, inverts: false)?, 2):
      guard case .byteLevel(addsPrefixSpace: false, _, usesRegex: false) = stages[1],
        let known = SplitPattern.allCases.first(where: { $0.regex == regex })
      else { return nil }
      (pattern, addsPrefixSpace) = (known, false)
    default: return nil
    }
    classes = (UInt32(0)..<0x10000).map(Self.classify)
    let isBengali = pattern == .bengali
    word = isBengali ? Class.letter | Class.mark | Class.joiner : Class.letter
    symbols = Class.other | Class.mark | Class.joiner
  }

  private static func classify(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case 0x0A, 0x0D: Class.space | Class.newline
    case 0x200C, 0x200D: Class.joiner
    default:
      UnicodeProperties.isWhitespace(scalar)
        ? Class.space
        : UnicodeProperties.isLetter(scalar)
          ? Class.letter
          : UnicodeProperties.isMark(scalar)
            ? Class.mark : UnicodeProperties.isNumeric(scalar) ? Class.number : Class.other
    }
  }

  /// Appends the words of `text` to `words`; with `alignment`, the way from their bytes back to it.
  func split(
    _ text: UnsafeBufferPointer<UInt8>, into words: inout WordBuffer, alignment: inout Alignment?
  ) {
    guard !text.isEmpty else { return }
    let base = words.bytes.count
    if addsPrefixSpace, text[0] != 0x20 {
      let first = classes.withUnsafeBufferPointer { look(text, 0, $0).next }
      alignment?.appendBlock(normalized: base, original: 0..<first)
      words.bytes.append(0x20)
    }
    alignment?.appendCopy(normalized: words.bytes.count, original: 0)
    words.bytes.append(text)
    cut(words.bytes, from: base, into: &words.ends)
  }

  private func cut(_ bytes: borrowing ByteBuffer, from base: Int, into ends: inout [UInt32]) {
    bytes.span.extracting(base...).withUnsafeBufferPointer { cut($0, base: base, into: &ends) }
  }

  private func cut(_ text: UnsafeBufferPointer<UInt8>, base: Int, into ends: inout [UInt32]) {
    classes.withUnsafeBufferPointer { classes in
      if pattern == .gpt2 { return cutAsGPT2(text, classes, base: base, into: &ends) }
      var position = 0
      while position < text.count {
        position = gpt4(text, position, classes)
        ends.append(UInt32(truncatingIfNeeded: base + position))
      }
    }
  }

  /// The class of the scalar at a place, and the next place; class 0 at the end.
  @inline(__always)
  private func look(
    _ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ classes: UnsafeBufferPointer<UInt8>
  ) -> (kind: UInt8, next: Int) {
    guard position < text.count else { return (0, position) }
    let lead = Int(text[position])
    if lead < 0x80 { return (classes[lead], position + 1) }
    let second = Int(text[position + 1] & 0x3F)
    if lead < 0xE0 { return (classes[(lead & 0x1F) << 6 | second], position + 2) }
    let third = Int(text[position + 2] & 0x3F)
    if lead < 0xF0 { return (classes[(lead & 0x0F) << 12 | second << 6 | third], position + 3) }
    let high = UInt32(lead & 0x07) << 18 | UInt32(second) << 12 | UInt32(third) << 6
    return (Self.classify(high | UInt32(text[position + 3] & 0x3F)), position + 4)
  }

  /// Where the run of scalars of the classes `mask` ends.
  @inline(__always)
  private func run(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ mask: UInt8,
    _ classes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var position = start
    while true {
      let (kind, next) = look(text, position, classes)
      if kind & mask == 0 { return position }
      position = next
    }
  }

  /// Cuts by GPT-2's pattern. Its words are short in Bengali, two scalars often, so the scalar that
  /// ended one is not looked at again for the next.
  private func cutAsGPT2(
    _ text: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>, base: Int,
    into ends: inout [UInt32]
  ) {
    var start = 0
    var first = look(text, 0, classes)
    while start < text.count {
      var last = first
      var end: Int?
      if text[start] == 0x20 {
        // ` ?`: a space joins what follows it.
        let second = look(text, first.next, classes)
        if second.kind != 0, second.kind & Class.space == 0 { last = second }
      } else if text[start] == UInt8(ascii: "'") {
        end = contraction(text, start, ignoringCase: false)
      }
      if end == nil, last.kind & Class.space != 0 { end = spaces(text, start, classes) }
      if let end {
        first = look(text, end, classes)
        start = end
      } else {
        let mask =
          last.kind & Class.letter != 0
          ? Class.letter : last.kind & Class.number != 0 ? Class.number : symbols
        repeat {
          start = last.next
          last = look(text, start, classes)
        } while last.kind & mask != 0
        first = last
      }
      ends.append(UInt32(truncatingIfNeeded: base + start))
    }
  }

  /// The end of the word at `start` by GPT-4's pattern, or by the Bengali one.
  private func gpt4(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ classes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    if text[start] == UInt8(ascii: "'"), let end = contraction(text, start, ignoringCase: true),
      pattern == .gpt4 || look(text, end, classes).kind & (Class.mark | Class.joiner) == 0
    {
      return end
    }
    let first = look(text, start, classes)
    if first.kind & word != 0 { return run(text, start, word, classes) }
    let second = look(text, first.next, classes)
    if first.kind & (Class.number | Class.newline) == 0, second.kind & word != 0 {
      return run(text, first.next, word, classes)
    }
    if first.kind == Class.number { return numbers(text, start, classes) }
    let opener = pattern == .bengali ? Class.other : symbols
    if first.kind & opener != 0 || (text[start] == 0x20 && second.kind & opener != 0) {
      let from = first.kind & opener != 0 ? start : first.next
      return run(text, run(text, from, symbols, classes), Class.newline, classes)
    }
    let end = run(text, start, Class.space, classes)
    // `\s*[\r\n]+`: up to the last line end of the run.
    var last = end
    while last > start {
      if text[last - 1] == 0x0A || text[last - 1] == 0x0D { return last }
      last -= 1
    }
    return spaces(text, start, classes)
  }

  /// `\p{N}{1,3}`; in the Bengali pattern, each with its marks.
  private func numbers(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ classes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var position = start
    for _ in 0..<3 {
      let (kind, next) = look(text, position, classes)
      guard kind == Class.number else { break }
      position =
        pattern == .bengali ? run(text, next, Class.mark | Class.joiner, classes) : next
    }
    return position
  }

  /// `\s+(?!\S)|\s+`: a run of spaces, without its last one where something follows.
  private func spaces(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ classes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let end = run(text, start, Class.space, classes)
    guard end < text.count else { return end }
    var last = end - 1
    while text[last] & 0xC0 == 0x80 { last -= 1 }
    return last > start ? last : end
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d`.
  private func contraction(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, ignoringCase: Bool
  ) -> Int? {
    func letter(_ offset: Int) -> UInt8 {
      guard start + offset < text.count else { return 0 }
      let byte = text[start + offset]
      return ignoringCase && byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
    switch letter(1) {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return letter(2) == UInt8(ascii: "e") ? start + 3 : nil
    case UInt8(ascii: "l"): return letter(2) == UInt8(ascii: "l") ? start + 3 : nil
    // ſ is an s to an expression that ignores case.
    case 0xC5 where ignoringCase && letter(2) == 0xBF: return start + 3
    default: return nil
    }
  }
}
