/// Patterns that find places between two scalars and no text: `(?=[…])(?<=[…])`, several of them by `|`, where all
/// classes are listed ones of the Basic Multilingual Plane.
///
/// `SentencePiecePipeline` writes one; a look-behind at every place is slow in any engine, and two tables tell
/// the same.
struct BetweenPattern {
  /// For each scalar, the alternatives, as bits, that have it behind the place, and those that have it before.
  private let after: [UInt8]
  private let before: [UInt8]

  init?(_ pattern: String) {
    guard pattern.utf8.starts(with: "(?=[".utf8) else { return nil }
    var rest = pattern.unicodeScalars[...]
    var after = [UInt8](repeating: 0, count: 0x10000)
    var before = after
    for bit in 0..<8 {
      guard Self.read("(?=", &rest), let next = ListedClass.read(&rest), Self.read(")(?<=", &rest),
        let last = ListedClass.read(&rest), Self.read(")", &rest),
        (next.scalars + last.scalars).allSatisfy({ $0 < 0x10000 })
      else { return nil }
      for scalar in next.scalars { after[Int(scalar)] |= 1 << UInt8(bit) }
      for scalar in last.scalars { before[Int(scalar)] |= 1 << UInt8(bit) }
      if rest.isEmpty {
        (self.after, self.before) = (after, before)
        return
      }
      guard Self.read("|", &rest) else { return nil }
    }
    return nil
  }

  /// Such a pattern of classes, each the one behind the place and the one before it.
  static func text(_ alternatives: [(after: ListedClass, before: ListedClass)]) -> String {
    alternatives.map { "(?=\($0.after.pattern))(?<=\($0.before.pattern))" }.joined(separator: "|")
  }

  private static func read(_ text: String, _ rest: inout Substring.UnicodeScalarView) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest.removeFirst(text.unicodeScalars.count)
    return true
  }

  /// Appends the places in `text`, as empty ranges.
  func appendMatches(in text: [UInt32], to matches: inout [Range<Int>]) {
    var last: UInt8 = 0
    for (index, scalar) in text.enumerated() {
      guard scalar < 0x10000 else {
        last = 0
        continue
      }
      if last & after[Int(scalar)] != 0 { matches.append(index..<index) }
      last = before[Int(scalar)]
    }
  }
}
