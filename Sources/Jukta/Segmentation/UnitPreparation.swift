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
enum ListNumbers {
  private struct Chain {
    var first = 0
    var last = -1
    var members: [Int] = []
  }

  /// Sets `isListNumber`, and tells whether there is a danda at all.
  static func find(_ marks: inout [Mark], in text: Span<UInt8>, hasDanda: inout Bool) {
    var chains: [UInt8: Chain] = [:]
    for index in marks.indices {
      let mark = marks[index]
      guard mark.kind == .sign || mark.kind == .close else { continue }
      let lead = text[mark.offset]
      if lead == 0xE0 || lead == 0x7C { hasDanda = true }
      guard let value = number(before: mark.offset, in: text) else { continue }
      var chain = chains[lead] ?? Chain()
      if value == chain.last + 1, !chain.members.isEmpty {
        chain.last = value
        chain.members.append(index)
      } else {
        close(chain, &marks)
        chain = Chain(first: value, last: value, members: [index])
      }
      chains[lead] = chain
    }
    for chain in chains.values { close(chain, &marks) }
  }

  private static func close(_ chain: Chain, _ marks: inout [Mark]) {
    guard chain.members.count >= 3 || (chain.members.count == 2 && chain.first == 1) else { return }
    for index in chain.members { marks[index].isListNumber = true }
  }

  /// The number of at most three digits that stands alone before `offset`, with text behind.
  private static func number(before offset: Int, in text: Span<UInt8>) -> Int? {
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
