/// Parses a pattern of tokenizer.json, which Hugging Face runs on Oniguruma (Ruby's syntax), into a tree of
/// constructs that ICU and our own automata match alike, or refuses it by name.
///
/// The two agree on most of what is written in such files; where they do not (`\h`, `^`, `\b`, `(?m)`,
/// `[[:punct:]]`, `{,n}` …), ICU would silently match something else. What is changed and what is
/// refused is listed in <doc:RegularExpressions>.
///
/// A recursive descent over scalars.
struct OnigurumaPattern {
  /// A pattern that Oniguruma does not take, or that Jukta does not run.
  struct Failure: Error {
    var reason: String
    var offset: Int
  }

  /// What `(?imx)` set; it ends with its group.
  struct Options {
    var ignoresCase = false
    var dotMatchesLines = false
    var isExtended = false
  }

  static let depthLimit = 100

  let scalars: [Unicode.Scalar]
  var place = 0
  var options = Options()
  /// Names of groups, by order; ICU's names are plainer than Oniguruma's.
  var names: [String] = []
  let hasNames: Bool
  private var depth = 0

  private init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
    hasNames = pattern.contains("(?<") && Self.namesGroups(scalars) || pattern.contains("(?'")
  }

  static func parse(_ pattern: String) throws(Failure) -> PatternTree {
    var parser = OnigurumaPattern(pattern)
    let result = try parser.alternatives()
    if parser.place < parser.scalars.count { throw parser.failure("unmatched )") }
    return result
  }

  private static func namesGroups(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.indices.dropLast(3).contains { place in
      scalars[place] == "(" && scalars[place + 1] == "?" && scalars[place + 2] == "<"
        && scalars[place + 3] != "=" && scalars[place + 3] != "!"
        && (place == 0 || scalars[place - 1] != "\\")
    }
  }

  func failure(_ reason: String, at offset: Int? = nil) -> Failure {
    Failure(reason: reason, offset: offset ?? place)
  }

  func refusal(_ construct: String, at offset: Int? = nil) -> Failure {
    failure("\(construct) is not run by Jukta", at: offset)
  }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    place + ahead < scalars.count ? scalars[place + ahead] : nil
  }

  /// Steps over `text` where it stands here.
  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard place + wanted.count <= scalars.count,
      scalars[place..<place + wanted.count].elementsEqual(wanted)
    else { return false }
    place += wanted.count
    return true
  }

  /// Everything up to the end of the group, or of the pattern.
  mutating func alternatives() throws(Failure) -> PatternTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw refusal("a pattern nested this deep") }
    let outer = options
    defer { options = outer }
    var branches: [PatternTree] = []
    var branch: [PatternTree] = []
    while let scalar = peek(), scalar != ")" {
      if scalar == "|" {
        place += 1
        branches.append(.sequence(branch))
        branch = []
      } else if let term = try term() {
        branch.append(term)
      }
    }
    guard !branches.isEmpty else { return .sequence(branch) }
    return .alternatives(branches + [.sequence(branch)])
  }

  /// An atom with its quantifiers; nil where nothing but comments is left.
  private mutating func term() throws(Failure) -> PatternTree? {
    skipIgnored()
    guard let first = peek(), first != "|", first != ")" else { return nil }
    let start = place
    var atom = try atom()
    var repeats: Quantifier?
    while true {
      skipIgnored()
      guard let quantifier = try quantifier() else {
        return repeats.map { .repeated(atom, $0.count) } ?? atom
      }
      if atom.isAnchor {
        throw failure("the target of a repeat operator is an anchor", at: start)
      }
      if let last = repeats {
        if let both = Self.reduced(last, quantifier) {
          repeats = both
          continue
        }
        atom = .group(.plain, .repeated(atom, last.count))
      }
      if quantifier.isOptional {
        atom = .group(.plain, .repeated(atom, quantifier.count))
        repeats = Quantifier(count: .optional, isSymbol: true)
      } else {
        repeats = quantifier
      }
    }
  }

  /// What two greedy quantifiers in a row come to: nested they would cost ICU time without bound.
  private static func reduced(_ first: Quantifier, _ second: Quantifier) -> Quantifier? {
    guard first.isSymbol, second.isSymbol else { return nil }
    return first.count == second.count ? first : Quantifier(count: .any, isSymbol: true)
  }

  /// White space and comments under `(?x)`, and `(?#…)`.
  private mutating func skipIgnored() {
    while let scalar = peek() {
      if options.isExtended, scalar.properties.isWhitespace, scalar.isASCII {
        place += 1
      } else if options.isExtended, scalar == "#" {
        while let next = peek(), next != "\n" { place += 1 }
      } else if scalar == "(", peek(1) == "?", peek(2) == "#" {
        while let next = peek(), next != ")" { place += next == "\\" ? 2 : 1 }
        place += 1
      } else {
        return
      }
    }
  }

  private mutating func atom() throws(Failure) -> PatternTree {
    let scalar = scalars[place]
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "\\": return try escape()
    case ".":
      place += 1
      return options.dotMatchesLines ? Self.any : Self.noLineFeed
    case "^":
      place += 1
      // Not behind a line feed that ends the text.
      let behind = PatternTree.group(.behind, .scalar("\n"))
      return .anchor(
        .alternatives([.textStart, .sequence([behind, .group(.notAhead, .textEnd)])]))
    case "$":
      place += 1
      return .lineEnd
    case "*", "+", "?": throw failure("the target of a repeat operator is not specified")
    case "{" where interval(from: place) != nil:
      throw failure("the target of a repeat operator is not specified")
    default:
      place += 1
      return .scalar(scalar)
    }
  }

  static let any = PatternTree.set("[\\x{0}-\\x{10FFFF}]")
  static let noLineFeed = PatternTree.set("[^\\x{a}]")
}
