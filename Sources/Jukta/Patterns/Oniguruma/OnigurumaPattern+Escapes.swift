extension OnigurumaPattern {
  /// Letters, marks, decimal digits, connectors; not joiners.
  static let word = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}"
  /// Outside of brackets Oniguruma puts six more with them.
  static let loneWord = "[\(word)\\xB2\\xB3\\xB9\\xBC-\\xBE]"
  private static let hexadecimal = "0-9A-Fa-f"

  /// What an escape stands for.
  enum Escaped {
    case scalar(Unicode.Scalar)
    /// Members of a set, without brackets.
    case set(String, isNegated: Bool)
  }

  /// An escape outside of brackets, whole.
  mutating func escape() throws(Failure) -> PatternTree {
    let start = place
    guard let letter = peek(1) else { throw failure("the pattern ends with a backslash") }
    switch letter {
    case "A":
      place += 2
      return .textStart
    case "z":
      place += 2
      return .textEnd
    case "Z":
      place += 2
      return .group(.ahead, .sequence([.repeated(.scalar("\n"), .optional), .textEnd]))
    case "b":
      place += 2
      return boundary((.behind, .notAhead), (.notBehind, .ahead))
    case "B":
      place += 2
      return boundary((.behind, .ahead), (.notBehind, .notAhead))
    case "R":
      place += 2
      let lineEnds = PatternTree.set("[\\x{a}-\\x{d}\\x{85}\\x{2028}\\x{2029}]")
      return .group(.atomic, .alternatives([.sequence([.scalar("\r"), .scalar("\n")]), lineEnds]))
    case "N":
      place += 2
      return Self.noLineFeed
    case "O":
      place += 2
      return Self.any
    case "G", "K", "X", "y", "Y", "g": throw refusal("\\\(letter)", at: start)
    case "k": return try namedReference(start)
    case "1"..."9": return try reference(start)
    case "w", "W":
      place += 2
      return caseless(letter == "w" ? Self.loneWord : "[^\(Self.loneWord)]")
    default: break
    }
    switch try escaped() {
    case .scalar(let scalar): return .scalar(scalar)
    case .set(let members, let isNegated):
      let own = members == Self.word ? Self.loneWord : "[\(members)]"
      return caseless(isNegated ? "[^\(own)]" : own)
    }
  }

  /// A set that `(?i)` does not widen.
  private func caseless(_ set: String) -> PatternTree {
    options.ignoresCase ? .group(.ignoringCase(false), .set(set)) : .set(set)
  }

  private typealias Sides = (PatternTree.Group, PatternTree.Group)

  /// A place between two kinds of characters, one way or the other.
  private func boundary(_ one: Sides, _ other: Sides) -> PatternTree {
    let ways = [one, other].map { sides in
      PatternTree.sequence([
        .group(sides.0, .set(Self.loneWord)), .group(sides.1, .set(Self.loneWord)),
      ])
    }
    let either = PatternTree.alternatives(ways)
    return .anchor(options.ignoresCase ? .group(.ignoringCase(false), either) : either)
  }

  private mutating func namedReference(_ start: Int) throws(Failure) -> PatternTree {
    place += 2
    guard peek() == "<" || peek() == "'" else { return .scalar("k") }
    let name = try name(closing: peek() == "<" ? ">" : "'")
    if let known = names.firstIndex(of: name) { return .reference("\\k<g\(known + 1)>") }
    guard !hasNames, let number = Int(name), number > 0 else {
      throw refusal("the reference \\k<\(name)>", at: start)
    }
    return .reference("(?:\\\(number))")
  }

  private mutating func reference(_ start: Int) throws(Failure) -> PatternTree {
    place += 1
    if let first = peek(), let second = peek(1), first <= "7", "0"..."7" ~= second, !hasManyGroups {
      place += 1
      return .scalar(octalEscape(first))
    }
    var number = 0
    while let scalar = peek(), let digit = Self.digit(scalar, radix: 10), number < 1000 {
      number = number * 10 + digit
      place += 1
    }
    guard !hasNames else { throw failure("a numbered reference beside named groups", at: start) }
    guard number < 10 else { throw refusal("the reference \\\(number)", at: start) }
    return .reference("(?:\\\(number))")
  }

  /// Whether a reference of two digits may be one.
  private var hasManyGroups: Bool { scalars.count { $0 == "(" } >= 10 }

  /// An escape that brackets may hold too.
  mutating func escaped() throws(Failure) -> Escaped {
    let start = place
    guard let letter = peek(1) else { throw failure("the pattern ends with a backslash") }
    place += 2
    switch letter {
    case "w", "W": return .set(Self.word, isNegated: letter == "W")
    case "d", "D": return .set("\\p{Nd}", isNegated: letter == "D")
    case "s", "S": return .set("\\p{White_Space}", isNegated: letter == "S")
    case "h", "H": return .set(Self.hexadecimal, isNegated: letter == "H")
    case "p", "P":
      guard peek() == "{" else { return .scalar(letter) }
      return try property(isNegated: letter == "P", start)
    case "t": return .scalar("\t")
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "f": return .scalar("\u{C}")
    case "v": return .scalar("\u{B}")
    case "a": return .scalar("\u{7}")
    case "e": return .scalar("\u{1B}")
    case "u", "x": return .scalar(try hexadecimalEscape(letter, start))
    case "0"..."7": return .scalar(octalEscape(letter))
    case "c", "C", "M": throw refusal("\\\(letter)", at: start)
    default: return .scalar(letter)
    }
  }

  private mutating func hexadecimalEscape(
    _ letter: Unicode.Scalar, _ start: Int
  ) throws(Failure) -> Unicode.Scalar {
    let isBraced = letter == "x" && take("{")
    let most = letter == "u" ? 4 : isBraced ? 8 : 2
    var value: UInt32 = 0
    var digits = 0
    while digits < most, let scalar = peek(), let digit = Self.digit(scalar, radix: 16) {
      value = value << 4 | UInt32(digit)
      digits += 1
      place += 1
    }
    if digits == 0, !isBraced, letter == "x" { return letter }
    let isWhole = letter == "u" ? digits == 4 : digits > 0 && (isBraced ? take("}") : value < 0x80)
    guard isWhole, let scalar = Unicode.Scalar(value) else {
      throw failure("an invalid code point", at: start)
    }
    return scalar
  }

  private mutating func octalEscape(_ first: Unicode.Scalar) -> Unicode.Scalar {
    var value = first.value - 0x30
    var digits = 1
    while digits < 3, let scalar = peek(), let digit = Self.digit(scalar, radix: 8),
      value * 8 + UInt32(digit) < 0x80
    {
      value = value * 8 + UInt32(digit)
      digits += 1
      place += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}
