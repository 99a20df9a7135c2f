/// Running a program over a text.
///
/// Soundness: the text is UTF-8 that the normaliser wrote, so a lead byte says how many bytes follow it, all
/// below `text.count`. `scratch` has room for a symbol and a start for each byte of the text and two more.
/// Ranges of symbols come from earlier stages and lie within `0...count`; symbols are below the strides of
/// all tables, which were made for `classes`.
extension CutProgram {
  /// Appends the words of `text` to `words`; with `alignment`, the way from their bytes back to it.
  /// - Parameter atStart: how many of the first bytes came from the start of the input.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func split(
    _ text: UnsafeBufferPointer<UInt8>, atStart: Int, _ scratch: CutScratch,
    into words: inout WordBuffer, alignment: inout Alignment?
  ) throws(NormalizationError) {
    guard !text.isEmpty else { return }
    scratch.reserve(text.count)
    read(text, scratch)
    var budget = Pattern.budget(scratch.count)
    scratch.ranges.removeAll()
    scratch.ranges.append(SymbolRange(0, scratch.count))
    for stage in stages {
      scratch.parts.removeAll()
      switch stage {
      case .local(let cut):
        let edge = classes.count
        Self.run(
          cut, scratch.symbols, scratch.starts, atStart: atStart, edge: edge, scratch.ranges,
          into: &scratch.parts)
      case .pattern(let automaton, let behavior, let inverts, let source):
        guard Self.run(automaton, behavior, inverts, &budget, scratch) else {
          throw .patternGaveUp(pattern: source, reason: ICURegex.Failure.steps.reason)
        }
      case .icu(let pattern, let behavior, let inverts):
        try Self.run(pattern, behavior, inverts, text, scratch)
      case .scripts(let scripts): Self.run(scripts: scripts, scratch)
      case .every(let length): Self.run(every: length, scratch)
      }
      swap(&scratch.ranges, &scratch.parts)
    }
    write(text, scratch, into: &words, &alignment)
  }

  /// The class of each scalar, and where it starts.
  private func read(_ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch) {
    guard let bytes = text.baseAddress else { return }
    let (symbols, starts) = (scratch.symbols, scratch.starts)
    var count = 0
    let end = text.count
    classes.pages.withUnsafeBufferPointer { pages in
      classes.index.withUnsafeBufferPointer { index in
        if addsPrefixSpace, bytes[0] != 0x20 {
          symbols[0] = pages[0x20]
          starts[0] = 0
          count = 1
        }
        var position = 0
        while position < end {
          // Runs of one length, so that the processor foresees it: ASCII, then three bytes each.
          var lead = UInt32(bytes[position])
          while lead < 0x80 {
            starts[count] = UInt32(truncatingIfNeeded: position)
            symbols[count] = pages[Int(lead)]
            count &+= 1
            position &+= 1
            if position == end { break }
            lead = UInt32(bytes[position])
          }
          while position < end, lead & 0xF0 == 0xE0 {
            starts[count] = UInt32(truncatingIfNeeded: position)
            let second = UInt32(bytes[position &+ 1] & 0x3F)
            let third = UInt32(bytes[position &+ 2] & 0x3F)
            let page = index[Int((lead & 0x0F) << 4 | second >> 2)]
            symbols[count] = pages[Int(page) << 8 | Int((second & 3) << 6 | third)]
            count &+= 1
            position &+= 3
            if position < end { lead = UInt32(bytes[position]) }
          }
          guard position < end, lead >= 0x80, lead & 0xF0 != 0xE0 else { continue }
          starts[count] = UInt32(truncatingIfNeeded: position)
          var scalar = UInt32(bytes[position &+ 1] & 0x3F)
          if lead < 0xE0 {
            scalar |= (lead & 0x1F) << 6
            position &+= 2
          } else {
            let third = UInt32(bytes[position &+ 2] & 0x3F)
            let fourth = UInt32(bytes[position &+ 3] & 0x3F)
            scalar = (lead & 0x07) << 18 | scalar << 12 | third << 6 | fourth
            position &+= 4
          }
          symbols[count] = pages[Int(index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)]
          count &+= 1
        }
      }
    }
    starts[count] = UInt32(truncatingIfNeeded: end)
    scratch.count = count
  }

  private static func run(
    _ cut: LocalCut, _ symbols: UnsafeMutablePointer<UInt8>,
    _ starts: UnsafeMutablePointer<UInt32>, atStart: Int, edge: Int,
    _ ranges: borrowing SymbolRanges, into parts: inout SymbolRanges
  ) {
    let shift = cut.shift
    cut.actions.withUnsafeBufferPointer { actions in
      for place in 0..<ranges.count {
        let range = ranges[place]
        let end = Int(range.end)
        var start = Int(range.start)
        var isMarked = range.isMarked
        var before = edge
        for position in start..<end {
          let symbol = Int(symbols[position])
          let action = actions[before << shift | symbol]
          before = symbol
          if action == 0 { continue }
          if action & LocalCut.Action.cut != 0 {
            if position > start {
              parts.append(SymbolRange(start, position, isMarked: isMarked))
            }
            start = position
            isMarked = false
          }
          if action & LocalCut.Action.mark != 0,
            !cut.marksFirstOnly || Int(starts[position]) < atStart
          {
            if action & LocalCut.Action.apart != 0 {
              parts.append(SymbolRange(position, position, isMarked: true))
            } else {
              isMarked = true
            }
          }
          if action & LocalCut.Action.drop != 0 { start = position &+ 1 }
        }
        if end > start { parts.append(SymbolRange(start, end, isMarked: isMarked)) }
      }
    }
  }

  private static func run(
    _ automaton: PatternAutomaton, _ behavior: PreTokenizer.SplitBehavior, _ inverts: Bool,
    _ budget: inout Int, _ scratch: CutScratch
  ) -> Bool {
    for place in 0..<scratch.ranges.count {
      let range = Int(scratch.ranges[place].start)..<Int(scratch.ranges[place].end)
      if behavior == .isolated {
        // Matches and gaps alike are words.
        let isDone = automaton.appendMatches(
          in: scratch.symbols, range, to: &scratch.parts, withGaps: true, budget: &budget)
        guard isDone else { return false }
        continue
      }
      scratch.matches.removeAll()
      guard
        automaton.appendMatches(
          in: scratch.symbols, range, to: &scratch.matches, budget: &budget)
      else { return false }
      join(range, behavior, inverts, scratch.matches, into: &scratch.parts)
    }
    return true
  }

  private static func run(
    _ pattern: Pattern, _ behavior: PreTokenizer.SplitBehavior, _ inverts: Bool,
    _ text: UnsafeBufferPointer<UInt8>, _ scratch: CutScratch
  ) throws(NormalizationError) {
    let search = try scratch.search(for: pattern)
    for place in 0..<scratch.ranges.count {
      let range = Int(scratch.ranges[place].start)..<Int(scratch.ranges[place].end)
      let scalars = range.map { symbol in
        let start = Int(scratch.starts[symbol])
        // A space in front has no bytes of its own.
        guard Int(scratch.starts[symbol + 1]) > start else { return UInt32(0x20) }
        return UTF8Scalars.decode(text, at: start)?.0 ?? 0xFFFD
      }
      try search.findMatches(in: scalars, &scratch.search)
      scratch.matches.removeAll()
      for match in scratch.search.matches {
        scratch.matches.append(
          SymbolRange(range.lowerBound + match.lowerBound, range.lowerBound + match.upperBound))
      }
      join(range, behavior, inverts, scratch.matches, into: &scratch.parts)
    }
  }

  /// Appends what a behaviour makes of `range` and the matches in it.
  private static func join(
    _ range: Range<Int>, _ behavior: PreTokenizer.SplitBehavior, _ inverts: Bool,
    _ matches: borrowing SymbolRanges, into parts: inout SymbolRanges
  ) {
    var joiner = ItemJoiner(behavior)
    var position = range.lowerBound
    for place in 0..<matches.count {
      let match = matches[place]
      if Int(match.start) > position {
        joiner.add(
          SymbolRange(position, Int(match.start)), isMatch: inverts, into: &parts)
      }
      joiner.add(match, isMatch: !inverts, into: &parts)
      position = Int(match.end)
    }
    if position < range.upperBound {
      joiner.add(
        SymbolRange(position, range.upperBound), isMatch: inverts, into: &parts)
    }
    joiner.finish(into: &parts)
  }

  private static func run(scripts: [UInt8], _ scratch: CutScratch) {
    for place in 0..<scratch.ranges.count {
      let range = scratch.ranges[place]
      var last: UInt8 = 0
      var start = Int(range.end)
      for position in Int(range.start)..<Int(range.end) {
        let script = scripts[Int(scratch.symbols[position])]
        guard script != 0, script != last else { continue }
        if last != 0 { scratch.parts.append(SymbolRange(start, position)) }
        (last, start) = (script, position)
      }
      if last != 0 { scratch.parts.append(SymbolRange(start, Int(range.end))) }
    }
  }

  private static func run(every length: Int, _ scratch: CutScratch) {
    for place in 0..<scratch.ranges.count {
      let end = Int(scratch.ranges[place].end)
      for start in stride(from: Int(scratch.ranges[place].start), to: end, by: length) {
        scratch.parts.append(SymbolRange(start, min(start + length, end)))
      }
    }
  }
}

/// Joins matches and what lies between them, as `PlainSplitting.split` does, one after another.
private struct ItemJoiner {
  private let behavior: PreTokenizer.SplitBehavior
  private var pending = SymbolRange(0, 0)
  private var previous: Bool?

  @inline(__always)
  init(_ behavior: PreTokenizer.SplitBehavior) { self.behavior = behavior }

  @inline(__always)
  mutating func add(_ item: SymbolRange, isMatch: Bool, into parts: inout SymbolRanges) {
    switch behavior {
    case .removed:
      if !isMatch, item.end > item.start { parts.append(item) }
      return
    case .isolated:
      if item.end > item.start { parts.append(item) }
      return
    default: break
    }
    guard let previous else { return (self.previous, pending) = (isMatch, item) }
    let joins =
      switch behavior {
      case .mergedWithPrevious: isMatch && !previous
      case .mergedWithNext: previous && !isMatch
      default: isMatch == previous
      }
    if joins {
      pending.end = item.end
    } else {
      finish(into: &parts)
      pending = item
    }
    self.previous = isMatch
  }

  @inline(__always)
  mutating func finish(into parts: inout SymbolRanges) {
    if pending.end > pending.start { parts.append(pending) }
    pending = SymbolRange(0, 0)
  }
}
