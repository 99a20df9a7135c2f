extension OnigurumaPattern {
  /// `[…]` with all it may hold, as a set of ICU's.
  mutating func characterClass(depth: Int = 0) throws(Failure) -> String {
    let start = place
    guard depth < Self.depthLimit else { throw refusal("a set nested this deep") }
    place += 1
    let isNegated = take("^")
    var operands: [String] = []
    var members = ""
    var isFirst = true
    while true {
      guard let scalar = peek() else { throw failure("a set without its end", at: start) }
      if scalar == "]", !isFirst || !laterCloses() {
        if isFirst { throw failure("an empty set", at: start) }
        place += 1
        break
      }
      isFirst = false
      if take("&&") {
        operands.append(members)
        members = ""
      } else {
        members += try member(depth)
      }
    }
    operands.append(members)
    // Oniguruma folds what is left of an intersection, ICU each of its sides.
    if operands.count > 1, options.ignoresCase {
      throw refusal("an intersection under (?i)", at: start)
    }
    let sets = operands.map { $0.isEmpty ? "[^\\x{0}-\\x{10FFFF}]" : "[\($0)]" }
    let whole = sets.dropFirst().reduce(sets[0]) { "[\($0)&&\($1)]" }
    return isNegated ? "[^\(whole)]" : whole
  }

  /// Whether a `]` at the start of a set is a character, because another follows.
  private func laterCloses() -> Bool {
    var ahead = place + 1
    while ahead < scalars.count {
      if scalars[ahead] == "]" { return true }
      ahead += scalars[ahead] == "\\" ? 2 : 1
    }
    return false
  }

  /// One member: a character, a range, an escape, a set in the set.
  private mutating func member(_ depth: Int) throws(Failure) -> String {
    let start = place
    if peek() == "[" {
      if let set = try bracket() { return set }
      return try characterClass(depth: depth + 1)
    }
    guard let low = try single() else {
      place = start
      guard case .set(let members, let isNegated) = try escaped() else { return "" }
      if peek() == "-", let next = peek(1), next != "]" {
        throw failure("a range that begins with a set", at: start)
      }
      return isNegated ? "[^\(members)]" : "[\(members)]"
    }
    guard peek() == "-", let next = peek(1), next != "]" else { return PatternTree.literal(low) }
    if next == "[" { throw refusal("a range that ends with a set", at: start) }
    if next == "&", peek(2) == "&" { return PatternTree.literal(low) }
    place += 1
    guard let high = try single() else { throw failure("a range that ends with a set", at: start) }
    guard low <= high else { throw failure("an empty range", at: start) }
    return PatternTree.literal(low) + "-" + PatternTree.literal(high)
  }

  /// One character as itself or escaped; nil where an escape stands for a set.
  private mutating func single() throws(Failure) -> Unicode.Scalar? {
    guard let scalar = peek() else { throw failure("a set without its end") }
    guard scalar == "\\" else {
      place += 1
      return scalar
    }
    if peek(1) == "b" {
      place += 2
      return "\u{8}"
    }
    if case .scalar(let scalar) = try escaped() { return scalar }
    return nil
  }

  /// `[:name:]`; nil where it is not one but a set that begins with a colon.
  private mutating func bracket() throws(Failure) -> String? {
    let start = place
    guard take("[:") else { return nil }
    let isNegated = take("^")
    var name = ""
    while let scalar = peek(), scalar.isASCII, scalar.properties.isAlphabetic {
      name.unicodeScalars.append(scalar)
      place += 1
    }
    guard take(":]") else {
      place = start
      return nil
    }
    guard let members = Self.posixSets[name] else {
      throw failure("an invalid POSIX bracket [:\(name):]", at: start)
    }
    return isNegated ? "[^\(members)]" : "[\(members)]"
  }

  /// POSIX brackets as Oniguruma has them in Unicode: symbols are punctuation.
  static let posixSets: [String: String] = [
    "alnum": "\\p{Alphabetic}\\p{Nd}", "alpha": "\\p{Alphabetic}", "ascii": "\\x{0}-\\x{7F}",
    "blank": "\\p{Zs}\\t", "cntrl": "\\p{Cc}", "digit": "\\p{Nd}",
    "graph": "[^\\p{White_Space}\\p{Cc}\\p{Cn}\\p{Cs}]", "lower": "\\p{Lowercase}",
    "print": "[^\\p{Cc}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]", "punct": "\\p{P}\\p{S}",
    "space": "\\p{White_Space}",
    "upper": "\\p{Uppercase}", "word": word, "xdigit": "0-9A-Fa-f",
  ]
}
