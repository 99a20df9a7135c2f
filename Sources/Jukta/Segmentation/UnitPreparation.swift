/// Which bracket closes which. A bracket without a partner hides nothing.
enum BracketPairs {
  /// A pair that spans more is taken for two strays: a forgotten bracket must not swallow a chapter.
  private static let longestPair = 4096

  /// Sets the partners of all brackets among `marks`.
  static func find(_ marks: inout [Mark], in text: Span<UInt8>) {
    // A stack a kind, so that strays of one kind do not stand in the way of another: linear time.
    var open: [[Int]] = [[], [], []]
    for index in marks.indices {
      let mark = marks[index]
      guard mark.kind == .open || mark.kind == .close else { continue }
      // ASCII: ( ) are 0x28 0x29, [ ] 0x5B 0x5D, { } 0x7B 0x7D.
      let stack = Int(text[mark.offset] >> 5) - 1
      if mark.kind == .open {
        if !isFace(mark.offset, in: text) { open[stack].append(index) }
        continue
      }
      guard let partner = open[stack].popLast() else { continue }
      for other in open.indices {
        while let last = open[other].last, last > partner { open[other].removeLast() }
      }
      guard mark.offset - marks[partner].offset <= longestPair else { continue }
      marks[partner].partner = Int32(index)
      marks[index].partner = Int32(partner)
    }
  }

  /// Whether the bracket at `offset` is the mouth of a smiley.
  private static func isFace(_ offset: Int, in text: Span<UInt8>) -> Bool {
    guard text[offset] == 0x28, offset > 0 else { return false }
    let before = text[offset - 1]
    guard before == 0x3A || before == 0x3B || before == 0x3D else { return false }
    let after = text.value(at: offset + 1)
    return !ScalarClass.isWord(after) && !ScalarClass.isDigit(after)
  }
}

/// Rule 6: numbers of list items that stand inside a line, `১. চাল ২. ডাল ৩. নুন`.
///
/// A number before a sign is one of a list if its neighbours count on: from 1 to 2 at least, or over
/// three numbers from anywhere.
struct ListNumbers {
  private struct Chain {
    var first = 0
    var last = -1
    var members: [Int] = []
    /// Whether what stands behind each member can be an item.
    var hasItems = true
  }

  private let lexicon: Lexicon

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// Sets `isListNumber`, and tells whether there is a danda at all.
  func find(
    _ marks: inout [Mark], in text: Span<UInt8>, hasDanda: inout Bool, hasPipe: inout Bool
  ) {
    var chains: [UInt8: Chain] = [:]
    for index in marks.indices {
      let mark = marks[index]
      guard mark.kind == .sign || mark.kind == .close else { continue }
      let lead = text[mark.offset]
      if lead == 0xE0 || lead == 0x7C { hasDanda = true }
      if lead == 0x7C { hasPipe = true }
      guard lead != 0x3F, lead != 0x21, let value = number(before: mark.offset, in: text) else {
        continue
      }
      var chain = chains[lead] ?? Chain()
      if value == chain.last + 1, !chain.members.isEmpty {
        chain.last = value
        chain.members.append(index)
      } else {
        Self.close(chain, &marks)
        chain = Chain(first: value, last: value, members: [index])
      }
      chain.hasItems = chain.hasItems && isItem(behind: mark.offset, in: text)
      chains[lead] = chain
    }
    for chain in chains.values { Self.close(chain, &marks) }
  }

  private static func close(_ chain: Chain, _ marks: inout [Mark]) {
    let count = chain.members.count
    guard count >= 3 || (count == 2 && (chain.first == 1 || chain.hasItems)) else { return }
    for index in chain.members { marks[index].isListNumber = true }
  }

  /// Whether a word follows that does not begin a sentence of its own: `২। রহিম ও ৩। করিম`.
  private func isItem(behind offset: Int, in text: Span<UInt8>) -> Bool {
    let start = text.skipSpaces(from: offset + text.scalar(at: offset).length)
    let traits = lexicon.traits(of: text.word(from: start), in: text)
    return traits.isDisjoint(with: [.starter, .newClause])
  }

  /// The number of at most three digits that stands alone before `offset`, with text behind.
  private func number(before offset: Int, in text: Span<UInt8>) -> Int? {
    guard offset > 0 else { return nil }
    let byte = text[offset - 1]
    guard (byte >= 0x30 && byte <= 0x39) || (byte >= 0xA6 && byte <= 0xAF) else { return nil }
    let digits = text.digits(before: offset)
    guard !digits.isEmpty, text.scalarCount(digits) <= 3 else { return nil }
    let before = text.value(before: digits.lowerBound)
    guard
      before == 0 || ScalarClass.isSpace(before) || ScalarClass.isOpeningBracket(before)
        || ScalarClass.isDash(before) || before == 0x3A
    else { return nil }
    let after = text.value(at: offset + text.scalar(at: offset).length)
    guard !ScalarClass.isDigit(after), !ScalarClass.isSign(after) else { return nil }
    // Behind an item's number there is an item, and before it no word that counts: `রোল নং ১।`.
    guard text.skipSpaces(from: offset + text.scalar(at: offset).length) < text.count else {
      return nil
    }
    let noun = text.word(before: text.skipSpaces(before: digits.lowerBound))
    guard !lexicon.traits(of: noun, in: text).contains(.counting) else { return nil }
    var value = 0
    var index = digits.lowerBound
    while index < digits.upperBound {
      let read = text.scalar(at: index)
      value = value * 10 + Int(read.value >= 0x9E6 ? read.value - 0x9E6 : read.value - 0x30)
      index += read.length
    }
    return value
  }
}

/// Rule 17: pipes that draw a table, `নাম | বয়স | ঠিকানা`.
struct TableRow {
  let lexicon: Lexicon
  private static let longestCell = 6

  /// Whether the pipes of a unit stand between cells: spaces around each, no other sign that ends a
  /// sentence, nothing that is a sentence before any, and the last cell is open, or the first closed.
  func isOne(_ marks: [Mark], in text: Span<UInt8>) -> Bool {
    let start = text.skipSpaces(from: 0)
    let end = text.skipSpaces(before: text.count)
    let isFramed = start < text.count && text[start] == 0x7C
    guard start < end, isFramed || text[end - 1] != 0x7C else { return false }
    var pipes = 0
    var cell = start
    for mark in marks where mark.kind == .sign {
      let value = text.scalar(at: mark.offset).value
      if value == 0x964 || value == 0x965 || value == 0x9F7 { return false }
      guard value == 0x7C else { continue }
      if mark.offset > start, mark.offset < end - 1 {
        guard ScalarClass.isSpace(text.value(before: mark.offset)),
          ScalarClass.isSpace(text.value(at: mark.offset + 1)), isCell(cell..<mark.offset, in: text)
        else { return false }
        pipes += 1
      }
      cell = mark.offset + 1
    }
    return pipes > 0 && isCell(cell..<end, in: text)
  }

  private func isCell(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    var words = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let word = text.word(from: index)
      if !word.isEmpty { words += 1 }
      index = max(word.upperBound, index)
      if index < range.upperBound { index += text.scalar(at: index).length }
      guard words <= Self.longestCell else { return false }
    }
    let last = text.word(before: text.skipSpaces(before: range.upperBound))
    return last.lowerBound < range.lowerBound || last.isEmpty
      || !lexicon.isPredicate(last, in: text)
  }
}
