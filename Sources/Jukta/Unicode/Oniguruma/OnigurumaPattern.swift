/// Rewrites a pattern of tokenizer.json, which Hugging Face runs on Oniguruma (Ruby's syntax), into one
/// that ICU matches alike, or refuses it by name.
///
/// The two agree on most of what is written in such files; where they do not (`\h`, `^`, `\b`, `(?m)`,
/// `[[:punct:]]`, `{,n}` …), ICU would silently match something else. What is changed and what is
/// refused is listed in <doc:RegularExpressions>.
///
/// A recursive descent over scalars, each alternative written as it is read.
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

  /// The pattern in ICU's syntax, to be compiled with `^` and `$` at every line and only a line feed
  /// as line end.
  static func translate(_ pattern: String) throws(Failure) -> String {
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

  /// A character as itself, whatever it would mean to ICU.
  static func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": String(scalar)
    default: "\\x{" + String(scalar.value, radix: 16) + "}"
    }
  }

  /// Everything up to the end of the group, or of the pattern.
  mutating func alternatives() throws(Failure) -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw refusal("a pattern nested this deep") }
    let outer = options
    defer { options = outer }
    var result = ""
    while let scalar = peek(), scalar != ")" {
      if scalar == "|" {
        place += 1
        result += "|"
      } else {
        result += try term()
      }
    }
    return result
  }

  /// An atom with its quantifiers.
  private mutating func term() throws(Failure) -> String {
    skipIgnored()
    guard let first = peek(), first != "|", first != ")" else { return "" }
    let start = place
    guard var atom = try atom() else { return "" }
    var repeats: String?
    while true {
      skipIgnored()
      guard let quantifier = try quantifier() else { return atom + (repeats ?? "") }
      if Self.isAnchor(atom) {
        throw failure("the target of a repeat operator is an anchor", at: start)
      }
      if let last = repeats {
        if let both = Self.reduced(last, quantifier) {
          repeats = both
          continue
        }
        atom = "(?:\(atom)\(last))"
      }
      if quantifier.isOptional {
        atom = "(?:\(atom)\(quantifier.text))"
        repeats = "?"
      } else {
        repeats = quantifier.text
      }
    }
  }

  /// What two greedy quantifiers in a row come to: nested they would cost ICU time without bound.
  private static func reduced(_ first: String, _ second: Quantifier) -> String? {
    let plain = ["*", "+", "?"]
    guard !second.isOptional, plain.contains(first), plain.contains(second.text) else { return nil }
    return first == second.text ? first : "*"
  }

  private static func isAnchor(_ atom: String) -> Bool {
    atom == "$"
      || ["(?=", "(?!", "(?<=", "(?<!", "\\A", "\\z", "(?:\\A|", "(?:(?<"].contains {
        atom.hasPrefix($0)
      }
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

  private mutating func atom() throws(Failure) -> String? {
    let scalar = scalars[place]
    switch scalar {
    case "(": return try group()
    case "[": return try characterClass()
    case "\\": return try escape()
    case ".":
      place += 1
      return options.dotMatchesLines ? "[\\s\\S]" : "."
    case "^":
      place += 1
      // Not behind a line feed that ends the text.
      return "(?:\\A|(?<=\\n)(?!\\z))"
    case "$":
      place += 1
      return "$"
    case "*", "+", "?": throw failure("the target of a repeat operator is not specified")
    case "{" where interval(from: place) != nil:
      throw failure("the target of a repeat operator is not specified")
    default:
      place += 1
      return Self.literal(scalar)
    }
  }
}
