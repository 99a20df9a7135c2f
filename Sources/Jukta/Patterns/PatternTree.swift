/// A regular expression as it was parsed, in constructs that mean the same to Oniguruma and to ICU.
///
/// Two things are made of it: a text for ICU (`icuText`), and an automaton (`AutomatonBuilder`). Sets are
/// texts in ICU's syntax in both, so the two cannot mean different scalars.
indirect enum PatternTree: Equatable, Sendable {
  /// One after another; none match the empty text.
  case sequence([PatternTree])
  /// The first that matches.
  case alternatives([PatternTree])
  case scalar(Unicode.Scalar)
  /// One scalar of a set, in ICU's brackets.
  case set(String)
  case repeated(PatternTree, Repeat)
  case group(Group, PatternTree)
  /// What matches a place and takes no text: `^`, `\b`, `\Z`, told by what it stands for.
  case anchor(PatternTree)
  case textStart
  case textEnd
  /// Before a line feed, or at the end of the text.
  case lineEnd
  /// A reference to a group, in ICU's syntax.
  case reference(String)

  static let empty = PatternTree.sequence([])

  /// How often, and which way is tried first.
  struct Repeat: Equatable, Sendable {
    enum Mode: Sendable {
      case greedy
      case lazy
      case possessive
    }
    var least: Int
    /// nil: without end.
    var most: Int?
    var mode = Mode.greedy
  }

  enum Group: Equatable, Sendable {
    case plain
    case capturing
    case named(Int)
    case atomic
    case ahead
    case notAhead
    case behind
    case notBehind
    /// Whether letters match in either case.
    case ignoringCase(Bool)

    fileprivate var opening: String {
      switch self {
      case .plain: "(?:"
      case .capturing: "("
      case .named(let number): "(?<g\(number)>"
      case .atomic: "(?>"
      case .ahead: "(?="
      case .notAhead: "(?!"
      case .behind: "(?<="
      case .notBehind: "(?<!"
      case .ignoringCase(let ignores): ignores ? "(?i:" : "(?-i:"
      }
    }
  }

  /// Whether a quantifier has nothing to repeat here.
  var isAnchor: Bool {
    switch self {
    case .anchor, .textStart, .textEnd, .lineEnd: true
    case .group(let group, _): [.ahead, .notAhead, .behind, .notBehind].contains(group)
    default: false
    }
  }
}

// MARK: - ICU's syntax

extension PatternTree {
  /// The tree in ICU's syntax, to be compiled with `^` and `$` at every line and only a line feed as line
  /// end. Literals are written so that nothing of the source reaches ICU unread.
  var icuText: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .sequence(let parts):
      for part in parts { part.writeWhole(to: &text) }
    case .alternatives(let branches):
      for (place, branch) in branches.enumerated() {
        if place > 0 { text += "|" }
        branch.writeWhole(to: &text)
      }
    case .scalar(let scalar): text += Self.literal(scalar)
    case .set(let set): text += set
    case .repeated(let body, let count):
      switch body {
      case .repeated, .sequence, .anchor: Self.write(.plain, body, to: &text)
      default: body.writeWhole(to: &text)
      }
      text += count.icuText
    case .group(let group, let body): Self.write(group, body, to: &text)
    case .anchor(let body): body.writeWhole(to: &text)
    case .textStart: text += "\\A"
    case .textEnd: text += "\\z"
    case .lineEnd: text += "$"
    case .reference(let reference): text += reference
    }
  }

  /// As a part of something longer.
  private func writeWhole(to text: inout String) {
    if case .alternatives = self { Self.write(.plain, self, to: &text) } else { write(to: &text) }
  }

  private static func write(_ group: Group, _ body: PatternTree, to text: inout String) {
    text += group.opening
    body.write(to: &text)
    text += ")"
  }

  /// A character as itself, whatever it would mean to ICU.
  static func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": String(scalar)
    default: "\\x{" + String(scalar.value, radix: 16) + "}"
    }
  }
}

extension PatternTree.Repeat {
  static let any = PatternTree.Repeat(least: 0, most: nil)
  static let some = PatternTree.Repeat(least: 1, most: nil)
  static let optional = PatternTree.Repeat(least: 0, most: 1)

  fileprivate var icuText: String {
    let count =
      switch (least, most) {
      case (0, nil): "*"
      case (1, nil): "+"
      case (0, 1): "?"
      case (let least, let most?) where least == most: "{\(least)}"
      case (let least, let most): "{\(least),\(most.map { "\($0)" } ?? "")}"
      }
    return count + (mode == .lazy ? "?" : mode == .possessive ? "+" : "")
  }
}
