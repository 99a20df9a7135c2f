/// Splitters that decide at each place by the two scalars beside it, several of them as one table.
///
/// Where a scalar is dropped, or a word cut, no later splitter sees the two sides together; so one table of
/// pairs of classes says what all of them do one after another.
struct LocalCut: Sendable {
  enum Action {
    /// A word ends before the scalar.
    static let cut: UInt8 = 1
    /// The scalar goes, and words end on both sides.
    static let drop: UInt8 = 2
    /// Metaspace puts its marker in front.
    static let mark: UInt8 = 4
    /// … and a later splitter makes the marker a word of its own.
    static let apart: UInt8 = 8
  }

  /// `[before << shift | scalar]`, by symbols; before the first scalar stands the edge.
  let actions: [UInt8]
  let shift: Int
  /// Where Metaspace marks what stands at the start of the input alone.
  let marksFirstOnly: Bool

  /// One splitter over classes.
  enum Step {
    /// What matches, and whether matches are runs of it or single scalars.
    case matches([Bool], PreTokenizer.SplitBehavior, runs: Bool, inverts: Bool)
    /// Runs of one kind; those of kind 0 go.
    case kinds([UInt8])
    /// Words begin at markers, typed or made of spaces.
    case metaspace(Marks)
  }

  struct Marks {
    var isMarker: [Bool]
    /// The class that a marker in front is of.
    var marker: Int
    var prepends: PreTokenizer.PrependScheme
    var splits: Bool
  }

  /// The table of several steps; there is at most one Metaspace among them.
  init(_ steps: [Step], classCount: Int) {
    var shift = 1
    while 1 << shift <= classCount { shift += 1 }
    self.shift = shift
    var actions = [UInt8](repeating: 0, count: 1 << (2 * shift))
    for before in 0...classCount {
      for scalar in 0..<classCount {
        let pair = Pair(before: before == classCount ? nil : before, scalar: scalar)
        actions[before << shift | scalar] = Self.action(steps, pair)
      }
    }
    self.actions = actions
    marksFirstOnly = steps.contains {
      if case .metaspace(let marks) = $0 { marks.prepends == .first } else { false }
    }
  }

  /// A place: the class before it, nil for the edge, and the one behind.
  struct Pair {
    var before: Int?
    var scalar: Int
  }

  private static func action(_ steps: [Step], _ pair: Pair) -> UInt8 {
    var action: UInt8 = 0
    var begins = pair.before == nil
    for (place, step) in steps.enumerated() {
      if case .metaspace(let marks) = step {
        let isMarked =
          action & Action.drop == 0 && begins && marks.prepends != .never
          && !marks.isMarker[pair.scalar]
        if isMarked { action |= Self.marked(marks, pair.scalar, steps[(place + 1)...]) }
      }
      if step.drops(pair.scalar) { action |= Action.drop }
      let cuts = pair.before != nil && step.cuts(pair)
      if cuts || pair.before.map(step.drops) == true { begins = true }
      if cuts || step.drops(pair.scalar) { action |= Action.cut }
    }
    return action
  }

  /// What becomes of a marker before a scalar in the steps behind.
  private static func marked(_ marks: Marks, _ scalar: Int, _ later: ArraySlice<Step>) -> UInt8 {
    guard !later.contains(where: { $0.drops(marks.marker) }) else { return 0 }
    let pair = Pair(before: marks.marker, scalar: scalar)
    let isApart = later.contains { $0.cuts(pair) || $0.drops(scalar) }
    return isApart ? Action.mark | Action.apart : Action.mark
  }
}

extension LocalCut.Step {
  /// Whether a scalar is dropped.
  func drops(_ scalar: Int) -> Bool {
    switch self {
    case .matches(let matches, .removed, _, let inverts): matches[scalar] != inverts
    case .matches, .metaspace: false
    case .kinds(let kinds): kinds[scalar] == 0
    }
  }

  /// Whether a word ends between two scalars.
  func cuts(_ pair: LocalCut.Pair) -> Bool {
    guard let before = pair.before else { return false }
    switch self {
    case .kinds(let kinds): return kinds[before] != kinds[pair.scalar]
    case .metaspace(let marks): return marks.splits && marks.isMarker[pair.scalar]
    case .matches(let matches, let behavior, let runs, let inverts):
      let (left, right) = (matches[before], matches[pair.scalar])
      // Items are single scalars or runs where they match, and always runs between matches.
      let itemEnds = left != right || (left && right && !runs)
      let (isLeft, isRight) = (left != inverts, right != inverts)
      switch behavior {
      case .removed, .isolated: return itemEnds
      case .contiguous: return left != right
      // A match joins its neighbour only where that is not joined to a match itself.
      case .mergedWithPrevious: return itemEnds && !(isRight && !isLeft)
      case .mergedWithNext: return itemEnds && !(isLeft && !isRight)
      }
    }
  }
}
