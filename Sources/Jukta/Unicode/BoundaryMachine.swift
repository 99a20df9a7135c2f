/// A finite automaton that says, before each scalar, whether a unit ends there.
///
/// Layout: `rows[state * width + class]` is the next state times `width`, with the top bit set where
/// there is a boundary before the scalar. State 0 is the start of a text, where none is told.
struct BoundaryMachine: Sendable {
  static let boundary: UInt16 = 0x8000
  let rows: [UInt16]

  /// Tabulates a rule for all states and classes.
  fileprivate init<State: RawRepresentable & CaseIterable>(
    _: State.Type, _ rule: (State, ScalarClassTable.Kind) -> (breaks: Bool, next: State)
  ) where State.RawValue == UInt8 {
    let kinds = ScalarClassTable.shared.kinds
    var rows: [UInt16] = []
    for state in State.allCases {
      for column in 0..<ScalarClassTable.width {
        let step = rule(state, kinds[min(column, kinds.count - 1)])
        let next = UInt16(step.next.rawValue) * UInt16(ScalarClassTable.width)
        rows.append(next | (step.breaks ? Self.boundary : 0))
      }
    }
    self.rows = rows
  }

  /// Grapheme clusters: UAX #29 revision 47 (Unicode 17.0), rules GB3 to GB999.
  static let graphemes = BoundaryMachine(GraphemeState.self, graphemeStep)
  /// Orthographic syllables.
  static let aksharas = BoundaryMachine(AksharaState.self, aksharaStep)
}

/// What a grapheme cluster looks like up to here, as far as it matters for what comes.
private enum GraphemeState: UInt8, CaseIterable {
  case start
  case other
  case carriageReturn
  /// After a control or a line feed.
  case control
  case hangulL, hangulV, hangulT
  case prepend
  /// After an odd number of regional indicators.
  case oddIndicator
  /// After Extended_Pictographic Extend*.
  case pictographic
  /// After Extended_Pictographic Extend* ZWJ.
  case pictographicJoined
  /// After a consonant and InCB=Extend.
  case consonant
  /// The same with a linker among them.
  case linked
}

private func graphemeStep(
  _ state: GraphemeState, _ kind: ScalarClassTable.Kind
) -> (breaks: Bool, next: GraphemeState) {
  if state == .start { return (false, graphemeStep(.other, kind).next) }
  let next = kind.grapheme
  if state == .carriageReturn, next == .lineFeed { return (false, .control) }
  if state == .carriageReturn || state == .control { return (true, entry(next)) }
  switch next {
  case .carriageReturn, .lineFeed, .control: return (true, entry(next))
  case .extend, .extendOnly, .zwj, .linker, .spacingMark: return (false, afterExtend(state, next))
  default: break
  }
  let joins =
    switch state {
    case .prepend: true
    case .hangulL: [.hangulL, .hangulV, .hangulLV, .hangulLVT].contains(next)
    case .hangulV: next == .hangulV || next == .hangulT
    case .hangulT: next == .hangulT
    case .oddIndicator: next == .regionalIndicator
    case .pictographicJoined: next == .pictographic
    case .linked: next == .consonant
    default: false
    }
  if state == .oddIndicator, joins { return (false, .other) }
  return (!joins, entry(next))
}

/// The state after a scalar that starts something.
private func entry(_ next: GraphemeBreakClass) -> GraphemeState {
  switch next {
  case .carriageReturn: .carriageReturn
  case .lineFeed, .control: .control
  case .hangulL: .hangulL
  case .hangulV, .hangulLV: .hangulV
  case .hangulT, .hangulLVT: .hangulT
  case .prepend: .prepend
  case .regionalIndicator: .oddIndicator
  case .pictographic: .pictographic
  case .consonant: .consonant
  default: .other
  }
}

/// The state after a scalar that extends: GB9, GB9a, and what GB9c and GB11 keep in mind.
private func afterExtend(_ state: GraphemeState, _ next: GraphemeBreakClass) -> GraphemeState {
  switch (state, next) {
  case (.pictographic, .extend), (.pictographic, .extendOnly), (.pictographic, .linker):
    .pictographic
  case (.pictographic, .zwj): .pictographicJoined
  case (.consonant, .extend), (.consonant, .zwj): .consonant
  case (.consonant, .linker): .linked
  case (.linked, .extend), (.linked, .zwj), (.linked, .linker): .linked
  default: .other
  }
}

/// Where in the grammar of a syllable we are:
///
///     link = J* H+ (N | ZWJ)*       rest = (link C N*)* (link T)?      tail = (M | N | H | D | J)*
private enum AksharaState: UInt8, CaseIterable {
  case start
  /// Nothing that a sign may stand on.
  case other
  /// After a base and its nuktas: a link may start.
  case base
  /// In `link`, after its joiners, its hasantas, and what may follow these.
  case joiners, hasantas, linked
  /// In the tail: signs hang on, every base starts anew.
  case tail
  /// The same steps at the start of a broken syllable, N* link.
  case brokenNuktas, brokenJoiners, brokenHasantas, brokenLinked
}

private func aksharaStep(
  _ state: AksharaState, _ kind: ScalarClassTable.Kind
) -> (breaks: Bool, next: AksharaState) {
  if state == .start { return (false, aksharaStep(.other, kind).next) }
  return switch kind.bengali {
  case .other: (true, .other)
  case .mark: (state != .other, .other)
  case .vowel, .placeholder: (true, .base)
  case .consonant:
    (![.hasantas, .linked, .brokenHasantas, .brokenLinked].contains(state), .base)
  case .deadConsonant: (![.hasantas, .linked].contains(state), .tail)
  default: (state == .other, afterSign(state, kind.bengali))
  }
}

private func afterSign(_ state: AksharaState, _ sign: BengaliClass) -> AksharaState {
  switch (state, sign) {
  case (.base, .nukta): .base
  case (.base, .zwj), (.base, .zwnj), (.joiners, .zwj), (.joiners, .zwnj): .joiners
  case (.base, .hasanta), (.joiners, .hasanta), (.hasantas, .hasanta): .hasantas
  case (.hasantas, .nukta), (.hasantas, .zwj), (.linked, .nukta), (.linked, .zwj): .linked
  case (.other, .nukta), (.brokenNuktas, .nukta): .brokenNuktas
  case (.other, .zwj), (.other, .zwnj): .brokenJoiners
  case (.brokenNuktas, .zwj), (.brokenNuktas, .zwnj): .brokenJoiners
  case (.brokenJoiners, .zwj), (.brokenJoiners, .zwnj): .brokenJoiners
  case (.other, .hasanta), (.brokenNuktas, .hasanta), (.brokenJoiners, .hasanta):
    .brokenHasantas
  case (.brokenHasantas, .hasanta): .brokenHasantas
  case (.brokenHasantas, .nukta), (.brokenHasantas, .zwj): .brokenLinked
  case (.brokenLinked, .nukta), (.brokenLinked, .zwj): .brokenLinked
  default: .tail
  }
}
