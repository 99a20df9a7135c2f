/// Takes the steps of a pipeline one after another, and knows at each point what becomes of every
/// scalar, and of every window of several that some step looked at.
struct PipelineCompiler {
  typealias Text = [UInt32]

  /// What becomes of sources by the steps so far; a scalar that is not there stays.
  private var outputs: [Text: Text] = [:]
  /// Spellings of Hangul syllables, once a step composes.
  private var syllables: [(source: Text, parts: Text)] = []
  /// The steps so far, but for the collapse of spaces.
  private var steps: [NormalizationStep] = []
  private(set) var collapsesSpaces = false
  /// Whether a step changed syllables after one composed them.
  private(set) var breaksHangul = false

  /// Scalars from here on are changed by no step.
  private static let end: UInt32 = 0x30000
  private static let all: [UInt32] = (1..<end).filter { !(0xD800...0xDFFF).contains($0) }

  /// The map of all steps; nil where nothing is replaced.
  func map() throws(PrecompiledMap.CompileError) -> PrecompiledMap? {
    var rules = ScalarRules()
    for (source, parts) in syllables where !rules.addSyllable(source, parts) {
      assertionFailure("not a syllable")
    }
    for (source, target) in outputs { rules[source] = target }
    rules.removeRedundant()
    let compilable = rules.compilable
    return compilable.isEmpty ? nil : try PrecompiledMap(compiling: compilable)
  }

  /// Takes the next step; false, and nothing is changed, where a map cannot say it.
  mutating func add(_ step: NormalizationStep) -> Bool {
    switch step {
    case .nmt: return apply(step, to: Self.all(where: NMT.changes))
    case .lowercase: return apply(step, to: Self.all(where: Lowercase.changes))
    case .stripAccents: return apply(step, to: Self.all(where: UnicodeProperties.isMark))
    case .nfc(let repertoire): return compose(step, isCompatible: false, repertoire)
    case .nfkc(let repertoire): return compose(step, isCompatible: true, repertoire)
    case .nfd(let repertoire): return decompose(step, isCompatible: false, repertoire)
    case .nfkd(let repertoire): return decompose(step, isCompatible: true, repertoire)
    case .replace(.regex(" {2,}"), " "):
      collapsesSpaces = true
      return true
    case .replace(.string(let needle), _):
      return WindowPattern(literal: needle).map { look(for: $0, step) } ?? false
    case .replace(.regex(let pattern), _):
      return WindowPattern(regex: pattern).map { look(for: $0, step) } ?? false
    case .sequence(let steps):
      var changed = self
      guard steps.allSatisfy({ changed.add($0) }) else { return false }
      self = changed
      return true
    default: return false
    }
  }

  private static func all(where isMember: (UInt32) -> Bool) -> [UInt32] { all.filter(isMember) }

  /// Runs a step over what became of every source, and over `scalars`, all that it changes.
  private mutating func apply(_ step: NormalizationStep, to scalars: some Sequence<UInt32>) -> Bool
  {
    let changeable = Set(scalars)
    let sources =
      outputs.filter { $0.value.contains(where: changeable.contains) }.map(\.key)
      + changeable.filter { outputs[[$0]] == nil }.map { [$0] }
    guard let results = Self.run(step, sources.map { outputs[$0] ?? $0 }) else { return false }
    for (source, result) in zip(sources, results) {
      // A window stays one, be it that nothing becomes of it: shorter rules might not know.
      outputs[source] = source.count == 1 && result == source ? nil : result
    }
    steps.append(step)
    if !syllables.isEmpty, (0xAC00..<0xD7A4).contains(where: { outputs[[$0]] != nil }) {
      breaksHangul = true
    }
    return true
  }

  /// The results of a step on texts that do not see each other.
  private static func run(_ step: NormalizationStep, _ texts: [Text]) -> [Text]? {
    guard let pipeline = try? PlainPipeline([step]) else { return nil }
    // For private use: no step knows it.
    let separator: UInt32 = 0xE000
    var results: [Text] = []
    results.reserveCapacity(texts.count)
    for start in stride(from: 0, to: texts.count, by: 8192) {
      let some = texts[start..<min(start + 8192, texts.count)]
      var input = ByteBuffer(capacity: 1 << 16)
      for text in some {
        UTF8Scalars.append(separator, to: &input)
        for scalar in text where scalar != separator { UTF8Scalars.append(scalar, to: &input) }
      }
      var output = ByteBuffer(capacity: 1 << 16)
      var alignment: Alignment?
      let count = input.count
      let isDone = input.span.withUnsafeBufferPointer {
        (try? pipeline.run($0, 0..<count, start: 0, into: &output, alignment: &alignment)) != nil
      }
      guard isDone else { return nil }
      let scalars = String(decoding: output.bytes, as: UTF8.self).unicodeScalars.map(\.value)
      let found = scalars.split(separator: separator, omittingEmptySubsequences: false).dropFirst()
      guard found.count == some.count else { return nil }
      results += zip(some, found).map { text, result in
        text == [separator] ? text : Array(result)
      }
    }
    return results
  }

