internal import Synchronization

/// A pattern of tokenizer.json, compiled: immutable, shared by threads.
struct Pattern: Sendable {
  /// How matches are found.
  enum Kind: Sendable {
    case string([UInt32])
    case between(BetweenPattern)
    case automaton(PatternAutomaton, ScalarClasses)
    /// ICU's text of it, and what no automaton says.
    case icu(String, because: String)
  }

  /// As it was written, for messages.
  let source: String
  /// nil for a fixed string.
  let tree: PatternTree?
  let kind: Kind

  /// What was compiled of late: a file's pattern is asked for when it is read, checked and run.
  private static let known = Mutex<[String: Pattern]>([:])
  private static let knownLimit = 64

  /// - Throws: `NormalizationError.badPattern`.
  static func compile(_ pattern: NormalizationStep.Pattern) throws(NormalizationError) -> Pattern {
    switch pattern {
    case .string(let string) where !string.isEmpty:
      return Pattern(
        source: string, tree: nil, kind: .string(string.unicodeScalars.map(\.value)))
    case .string: return try compile("")
    case .regex(let regex): return try compile(regex)
    }
  }

  private static func compile(_ regex: String) throws(NormalizationError) -> Pattern {
    if let found = known.withLock({ $0[regex] }) { return found }
    let pattern = try Pattern(regex: regex)
    if regex.utf8.count < 4096 {
      known.withLock { known in
        if known.count >= knownLimit { known.removeAll() }
        known[regex] = pattern
      }
    }
    return pattern
  }

  private init(source: String, tree: PatternTree?, kind: Kind) {
    (self.source, self.tree, self.kind) = (source, tree, kind)
  }

  private init(regex: String) throws(NormalizationError) {
    let tree = try Self.parse(regex)
    if let between = BetweenPattern(regex) {
      self.init(source: regex, tree: tree, kind: .between(between))
      return
    }
    do throws(AutomatonBuilder.Refusal) {
      let (automaton, classes) = try Self.automaton(tree)
      self.init(source: regex, tree: tree, kind: .automaton(automaton, classes))
    } catch {
      let kind = Kind.icu(tree.icuTextOrEmpty, because: error.reason)
      self.init(source: regex, tree: tree, kind: kind)
      // Whether ICU takes it is asked now and not at the first text.
      _ = try makeICURegex()
    }
  }

  /// The same pattern run by ICU: what automata are measured against. A fixed string stays one.
  var byICU: Pattern {
    guard let tree else { return self }
    return Pattern(
      source: source, tree: tree, kind: .icu(tree.icuTextOrEmpty, because: "it was asked for"))
  }

  private static func parse(_ regex: String) throws(NormalizationError) -> PatternTree {
    do throws(OnigurumaPattern.Failure) {
      return try OnigurumaPattern.parse(regex)
    } catch {
      throw .badPattern(pattern: regex, reason: error.reason, offset: error.offset)
    }
  }

  /// - Throws: where no automaton says what the tree does, or only a huge one.
  static func automaton(
    _ tree: PatternTree
  ) throws(AutomatonBuilder.Refusal) -> (PatternAutomaton, ScalarClasses) {
    var builder = AutomatonBuilder()
    let start = try builder.build(tree)
    guard let classes = ScalarClasses(builder.sets.map(\.scalars)) else { throw .tooLarge }
    let automaton = try PatternAutomaton(
      builder, start: start, members: classes.members, classCount: classes.count)
    return (automaton, classes)
  }

  /// A matcher of ICU's for one thread; nil for patterns that need none.
  func makeICURegex() throws(NormalizationError) -> ICURegex? {
    guard case .icu(let text, _) = kind else { return nil }
    do throws(NormalizationError) {
      return try ICURegex(text)
    } catch {
      // The place that ICU names is one in its own text.
      guard case .badPattern(_, let reason, _) = error else { throw error }
      throw .badPattern(pattern: source, reason: reason, offset: 0)
    }
  }

  /// What is in the way of an automaton; empty where there is one.
  var reasonForICU: String { if case .icu(_, let reason) = kind { reason } else { "" } }

  /// How many scalars an automaton may look at in a text of `count`: linear, with room for lines on which a
  /// pattern begins everywhere and matches nowhere.
  static func budget(_ count: Int) -> Int { 20_000_000 + 256 * count }
}

extension PatternTree {
  /// ICU takes no empty pattern; this one matches the same.
  fileprivate var icuTextOrEmpty: String {
    let text = icuText
    return text.isEmpty ? "(?:)" : text
  }
}

extension AutomatonBuilder.Refusal {
  /// What is in the way, as a phrase.
  var reason: String {
    switch self {
    case .construct(let construct): construct
    case .tooLarge: "too many states"
    }
  }
}
