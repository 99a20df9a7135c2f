/// Makes an ordered automaton of a tree (Thompson's construction): the threads of a state stand in the order
/// in which a backtracking engine would try them.
///
/// What takes a place and no scalar is a condition on the scalar before or behind it; so are possessive loops
/// over one set, which end only where the set does: `X++` is `X+(?!X)`.
struct AutomatonBuilder {
  /// Why a tree is left to ICU.
  enum Refusal: Error, Equatable {
    /// A construct that no automaton says: references, looking further than one scalar, …
    case construct(String)
    case tooLarge
  }

  enum Node: Equatable {
    case consume(set: Int, next: Int)
    case ahead(set: Int, next: Int)
    case behind(set: Int, next: Int)
    /// The first is tried first.
    case split([Int])
    case match
  }

  /// What stands beside a place: a scalar, or the edge of the text.
  struct Symbols: Hashable {
    var scalars: ScalarRanges
    var edge = false

    var inverted: Symbols { Symbols(scalars: scalars.inverted, edge: !edge) }

    func union(_ other: Symbols) -> Symbols {
      Symbols(scalars: scalars.union(other.scalars), edge: edge || other.edge)
    }

    func intersection(_ other: Symbols) -> Symbols {
      Symbols(scalars: scalars.intersection(other.scalars), edge: edge && other.edge)
    }

    static let anything = Symbols(scalars: .all, edge: true)
  }

  static let nodeLimit = 4000

  private(set) var nodes: [Node] = []
  private(set) var sets: [Symbols] = []
  private var numbers: [Symbols: Int] = [:]
  private var known: [String: ScalarRanges] = [:]

  /// Builds `tree`, with a match behind it; gives the node to start at.
  mutating func build(_ tree: PatternTree) throws(Refusal) -> Int {
    let match = try add(.match)
    return try build(tree, match, ignoringCase: false)
  }

  private mutating func add(_ node: Node) throws(Refusal) -> Int {
    guard nodes.count < Self.nodeLimit else { throw .tooLarge }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func number(_ symbols: Symbols) -> Int {
    if let number = numbers[symbols] { return number }
    numbers[symbols] = sets.count
    sets.append(symbols)
    return sets.count - 1
  }

  private mutating func build(
    _ tree: PatternTree, _ next: Int, ignoringCase: Bool
  ) throws(Refusal) -> Int {
    switch tree {
    case .sequence(let parts):
      if ignoringCase { try checkFoldings(parts) }
      var next = next
      for part in parts.reversed() { next = try build(part, next, ignoringCase: ignoringCase) }
      return next
    case .alternatives(let branches):
      var starts: [Int] = []
      for branch in branches { starts.append(try build(branch, next, ignoringCase: ignoringCase)) }
      return try add(.split(starts))
    case .scalar, .set:
      let set = try scalars(of: tree, ignoringCase)
      return try add(.consume(set: number(Symbols(scalars: set)), next: next))
    case .repeated(let body, let count):
      return try build(body, count, next, ignoringCase: ignoringCase)
    case .group(let group, let body):
      return try build(group, body, next, ignoringCase: ignoringCase)
    case .anchor(let body): return try build(body, next, ignoringCase: ignoringCase)
    case .textStart:
      return try add(.behind(set: number(Symbols(scalars: .none, edge: true)), next: next))
    case .textEnd, .lineEnd:
      let condition = try condition(tree, ahead: true, ignoringCase)
      return try add(.ahead(set: number(condition), next: next))
    case .reference: throw .construct("a reference to a group")
    }
  }

  private mutating func build(
    _ group: PatternTree.Group, _ body: PatternTree, _ next: Int, ignoringCase: Bool
  ) throws(Refusal) -> Int {
    switch group {
    case .plain, .capturing, .named: return try build(body, next, ignoringCase: ignoringCase)
    case .ignoringCase(let ignores): return try build(body, next, ignoringCase: ignores)
    case .ahead, .notAhead:
      let condition = try condition(body, ahead: true, ignoringCase)
      let set = number(group == .notAhead ? condition.inverted : condition)
      return try add(.ahead(set: set, next: next))
    case .behind, .notBehind:
      let condition = try condition(body, ahead: false, ignoringCase)
      let set = number(group == .notBehind ? condition.inverted : condition)
      return try add(.behind(set: set, next: next))
    case .atomic:
      if case .repeated(let loop, let count) = body, count.mode == .greedy {
        var count = count
        count.mode = .possessive
        return try build(loop, count, next, ignoringCase: ignoringCase)
      }
      guard Self.hasOneWay(body) else { throw .construct("an atomic group") }
      return try build(body, next, ignoringCase: ignoringCase)
    }
  }

  private mutating func build(
    _ body: PatternTree, _ count: PatternTree.Repeat, _ next: Int, ignoringCase: Bool
  ) throws(Refusal) -> Int {
    var next = next
    if count.mode == .possessive {
      // Leaves only where the set ends, or after all that it may take.
      guard let set = try singleSet(body, ignoringCase), count.most ?? 1 == 1 else {
        throw .construct("a possessive loop over more than one character")
      }
      let end = number(Symbols(scalars: set).inverted)
      let leave = try add(.ahead(set: end, next: next))
      if count.most == 1 {
        let take = try add(.consume(set: number(Symbols(scalars: set)), next: next))
        return count.least == 1 ? take : try add(.split([take, leave]))
      }
      next = leave
    }
    let isGreedy = count.mode != .lazy
    var start = next
    if let most = count.most {
      guard most <= 1 || !canBeEmpty(body) else { throw .construct("a loop over nothing") }
      // What may be left out is nested: `x(x(x)?)?`.
      for _ in count.least..<max(most, count.least) {
        let inside = try build(body, start, ignoringCase: ignoringCase)
        start = try add(.split(isGreedy ? [inside, next] : [next, inside]))
      }
    } else {
      guard !canBeEmpty(body) else { throw .construct("a loop over nothing") }
      start = try add(.split([]))
      let inside = try build(body, start, ignoringCase: ignoringCase)
      nodes[start] = .split(isGreedy ? [inside, next] : [next, inside])
    }
    for _ in 0..<count.least { start = try build(body, start, ignoringCase: ignoringCase) }
    return start
  }
}

// MARK: - Sets and conditions

extension AutomatonBuilder {
  /// The scalars of a tree that matches one of them.
  private mutating func scalars(
    of tree: PatternTree, _ ignoringCase: Bool
  ) throws(Refusal) -> ScalarRanges {
    let text: String
    switch tree {
    case .scalar(let scalar):
      guard ignoringCase else { return ScalarRanges(scalar.value) }
      text = "[\(PatternTree.literal(scalar))]"
    case .set(let set): text = set
    default: throw .construct("more than one character")
    }
    let key = ignoringCase ? "i" + text : text
    if let found = known[key] { return found }
    // A letter by itself may fold to several, which a set never matches.
    var isLetter = false
    if case .scalar = tree { isLetter = true }
    guard let found = ScalarRanges(icuSet: text, ignoringCase: ignoringCase, alone: isLetter)
    else { throw .construct("the set \(text)") }
    known[key] = found
    return found
  }

