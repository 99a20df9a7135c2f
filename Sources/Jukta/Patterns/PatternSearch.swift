/// Looks for a compiled pattern, over scalars.
///
/// Leftmost matches that do not overlap, as tokenizers' `Pattern` finds them. Not to be shared by
/// threads: an expression compiled by ICU is a matcher too.
struct PatternSearch {
  let pattern: Pattern
  private let regex: ICURegex?

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: NormalizationStep.Pattern) throws(NormalizationError) {
    try self.init(Pattern.compile(pattern))
  }

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: Pattern) throws(NormalizationError) {
    self.pattern = pattern
    regex = try pattern.makeICURegex()
  }

  /// The matches in `scalars`, in order.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func matches(in scalars: [UInt32]) throws(NormalizationError) -> [Range<Int>] {
    var scratch = SearchScratch()
    try findMatches(in: scalars, &scratch)
    return scratch.matches
  }

  /// Fills `scratch.matches` with the matches in `scalars`, in order.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func findMatches(
    in scalars: [UInt32], _ scratch: inout SearchScratch
  ) throws(NormalizationError) {
    scratch.matches.removeAll(keepingCapacity: true)
    switch pattern.kind {
    case .string(let needle): Self.find(needle, in: scalars, &scratch)
    case .between(let between): between.appendMatches(in: scalars, to: &scratch.matches)
    case .automaton(let automaton, let classes):
      try find(automaton, classes, in: scalars, &scratch)
    case .icu:
      if let regex { try find(regex, in: scalars, &scratch) }
    }
  }

  private static func find(
    _ needle: [UInt32], in text: [UInt32], _ scratch: inout SearchScratch
  ) {
    var position = 0
    while position + needle.count <= text.count {
      if text[position..<position + needle.count].elementsEqual(needle) {
        scratch.matches.append(position..<position + needle.count)
        position += needle.count
      } else {
        position += 1
      }
    }
  }

  private func find(
    _ automaton: PatternAutomaton, _ classes: ScalarClasses, in text: [UInt32],
    _ scratch: inout SearchScratch
  ) throws(NormalizationError) {
    scratch.symbols.removeAll(keepingCapacity: true)
    for scalar in text { scratch.symbols.append(classes[scalar]) }
    scratch.symbols.append(automaton.edge)
    scratch.ranges.removeAll()
    var budget = Pattern.budget(text.count)
    guard
      automaton.appendMatches(
        in: &scratch.symbols, 0..<text.count, to: &scratch.ranges, budget: &budget)
    else { throw .patternGaveUp(pattern: pattern.source, reason: ICURegex.Failure.steps.reason) }
    for index in 0..<scratch.ranges.count {
      let range = scratch.ranges[index]
      scratch.matches.append(Int(range.start)..<Int(range.end))
    }
  }

  private func find(
    _ regex: ICURegex, in text: [UInt32], _ scratch: inout SearchScratch
  ) throws(NormalizationError) {
    scratch.units.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    for (index, scalar) in text.enumerated() {
      if scalar < 0x10000 {
        scratch.units.append(UInt16(scalar))
      } else {
        scratch.units.append(UInt16(0xD7C0 + (scalar >> 10)))
        scratch.units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
        scratch.places.append(index)
      }
      scratch.places.append(index)
    }
    scratch.places.append(text.count)
    do throws(ICURegex.Failure) {
      try regex.appendMatches(in: scratch.units, to: &scratch.matches)
    } catch {
      throw .patternGaveUp(pattern: pattern.source, reason: error.reason)
    }
    for index in scratch.matches.indices {
      let match = scratch.matches[index]
      scratch.matches[index] = scratch.places[match.lowerBound]..<scratch.places[match.upperBound]
    }
  }
}

/// What a search writes into.
struct SearchScratch: ~Copyable {
  /// A text as UTF-16, and for each unit the scalar that it is of.
  var units: [UInt16] = []
  var places: [Int] = []
  /// A text as an automaton's symbols, and where they match.
  var symbols: [UInt8] = []
  var ranges = SymbolRanges()
  var matches: [Range<Int>] = []
}
