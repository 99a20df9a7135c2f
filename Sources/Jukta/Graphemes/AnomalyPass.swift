/// One text as scalars with their classes, and what has been found odd in it.
///
/// Positions are scalars here; the caller knows where each is in bytes. Beyond both ends stands a
/// scalar 0 of class `other`, so that rules can look around without asking.
struct AnomalyPass {
  /// Something odd: a range of scalars, and what could replace it.
  struct Finding: Equatable {
    var code: AnomalyCode
    var range: Range<Int>
    var replacement: [UInt32]?
    var isSafe = false
  }

  private(set) var scalars: [UInt32] = []
  private(set) var classes: [BengaliClass] = []
  private(set) var findings: [Finding] = []

  mutating func removeAll() {
    scalars.removeAll(keepingCapacity: true)
    classes.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func append(_ scalar: UInt32, _ bengali: BengaliClass) {
    scalars.append(scalar)
    classes.append(bengali)
  }

  /// The scalar at `index`; 0 outside the text.
  @inline(__always)
  func scalar(_ index: Int) -> UInt32 { scalars.indices.contains(index) ? scalars[index] : 0 }
  /// Its class; `other` outside the text.
  @inline(__always)
  func kind(_ index: Int) -> BengaliClass {
    classes.indices.contains(index) ? classes[index] : .other
  }

  mutating func report(
    _ code: AnomalyCode, _ range: Range<Int>, _ replacement: [UInt32]? = nil, isSafe: Bool = false
  ) {
    findings.append(
      Finding(
        code: code, range: range, replacement: replacement, isSafe: isSafe && replacement != nil))
  }

  /// The first place at or after `index` that is not a joiner.
  func afterJoiners(_ index: Int) -> Int {
    var index = index
    while kind(index).isJoiner { index += 1 }
    return index
  }

  /// The first place at or after `index` that is neither nukta nor joiner.
  func afterNuktasAndJoiners(_ index: Int) -> Int {
    var index = index
    while kind(index).isJoiner || kind(index) == .nukta { index += 1 }
    return index
  }

  /// Whether a word ends before `index`: no letter, sign or joiner of Bengali follows.
  func isEndOfWord(_ index: Int) -> Bool {
    let kind = kind(index)
    return !kind.isLetter && !kind.isSign && !kind.isJoiner
  }

  /// Applies all rules.
  mutating func run() {
    for index in scalars.indices {
      let scalar = scalars[index]
      switch classes[index] {
      case .consonant, .deadConsonant: checkConsonant(index, scalar)
      case .vowel: checkVowel(index, scalar)
      case .vowelSign: checkVowelSign(index, scalar)
      case .nukta: checkNukta(index)
      case .hasanta: checkHasanta(index)
      case .modifier: checkModifier(index, scalar)
      case .zwj, .zwnj: checkJoiner(index)
      case .placeholder, .mark, .other: checkOther(index, scalar)
      }
    }
  }

  /// A syllable that starts with a sign, at `start`.
  mutating func checkBroken(_ range: Range<Int>) {
    guard kind(range.lowerBound).isSign || kind(range.lowerBound).isJoiner else { return }
    switch kind(afterJoiners(range.lowerBound)) {
    case .vowelSign: report(.danglingVowelSign, range)
    case .nukta, .modifier: report(.danglingModifier, range)
    case .hasanta: report(.danglingHasanta, range)
    default: break
    }
  }
}