  // MARK: Windows

  private mutating func decompose(
    _ step: NormalizationStep, isCompatible: Bool, _ repertoire: NormalizationStep.Repertoire
  ) -> Bool {
    let form = NormalForm(isCompatible: isCompatible, isComposed: false, repertoire: repertoire)
    return apply(step, to: Self.all { form.decomposition(of: $0) != [$0] })
  }

  /// Makes a window of all that comes together to a composition, then runs the step.
  private mutating func compose(
    _ step: NormalizationStep, isCompatible: Bool, _ repertoire: NormalizationStep.Repertoire
  ) -> Bool {
    let form = NormalForm(isCompatible: isCompatible, isComposed: false, repertoire: repertoire)
    var spellings: [UInt32: [UInt32]] = [:]
    var sequences = Set<Text>()
    var decomposing: [UInt32] = []
    for scalar in Self.all {
      let own = form.decomposition(of: scalar)
      if own.count > 1 { sequences.insert(own) }
      if own != [scalar] { decomposing.append(scalar) }
      let output = outputs[[scalar]] ?? [scalar]
      guard output.count == 1 else { continue }
      let parts = output == [scalar] ? own : form.decomposition(of: output[0])
      if parts.count == 1 { spellings[parts[0], default: []].append(scalar) }
    }
    let ordered = sequences.sorted { $0.lexicographicallyPrecedes($1) }
    guard let composed = Self.run(step, ordered) else { return false }
    let isFirst = syllables.isEmpty
    for (parts, result) in zip(ordered, composed) where result != parts {
      let isSyllable = result.count == 1 && (0xAC00..<0xD7A4).contains(result[0])
      guard !isSyllable || isFirst else { continue }
      for spelling in Self.spellings(of: parts, spellings) {
        if isSyllable {
          syllables.append((spelling, parts))
        } else if outputs[spelling] == nil {
          outputs[spelling] = spelling.flatMap { outputs[[$0]] ?? [$0] }
        }
      }
    }
    // What composes changes too, where it stands beside its like.
    return apply(step, to: decomposing + ordered.joined())
  }

  private static func spellings(of parts: Text, _ ways: [UInt32: [UInt32]]) -> [Text] {
    var found: [Text] = [[]]
    for part in parts {
      found = found.flatMap { start in ways[part, default: []].map { start + [$0] } }
    }
    return found
  }

  /// Makes a window of all that comes together to the pattern, then runs the step.
  private mutating func look(for pattern: WindowPattern, _ step: NormalizationStep) -> Bool {
    var windows = Set<Text>()
    let inner = pattern.positions.dropFirst().reduce(into: Set()) { $0.formUnion($1) }
    // What can go on a window, by what it begins with.
    let heads = Dictionary(
      grouping: outputs.filter { $0.value.first.map(inner.contains) ?? false },
      by: { $0.value.first ?? 0 })
    for (source, output) in units(outputs, plain: pattern.positions[0]) {
      // The beginning of the pattern is the end of what this becomes.
      for count in 1..<max(1, pattern.positions.count) where output.count >= count {
        guard Self.isMatch(output.suffix(count), pattern.positions.prefix(count)) else { continue }
        extend((source, output), pattern.positions.dropFirst(count), heads, &windows)
      }
    }
    // Two ways to cut a window into units need not agree: ask the steps themselves.
    let new = windows.filter { outputs[$0] == nil }
    var texts = Array(new)
    for earlier in steps {
      guard let results = Self.run(earlier, texts) else { return false }
      texts = results
    }
    for (source, output) in zip(new, texts) { outputs[source] = output }
    return apply(step, to: pattern.positions.joined())
  }

  /// Adds to `windows` every way to go on from `start`, whose output matched up to `rest`.
  private func extend(
    _ start: (source: Text, output: Text), _ rest: ArraySlice<Set<UInt32>>,
    _ heads: [UInt32: [(key: Text, value: Text)]], _ windows: inout Set<Text>
  ) {
    guard let next = rest.first else { return }
    for head in next {
      for (source, output) in units(heads[head, default: []], plain: [head])
      where Self.isMatch(output[...], rest) {
        let whole = (source: start.source + source, output: start.output + output)
        if output.count >= rest.count {
          windows.insert(whole.source)
        } else {
          extend(whole, rest.dropFirst(output.count), heads, &windows)
        }
      }
    }
  }

  /// Sources with what becomes of them: those of `changed`, and scalars that stay.
  private func units(
    _ changed: some Sequence<(key: Text, value: Text)>, plain: Set<UInt32>
  ) -> [(source: Text, output: Text)] {
    changed.map { ($0.key, $0.value) }
      + plain.filter { outputs[[$0]] == nil }.map { ([$0], [$0]) }
  }

  private static func isMatch(
    _ text: ArraySlice<UInt32>, _ positions: ArraySlice<Set<UInt32>>
  ) -> Bool {
    zip(text, positions).allSatisfy { $1.contains($0) }
  }
}
