/// A pre-tokenizer compiled: stages over one byte a scalar, its class, each cutting what the one before left.
///
/// `PlainSplitting` defines what comes out. All that a pre-tokenizer asks of a scalar is asked once, when the
/// classes are made; patterns run as automata, splitters that look at two neighbours as one table, and ICU is
/// asked only for patterns that no automaton says.
final class CutProgram: Sendable {
  enum Stage: Sendable {
    case local(LocalCut)
    case pattern(PatternAutomaton, PreTokenizer.SplitBehavior, inverts: Bool, source: String)
    /// A pattern that is left to ICU.
    case icu(Pattern, PreTokenizer.SplitBehavior, inverts: Bool)
    /// The script of each class; 0 belongs to what stands before it.
    case scripts([UInt8])
    case every(Int)
  }

  let classes: ScalarClasses
  let stages: [Stage]
  /// Whether a space is put before a text that begins without one.
  let addsPrefixSpace: Bool
  /// Whether words are spelled out in `ByteAlphabet`.
  let spellsBytes: Bool
  /// What Metaspace writes, as UTF-8, and the class of the spaces that it is written for.
  let marker: (bytes: [UInt8], space: UInt8)?

  /// nil where the pre-tokenizer holds what no stage says: text put before words anywhere but at the start
  /// and by Metaspace, words spelled out before the last stage, patterns that do not compile.
  init?(_ preTokenizer: PreTokenizer, spellsBytes: Bool) {
    var plan = CutPlan(spellsBytes: spellsBytes)
    guard plan.add(preTokenizer.flattened),
      let classes = ScalarClasses(plan.sets.map(\.scalars)),
      let stages = plan.stages(classes)
    else { return nil }
    self.classes = classes
    self.stages = stages
    addsPrefixSpace = plan.addsPrefixSpace
    self.spellsBytes = plan.isSpelled
    marker = plan.marker.map { marker in
      (Array(String(marker).utf8), classes[0x20])
    }
  }
}

/// How one stage of a pre-tokenizer is run.
public enum CutStrategy: Sendable, Equatable, CustomStringConvertible {
  /// A table over classes of scalars, for one splitter or several.
  case classes
  /// A pattern as an automaton of so many states.
  case automaton(states: Int)
  /// A pattern that ICU runs, and what no automaton says in it.
  case icu(because: String)
  /// The whole pre-tokenizer step by step, as it is defined.
  case plain

  /// One word, and what belongs to it.
  public var description: String {
    switch self {
    case .classes: "classes"
    case .automaton(let states): "automaton (\(states) states)"
    case .icu(let reason): "ICU (\(reason))"
    case .plain: "plain"
    }
  }
}

extension TextFrontEnd {
  /// How the pre-tokenizer is run, stage by stage; neighbours that one table says are one stage. A ByteLevel
  /// that only makes bytes is none.
  public var cutStrategies: [CutStrategy] {
    if wordTable != nil { return [.classes] }
    guard let cuts else { return [.plain] }
    return cuts.stages.map { stage in
      switch stage {
      case .local, .scripts, .every: .classes
      case .pattern(let automaton, _, _, _): .automaton(states: automaton.stateCount)
      case .icu(let pattern, _, _): .icu(because: pattern.reasonForICU)
      }
    }
  }
}

/// What a program is made of, before its classes are known.
private struct CutPlan {
  private enum Draft {
    /// Numbers of sets.
    case matches(Int, PreTokenizer.SplitBehavior, runs: Bool, inverts: Bool)
    case whitespace(space: Int, word: Int)
    case metaspace(space: Int, marker: Int, PreTokenizer.PrependScheme, splits: Bool)
    case pattern(
      AutomatonBuilder, start: Int, sets: Range<Int>, PreTokenizer.SplitBehavior, inverts: Bool,
      String)
    case icu(Pattern, PreTokenizer.SplitBehavior, inverts: Bool)
    /// The set of each script.
    case scripts([UInt8: Int])
    case every(Int)

    var isLocal: Bool {
      switch self {
      case .matches, .whitespace, .metaspace: true
      default: false
      }
    }
  }

