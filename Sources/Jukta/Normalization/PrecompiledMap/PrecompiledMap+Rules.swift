extension PrecompiledMap {
  /// One replacement: UTF-8 in, UTF-8 out; an empty target deletes.
  public struct Rule: Sendable, Hashable {
    /// What is looked for.
    public var source: [UInt8]
    /// What it becomes.
    public var target: [UInt8]

    /// Joins the two.
    public init(source: [UInt8], target: [UInt8]) {
      self.source = source
      self.target = target
    }
  }

  /// Why rules cannot become a map.
  public enum CompileError: Error, Equatable, CustomStringConvertible {
    /// A source that is empty or holds a NUL; or one that is its own target.
    case badSource([UInt8], reason: String)
    /// A target that holds a NUL or is not UTF-8.
    case badTarget([UInt8])
    /// Over 31 rules of which each is the beginning of the next: SentencePiece looks no further.
    case tooManyNested([UInt8])
    /// More than a double array can hold.
    case tooLarge

    /// Cause and place.
    public var description: String {
      func text(_ bytes: [UInt8]) -> String { "'" + String(decoding: bytes, as: UTF8.self) + "'" }
      switch self {
      case .badSource(let source, let reason): return "the source \(text(source)) \(reason)"
      case .badTarget(let source):
        return "the target of \(text(source)) holds a NUL or is not UTF-8"
      case .tooManyNested(let source):
        return "over 31 rules are beginnings of \(text(source))"
      case .tooLarge: return "too many rules for one map"
      }
    }
  }

  /// Compiles rules, in any order; of two with one source the later holds. The same rules give the
  /// same bytes.
  ///
  /// - Throws: `CompileError`; also where there are no rules, which is no map at all.
  /// - Complexity: O(*n* log *n*) for *n* bytes of rules.
  public init(rules: [Rule]) throws(CompileError) {
    for rule in rules where rule.source == rule.target {
      throw .badSource(rule.source, reason: "is its own target")
    }
    try self.init(compiling: rules)
  }

  /// As `init(rules:)`, but a source may be its own target: such a rule keeps shorter ones off.
  init(compiling rules: [Rule]) throws(CompileError) {
    for rule in rules { try Self.check(rule) }
    // Two words of each source first: most comparisons need no more.
    let keys = rules.map { Self.prefix(of: $0.source) }
    var order = Array(rules.indices)
    order.sort { one, other in
      if keys[one] != keys[other] { return keys[one] < keys[other] }
      if rules[one].source == rules[other].source { return one < other }
      return rules[one].source.lexicographicallyPrecedes(rules[other].source)
    }
    var kept: [Int] = []
    kept.reserveCapacity(order.count)
    for index in order {
      if let last = kept.last, rules[last].source == rules[index].source { kept.removeLast() }
      kept.append(index)
    }
    try Self.checkNesting(kept.map { rules[$0].source })
    let pool = TargetPool(kept.map { rules[$0].target })
    let entries = kept.indices.lazy.map { place in
      (key: rules[kept[place]].source[...], value: pool.offsets[place])
    }
    do throws(DoubleArrayBuilder.Failure) {
      let units = try DoubleArrayBuilder.build(entries)
      guard !kept.isEmpty,
        let trie = try? DoubleArray(validating: units, valueLimit: pool.bytes.count)
      else { throw DoubleArrayBuilder.Failure.tooLarge }
      (self.trie, targets) = (trie, pool.bytes)
    } catch {
      throw .tooLarge
    }
  }

  private static func check(_ rule: Rule) throws(CompileError) {
    guard !rule.source.isEmpty, !rule.source.contains(0) else {
      throw .badSource(rule.source, reason: "is empty or holds a NUL")
    }
    guard !rule.target.contains(0), UTF8Check.isValid(rule.target.span) else {
      throw .badTarget(rule.source)
    }
  }

  private static func prefix(of source: [UInt8]) -> UInt128 {
    var prefix: UInt128 = 0
    for index in 0..<16 { prefix = prefix << 8 | UInt128(index < source.count ? source[index] : 0) }
    return prefix
  }

  /// - Parameter sources: in ascending order.
  private static func checkNesting(_ sources: [[UInt8]]) throws(CompileError) {
    var open: [[UInt8]] = []
    for source in sources {
      while let last = open.last, !source.starts(with: last) { open.removeLast() }
      open.append(source)
      guard open.count < DoubleArray.mostMatches else { throw .tooManyNested(source) }
    }
  }

  /// The distinct targets in ascending order, each with a NUL behind it.
  private struct TargetPool {
    var bytes: [UInt8] = []
    /// Where the target of each rule starts.
    var offsets: [UInt32]

    init(_ targets: [[UInt8]]) {
      var places: [[UInt8]: UInt32] = [:]
      for target in targets { places[target] = 0 }
      for target in places.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        places[target] = UInt32(bytes.count)
        bytes += target
        bytes.append(0)
      }
      offsets = targets.map { places[$0] ?? 0 }
    }
  }

  /// The rules of the map, by ascending source.
  ///
  /// - Parameter most: nil comes back where there are more, or where the array leads in a circle
  ///   (only a forged file has such).
  /// - Complexity: O(*r* · 256) for *r* bytes of rules.
  public func rules(atMost most: Int = 1 << 22) -> [Rule]? {
    var rules: [Rule] = []
    var path: [UInt8] = []
    // Blocks on the way, each with the byte to try next.
    var stack: [(block: Int, byte: Int)] = [(trie.rootBlock, 1)]
    var steps = 0
    while let top = stack.last {
      guard top.byte < 256 else {
        stack.removeLast()
        if !path.isEmpty { path.removeLast() }
        continue
      }
      stack[stack.count - 1].byte += 1
      guard let next = trie.step(from: top.block, by: UInt8(top.byte)) else { continue }
      path.append(UInt8(top.byte))
      if let value = next.value {
        rules.append(Rule(source: path, target: Array(targets[target(value)])))
      }
      steps += 1
      guard rules.count <= most, steps <= 8 * most, stack.count <= trie.units.count else {
        return nil
      }
      stack.append((next.block, 1))
    }
    return rules
  }
}