  /// The set of a tree that takes one scalar whichever way it matches; nil for any other.
  mutating func singleSet(
    _ tree: PatternTree, _ ignoringCase: Bool = false
  ) throws(Refusal) -> ScalarRanges? {
    switch tree {
    case .scalar, .set: return try scalars(of: tree, ignoringCase)
    case .sequence(let parts) where parts.count == 1: return try singleSet(parts[0], ignoringCase)
    case .group(.plain, let body), .group(.capturing, let body), .group(.named, let body):
      return try singleSet(body, ignoringCase)
    case .group(.ignoringCase(let ignores), let body): return try singleSet(body, ignores)
    case .alternatives(let branches):
      var all = ScalarRanges.none
      for branch in branches {
        guard let set = try singleSet(branch, ignoringCase) else { return nil }
        all = all.union(set)
      }
      return all
    default: return nil
    }
  }

  /// What must stand beside a place so that `tree` matches there, looking one scalar far.
  private mutating func condition(
    _ tree: PatternTree, ahead: Bool, _ ignoringCase: Bool
  ) throws(Refusal) -> Symbols {
    switch tree {
    case .scalar, .set: return Symbols(scalars: try scalars(of: tree, ignoringCase))
    case .alternatives(let branches):
      var either = Symbols(scalars: .none)
      for branch in branches {
        either = either.union(try condition(branch, ahead: ahead, ignoringCase))
      }
      return either
    case .sequence(let parts):
      var all = Symbols.anything
      // Whether a scalar is taken, or may be.
      var takes = false
      for part in parts {
        guard !Self.isOptional(part) else {
          takes = true
          continue
        }
        guard !takes else { throw .construct("looking further than one character") }
        all = all.intersection(try condition(part, ahead: ahead, ignoringCase))
        takes = !Self.takesNothing(part)
      }
      return all
    case .repeated(let body, let count):
      guard count.least > 0 else { return .anything }
      guard count.least == 1 || Self.takesNothing(body) else {
        throw .construct("looking further than one character")
      }
      return try condition(body, ahead: ahead, ignoringCase)
    case .group(let group, let body):
      switch group {
      case .plain, .capturing, .named, .atomic:
        return try condition(body, ahead: ahead, ignoringCase)
      case .ignoringCase(let ignores): return try condition(body, ahead: ahead, ignores)
      case .ahead where ahead, .behind where !ahead:
        return try condition(body, ahead: ahead, ignoringCase)
      case .notAhead where ahead, .notBehind where !ahead:
        return try condition(body, ahead: ahead, ignoringCase).inverted
      default: throw .construct("looking both ways at once")
      }
    case .anchor(let body): return try condition(body, ahead: ahead, ignoringCase)
    case .textStart where !ahead, .textEnd where ahead:
      return Symbols(scalars: .none, edge: true)
    case .lineEnd where ahead: return Symbols(scalars: ScalarRanges(0x0A), edge: true)
    case .textStart, .textEnd, .lineEnd: throw .construct("looking both ways at once")
    case .reference: throw .construct("a reference to a group")
    }
  }

