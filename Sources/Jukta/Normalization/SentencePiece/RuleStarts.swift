/// Where a rule may begin, in one byte a scalar: what lets the scan copy whole runs.
///
/// Layout: a class for each scalar of the Basic Multilingual Plane (64 KiB, of which Bengali and
/// ASCII touch a few cache lines); at scalars beyond it, and at bytes that are no UTF-8, the scan
/// always asks the trie. Made from the tries once; it may say "look" too often, never too seldom.
struct RuleStarts: Sendable {
  /// A rule may match at this scalar whatever follows.
  static let alone: UInt8 = 1
  /// A rule may match here if the next scalar is one that goes on.
  static let longer: UInt8 = 2
  /// This scalar may go on a rule that the one before began.
  static let goesOn: UInt8 = 4

  /// A space that must not simply be copied.
  static let space: UInt8 = 8

  private(set) var classes = [UInt8](repeating: 0, count: 0x10000)

  /// The classes of the keys of all `tries`.
  init(_ tries: [DoubleArray]) {
    for trie in tries {
      let isInner = Self.innerBlocks(trie)
      let blocks = markStarts(trie).filter { isInner[$0] }
      markSuccessors(trie, blocks)
    }
  }

  /// For each place whether a key may go on from it: whether some unit's label fits.
  private static func innerBlocks(_ trie: DoubleArray) -> [Bool] {
    var isInner = [Bool](repeating: false, count: trie.units.count)
    for (place, unit) in trie.units.enumerated() where !DoubleArray.isValue(unit) {
      isInner[place ^ Int(DoubleArray.label(unit))] = true
    }
    return isInner
  }

  /// Adds to the class of one scalar.
  mutating func mark(_ scalar: Int, _ bits: UInt8) { classes[scalar] |= bits }

  /// Marks the first scalars of keys; gives the blocks behind those that keys go on from.
  private mutating func markStarts(_ trie: DoubleArray) -> Set<Int> {
    var blocks = Set<Int>()
    walk(trie, from: [trie.rootBlock]) { classes, scalar, isMatched, ends in
      if isMatched { classes[scalar] |= Self.alone }
      if !ends.isEmpty { classes[scalar] |= Self.longer }
      blocks.formUnion(ends)
    }
    return blocks
  }

  /// Marks the scalars that come second in a key.
  private mutating func markSuccessors(_ trie: DoubleArray, _ blocks: Set<Int>) {
    walk(trie, from: blocks) { classes, scalar, isMatched, ends in
      if isMatched || !ends.isEmpty { classes[scalar] |= Self.goesOn }
    }
    // A scalar beyond the plane has no class; one before it must look there.
    let beyond = (UInt8(0xF0)...0xF4).contains { lead in
      blocks.contains { trie.step(from: $0, by: lead) != nil }
    }
    guard beyond else { return }
    for scalar in classes.indices where classes[scalar] & Self.longer != 0 {
      classes[scalar] |= Self.alone
    }
  }

  /// Walks from all `blocks` at once through every scalar of the plane that some key has there.
  /// `body` learns whether a key ends inside or at the end of it, and the blocks behind it.
  private mutating func walk(
    _ trie: DoubleArray, from blocks: Set<Int>,
    _ body: (
      _ classes: inout [UInt8], _ scalar: Int, _ isMatched: Bool, _ ends: Set<Int>
    ) -> Void
  ) {
    func step(_ from: Set<Int>, _ byte: UInt8) -> (blocks: Set<Int>, isMatched: Bool) {
      var next = Set<Int>()
      var isMatched = false
      for block in from {
        guard let child = trie.step(from: block, by: byte) else { continue }
        next.insert(child.block)
        if child.value != nil { isMatched = true }
      }
      return (next, isMatched)
    }
    func descend(_ from: Set<Int>, _ isMatched: Bool, _ scalar: Int, _ tail: Int) {
      // A key that ends inside a character matches all that begin like it.
      guard !from.isEmpty || isMatched else { return }
      guard tail > 0 else { return body(&classes, scalar, isMatched, from) }
      for byte in UInt8(0x80)...0xBF {
        let next = step(from, byte)
        descend(
          next.blocks, isMatched || next.isMatched, scalar << 6 | Int(byte & 0x3F), tail - 1)
      }
    }
    for lead in UInt8(0)...0xEF where !(0x80..<0xC2).contains(lead) {
      let first = step(blocks, lead)
      switch lead {
      case 0..<0x80: descend(first.blocks, first.isMatched, Int(lead), 0)
      case 0..<0xE0: descend(first.blocks, first.isMatched, Int(lead & 0x1F), 1)
      default: descend(first.blocks, first.isMatched, Int(lead & 0x0F), 2)
      }
    }
  }
}
