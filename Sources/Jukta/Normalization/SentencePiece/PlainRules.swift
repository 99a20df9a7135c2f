internal import CJuktaSupport

/// What in plain text, ASCII and Bengali, may begin a rule, in the few bytes that `jukta_rule_stops`
/// compares with: so that the scan passes over 64 bytes at once.
///
/// Most rule sets ask little of plain text: nmt_nfkc has ড়, ঢ় and য়, and ে before া or ৗ.
struct PlainRules: Sendable {
  /// Bengali: U+0980 to U+09FF.
  private static let bengali = 0x980..<0xA00
  /// More to look at than this, and the scan by scalars is as fast.
  private static let mostASCII = 26
  private static let mostBengali = 24
  private static let mostInBoth = 4

  /// The bytes that `jukta_rule_stops` reads.
  static let reach = 69

  let stops: jukta_rules

  /// nil where too much would have to be looked at, or where a space is part of a rule or is none.
  init?(_ starts: RuleStarts, _ tries: [DoubleArray]) {
    let classes = starts.classes
    guard classes[0x20] == RuleStarts.space else { return nil }
    var alone = (Array(0x21..<0x7F) + Self.bengali).filter { classes[$0] & RuleStarts.alone != 0 }
    var pairs: [Int: [Int]] = [:]
    for first in Array(0x21..<0x7F) + Self.bengali where classes[first] & RuleStarts.longer != 0 {
      let others = (Array(0x21..<0x7F) + Self.bengali).filter {
        classes[$0] & RuleStarts.goesOn != 0 && Self.mayGoOn(first, $0, tries)
      }
      if !others.isEmpty { pairs[first] = others }
    }
    var longer: (scalar: Int, on: [UInt8])?
    if pairs.count == 1, let (first, others) = pairs.first, first >= 0x980,
      others.count <= 2, others.allSatisfy({ $0 >= 0x980 })
    {
      longer = (first, others.map { Self.third($0) })
    } else {
      alone += pairs.keys
    }
    let ascii = alone.filter { $0 < 0x80 }
    let rest = alone.filter { $0 >= 0x80 }
    let thirds = rest.map { Self.third($0) }
    let asciiSpan = (ascii.max() ?? 0) - (ascii.min() ?? 0)
    let span = (thirds.max() ?? 0) - (thirds.min() ?? 0)
    let seconds = Set(rest.map { Self.second($0) })
    let mostBengali = seconds.count < 2 ? Self.mostBengali : Self.mostInBoth
    guard asciiSpan < Self.mostASCII, span < mostBengali else { return nil }
    // Bytes that no Bengali scalar has stand for nothing; 0 is looked at anyway.
    stops = jukta_rules(
      ascii_low: UInt8(ascii.min() ?? 0), ascii_span: UInt8(asciiSpan),
      alone_mask: seconds.count == 2 ? 0xFE : 0xFF, alone_second: seconds.min() ?? 0,
      alone_low: thirds.min() ?? 0, alone_span: span,
      longer_second: longer.map { Self.second($0.scalar) } ?? 0,
      longer_third: longer.map { Self.third($0.scalar) } ?? 0,
      on_one: longer?.on.first ?? 0, on_other: longer?.on.last ?? 0)
  }

  /// Whether a scalar is one that the rules tell about.
  @inline(__always)
  static func isPlain(_ scalar: UInt32) -> Bool { scalar < 0x80 || scalar & 0xFF80 == 0x0980 }

  private static func second(_ scalar: Int) -> UInt8 { UInt8(0x80 | scalar >> 6 & 0x3F) }
  private static func third(_ scalar: Int) -> UInt8 { UInt8(0x80 | scalar & 0x3F) }

  /// Whether some key begins with both scalars, or ends inside the second.
  private static func mayGoOn(_ first: Int, _ second: Int, _ tries: [DoubleArray]) -> Bool {
    func bytes(_ scalar: Int) -> [UInt8] {
      scalar < 0x80 ? [UInt8(scalar)] : [0xE0, Self.second(scalar), third(scalar)]
    }
    return tries.contains { trie in
      var block = trie.rootBlock
      for byte in bytes(first) {
        guard let child = trie.step(from: block, by: byte) else { return false }
        block = child.block
      }
      for byte in bytes(second) {
        guard let child = trie.step(from: block, by: byte) else { return false }
        if child.value != nil { return true }
        block = child.block
      }
      return true
    }
  }
}