  /// Letters in a row under `(?i)`: ICU folds them together, so that ß is ss. Refused where it could matter.
  private mutating func checkFoldings(_ parts: [PatternTree]) throws(Refusal) {
    var last: UInt32?
    for part in parts {
      var scalar: UInt32?
      if case .scalar(let own) = part { scalar = own.value }
      if case .set = part {
        let turns = try scalars(of: part, true).turns
        if turns.count == 2, turns[1] == turns[0] + 1 { scalar = turns[0] }
      }
      if let last, let scalar {
        guard Self.foldApart(last, scalar) else { throw .construct("letters that fold together") }
      }
      last = scalar
    }
  }

  private static func foldApart(_ first: UInt32, _ second: UInt32) -> Bool {
    // No folding of several scalars is made of those from Devanagari to Georgian, nor of one of them.
    func isPlain(_ scalar: UInt32) -> Bool { scalar < 0x80 || (0x900..<0x1C80).contains(scalar) }
    guard isPlain(first), isPlain(second) else { return false }
    guard first < 0x80, second < 0x80 else { return true }
    return !["ff", "fi", "fl", "ss", "st"].contains { (pair: String) in
      pair.utf8.elementsEqual([UInt8(first | 0x20), UInt8(second | 0x20)])
    }
  }
}

// MARK: - Questions about trees

extension AutomatonBuilder {
  private func canBeEmpty(_ tree: PatternTree) -> Bool {
    switch tree {
    case .sequence(let parts): parts.allSatisfy(canBeEmpty)
    case .alternatives(let branches): branches.contains(where: canBeEmpty)
    case .scalar, .set: false
    case .repeated(let body, let count): count.least == 0 || canBeEmpty(body)
    case .group(let group, let body):
      switch group {
      case .ahead, .notAhead, .behind, .notBehind: true
      default: canBeEmpty(body)
      }
    case .anchor, .textStart, .textEnd, .lineEnd, .reference: true
    }
  }

  /// Whether a tree matches the empty text at any place.
  private static func isOptional(_ tree: PatternTree) -> Bool {
    switch tree {
    case .sequence(let parts): parts.allSatisfy(isOptional)
    case .repeated(let body, let count): count.least == 0 || isOptional(body)
    case .group(.plain, let body), .group(.capturing, let body): isOptional(body)
    default: false
    }
  }

  /// Whether a tree only ever matches the empty text.
  private static func takesNothing(_ tree: PatternTree) -> Bool {
    switch tree {
    case .sequence(let parts): parts.allSatisfy(takesNothing)
    case .alternatives(let branches): branches.allSatisfy(takesNothing)
    case .repeated(let body, _): takesNothing(body)
    case .group(let group, let body):
      switch group {
      case .ahead, .notAhead, .behind, .notBehind: true
      default: takesNothing(body)
      }
    case .anchor, .textStart, .textEnd, .lineEnd: true
    case .scalar, .set, .reference: false
    }
  }

  /// Whether there is one way only to match at a place, so that nothing can be gone back to.
  private static func hasOneWay(_ tree: PatternTree) -> Bool {
    switch tree {
    case .sequence(let parts): parts.allSatisfy(hasOneWay)
    case .scalar, .set, .anchor, .textStart, .textEnd, .lineEnd: true
    case .group(let group, let body):
      switch group {
      case .ahead, .notAhead, .behind, .notBehind: true
      default: hasOneWay(body)
      }
    case .repeated(let body, let count):
      count.least == count.most && hasOneWay(body)
    case .alternatives, .reference: false
    }
  }
}
