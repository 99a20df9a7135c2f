extension OnigurumaPattern {
  /// A quantifier; `isOptional` for `{n}?`, which in Ruby is not lazy but may be left out.
  struct Quantifier {
    var count: PatternTree.Repeat
    /// Whether it is `*`, `+` or `?`, greedy.
    var isSymbol = false
    var isOptional = false
  }

  mutating func quantifier() throws(Failure) -> Quantifier? {
    guard let scalar = peek() else { return nil }
    switch scalar {
    case "*", "+", "?":
      place += 1
      var count: PatternTree.Repeat = scalar == "*" ? .any : scalar == "+" ? .some : .optional
      guard let mode = peek(), mode == "?" || mode == "+" else {
        return Quantifier(count: count, isSymbol: true)
      }
      place += 1
      count.mode = mode == "?" ? .lazy : .possessive
      return Quantifier(count: count)
    case "{":
      guard let found = interval(from: place) else { return nil }
      let start = place
      place = found.end
      guard max(found.least, found.most ?? 0) <= 100_000 else {
        throw failure("too big a number for a repeat range", at: start)
      }
      if let most = found.most, most < found.least {
        throw refusal("a falling interval", at: start)
      }
      let isExact = found.most == found.least && !found.hasComma
      var count = PatternTree.Repeat(least: found.least, most: found.most)
      guard peek() == "?" else { return Quantifier(count: count) }
      place += 1
      if isExact { return Quantifier(count: count, isOptional: true) }
      count.mode = .lazy
      return Quantifier(count: count)
    default: return nil
    }
  }

  /// `{n}`, `{n,}`, `{n,m}` or `{,m}` at `start`; nil for a brace that is just one.
  func interval(from start: Int) -> (least: Int, most: Int?, hasComma: Bool, end: Int)? {
    var place = start + 1
    func number() -> Int? {
      var value: Int?
      while place < scalars.count, let digit = Self.digit(scalars[place], radix: 10) {
        value = min((value ?? 0) * 10 + digit, 1_000_000)
        place += 1
      }
      return value
    }
    let least = number()
    var most = least
    var hasComma = false
    if place < scalars.count, scalars[place] == "," {
      hasComma = true
      place += 1
      most = number()
    }
    guard place < scalars.count, scalars[place] == "}", least != nil || most != nil else {
      return nil
    }
    return (least ?? 0, most, hasComma, place + 1)
  }

  static func digit(_ scalar: Unicode.Scalar, radix: Int) -> Int? {
    guard scalar.isASCII, let value = Character(scalar).hexDigitValue, value < radix else {
      return nil
    }
    return value
  }

  /// A group, or nil for `(?i)` and its like, which are no atoms.
  mutating func group() throws(Failure) -> PatternTree {
    let start = place
    guard take("(?") else {
      place += 1
      if peek() == "*" { throw refusal("a callout", at: start) }
      return try close(hasNames ? .plain : .capturing, start)
    }
    let kinds: [(String, PatternTree.Group)] = [
      (":", .plain), ("=", .ahead), ("!", .notAhead), (">", .atomic), ("<=", .behind),
      ("<!", .notBehind),
    ]
    for (opening, kind) in kinds where take(opening) { return try close(kind, start) }
    if peek() == "<" || peek() == "'" { return try namedGroup(start) }
    return try optionGroup(start)
  }

  private mutating func close(
    _ group: PatternTree.Group, _ start: Int
  ) throws(Failure) -> PatternTree {
    let body = try alternatives()
    guard take(")") else { throw failure("an unmatched parenthesis", at: start) }
    return .group(group, body)
  }

  private mutating func namedGroup(_ start: Int) throws(Failure) -> PatternTree {
    let name = try name(closing: peek() == "<" ? ">" : "'")
    guard let first = name.unicodeScalars.first, Self.digit(first, radix: 10) == nil else {
      throw failure("a bad group name", at: start)
    }
    guard !names.contains(name) else { throw refusal("a group name given twice", at: start) }
    names.append(name)
    return try close(.named(names.count), start)
  }

  /// The name that stands between `<` or `'` and `closing`.
  mutating func name(closing: Unicode.Scalar) throws(Failure) -> String {
    let start = place
    place += 1
    var name = String.UnicodeScalarView()
    while let scalar = peek(), scalar != closing {
      name.append(scalar)
      place += 1
    }
    guard peek() == closing, !name.isEmpty else { throw failure("a bad group name", at: start) }
    place += 1
    return String(name)
  }

  /// `(?im-x)`, which is for what is left of the group, alternatives and all, or `(?im-x:…)`.
  private mutating func optionGroup(_ start: Int) throws(Failure) -> PatternTree {
    var wanted = options
    var turnsOn = true
    while let scalar = peek(), scalar != ")", scalar != ":" {
      switch scalar {
      case "-": turnsOn = false
      case "i": wanted.ignoresCase = turnsOn
      case "m": wanted.dotMatchesLines = turnsOn
      case "x": wanted.isExtended = turnsOn
      case "~": throw refusal("the absent operator (?~", at: start)
      case "(": throw refusal("a conditional (?(", at: start)
      case "{": throw refusal("a callout (?{", at: start)
      case "W", "D", "S", "P", "I", "L", "C", "y":
        throw refusal("the option (?\(scalar))", at: start)
      default: throw failure("undefined group option (?\(scalar)", at: start)
      }
      place += 1
    }
    guard let end = peek() else { throw failure("an unmatched parenthesis", at: start) }
    place += 1
    let outer = options
    options = wanted
    defer { options = outer }
    let group = PatternTree.Group.ignoringCase(wanted.ignoresCase)
    if end == ":" { return try close(group, start) }
    return .group(group, try alternatives())
  }
}