  private let wantsSpelling: Bool
  private var drafts: [Draft] = []
  private(set) var sets: [AutomatonBuilder.Symbols] = []
  private(set) var addsPrefixSpace = false
  private(set) var isSpelled = false
  private(set) var marker: Unicode.Scalar?

  init(spellsBytes: Bool) { wantsSpelling = spellsBytes }

  mutating func add(_ parts: [PreTokenizer]) -> Bool {
    for (place, part) in parts.enumerated() {
      guard add(part, isFirst: place == 0, isLast: place == parts.count - 1) else { return false }
    }
    return true
  }

  private mutating func set(_ scalars: ScalarRanges) -> Int {
    sets.append(.init(scalars: scalars))
    return sets.count - 1
  }

  private mutating func add(_ part: PreTokenizer, isFirst: Bool, isLast: Bool) -> Bool {
    let whitespace = ScalarRanges.whitespace
    switch part {
    case .metaspace(let replacement, let scheme, let splits):
      // Markers in front of words are only known to stages that ask for neighbours.
      guard marker == nil else { return false }
      marker = replacement
      let space = set(ScalarRanges(0x20))
      let typed = set(ScalarRanges(replacement.value))
      drafts.append(.metaspace(space: space, marker: typed, scheme, splits: splits))
    case .digits(let individual):
      match(ScalarRanges(turns: ReferenceRuns.number), individual ? .isolated : .contiguous)
    case .punctuation(let behavior):
      match(ScalarRanges(turns: ReferenceRuns.punctuation), behavior)
    case .whitespaceSplit: match(whitespace, .removed)
    case .whitespace:
      let word = ScalarRanges(turns: ReferenceRuns.wordCharacter)
      drafts.append(.whitespace(space: set(whitespace), word: set(word)))
    case .bert:
      match(whitespace, .removed)
      match(ScalarRanges(turns: ReferenceRuns.punctuation), .isolated)
    case .charDelimiterSplit(let delimiter): match(ScalarRanges(delimiter.value), .removed)
    case .unicodeScripts:
      guard marker == nil else { return false }
      drafts.append(.scripts(ScalarRanges.scripts.mapValues { set($0) }))
    case .fixedLength(let length):
      guard marker == nil else { return false }
      drafts.append(.every(max(length, 1)))
    case .split(let pattern, let behavior, let inverts): return split(pattern, behavior, inverts)
    case .byteLevel(let addsSpace, _, let usesRegex):
      guard isLast, !addsSpace || isFirst, !wantsSpelling || marker == nil else { return false }
      addsPrefixSpace = addsSpace
      // A space in front is a scalar of the text to all stages.
      if addsSpace { _ = set(ScalarRanges(0x20)) }
      isSpelled = wantsSpelling
      guard usesRegex else { return true }
      return split(.regex(SplitPattern.gpt2.regex), .isolated, false)
    case .sequence: return false  // Flattened before.
    }
    return true
  }

  private mutating func match(_ scalars: ScalarRanges, _ behavior: PreTokenizer.SplitBehavior) {
    drafts.append(.matches(set(scalars), behavior, runs: false, inverts: false))
  }

  private mutating func split(
    _ pattern: NormalizationStep.Pattern, _ behavior: PreTokenizer.SplitBehavior, _ inverts: Bool
  ) -> Bool {
    guard let compiled = try? Pattern.compile(pattern) else { return false }
    let tree = compiled.tree ?? .sequence(compiled.source.unicodeScalars.map { .scalar($0) })
    var builder = AutomatonBuilder()
    if let (scalars, runs) = Self.single(tree, &builder) {
      drafts.append(.matches(set(scalars), behavior, runs: runs, inverts: inverts))
      return true
    }
    guard marker == nil else { return false }
    if case .icu = compiled.kind {
      drafts.append(.icu(compiled, behavior, inverts: inverts))
      return true
    }
    guard let start = try? builder.build(tree) else { return false }
    let first = sets.count
    sets += builder.sets
    drafts.append(
      .pattern(
        builder, start: start, sets: first..<sets.count, behavior, inverts: inverts,
        compiled.source))
    return true
  }

  /// The set of a pattern that matches one scalar, or runs of one set.
  private static func single(
    _ tree: PatternTree, _ builder: inout AutomatonBuilder
  ) -> (ScalarRanges, runs: Bool)? {
    if let set = try? builder.singleSet(tree) { return (set, false) }
    var tree = tree
    while case .sequence(let parts) = tree, parts.count == 1 { tree = parts[0] }
    guard case .repeated(let body, let count) = tree, count.least == 1, count.most == nil,
      count.mode != .lazy, let set = try? builder.singleSet(body)
    else { return nil }
    return (set, true)
  }

  /// The stages over `classes`, neighbours that look at pairs joined; nil where an automaton would be huge.
  func stages(_ classes: ScalarClasses) -> [CutProgram.Stage]? {
    var stages: [CutProgram.Stage] = []
    var steps: [LocalCut.Step] = []
    var spaceIsMarker: (space: Int, marker: Int)?
    for draft in drafts {
      if !draft.isLocal, !steps.isEmpty {
        stages.append(.local(LocalCut(steps, classCount: classes.count)))
        steps = []
      }
      switch draft {
      case .matches(let set, let behavior, let runs, let inverts):
        var matches = classes.members[set]
        // Spaces are markers by then.
        if let turned = spaceIsMarker { matches[turned.space] = matches[turned.marker] }
        steps.append(.matches(matches, behavior, runs: runs, inverts: inverts))
      case .whitespace(let space, let word):
        var kinds = (0..<classes.count).map { kind -> UInt8 in
          classes.members[space][kind] ? 0 : classes.members[word][kind] ? 1 : 2
        }
        if let turned = spaceIsMarker { kinds[turned.space] = kinds[turned.marker] }
        steps.append(.kinds(kinds))
      case .metaspace(let space, let marker, let scheme, let splits):
        let (spaces, markers) = (classes.members[space], classes.members[marker])
        let isMarker = zip(spaces, markers).map { $0 || $1 }
        let marks = LocalCut.Marks(
          isMarker: isMarker, marker: markers.firstIndex(of: true) ?? 0, prepends: scheme,
          splits: splits)
        steps.append(.metaspace(marks))
        spaceIsMarker = (spaces.firstIndex(of: true) ?? 0, marks.marker)
      case .pattern(let builder, let start, let sets, let behavior, let inverts, let source):
        guard
          let automaton = try? PatternAutomaton(
            builder, start: start, members: Array(classes.members[sets]),
            classCount: classes.count)
        else { return nil }
        stages.append(.pattern(automaton, behavior, inverts: inverts, source: source))
      case .icu(let pattern, let behavior, let inverts):
        stages.append(.icu(pattern, behavior, inverts: inverts))
      case .scripts(let sets):
        var scripts = [UInt8](repeating: 0, count: classes.count)
        for (script, set) in sets {
          for kind in scripts.indices where classes.members[set][kind] { scripts[kind] = script }
        }
        stages.append(.scripts(scripts))
      case .every(let length): stages.append(.every(length))
      }
    }
    if !steps.isEmpty { stages.append(.local(LocalCut(steps, classCount: classes.count))) }
    return stages
  }
}

extension ScalarRanges {
  /// White_Space; see `UnicodeProperties.isWhitespace`.
  static let whitespace = ScalarRanges(turns: [
    0x09, 0x0E, 0x20, 0x21, 0x85, 0x86, 0xA0, 0xA1, 0x1680, 0x1681, 0x2000, 0x200B, 0x2028, 0x202A,
    0x202F, 0x2030, 0x205F, 0x2060, 0x3000, 0x3001,
  ])

  /// A set for each script that UnicodeScripts tells apart.
  static var scripts: [UInt8: ScalarRanges] {
    var turns: [UInt8: [UInt32]] = [:]
    for (place, run) in scriptRuns.enumerated() {
      let end = place + 1 < scriptRuns.count ? scriptRuns[place + 1] >> 8 : 0x110000
      turns[UInt8(truncatingIfNeeded: run), default: []] += [run >> 8, end]
    }
    return turns.mapValues { ScalarRanges(turns: $0) }
  }
}
