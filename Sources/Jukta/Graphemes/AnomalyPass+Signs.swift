// What is asked of a sign or a joiner.
extension AnomalyPass {
  mutating func checkVowelSign(_ index: Int, _ scalar: UInt32) {
    checkDoubled(index, scalar)
    checkNuktaBehind(index)
    checkHasantaBehind(index)
    let next = self.scalar(index + 1)
    switch scalar {
    case 0x09C7 where next == 0x09BE || next == 0x09D7:
      report(
        .splitVowelDecomposed, index..<index + 2, [next == 0x09BE ? 0x09CB : 0x09CC], isSafe: true)
    case 0x09BE where next == 0x09C7, 0x09D7 where next == 0x09C7:
      let isAlone = kind(index - 1) != .vowelSign && kind(index + 2) != .vowelSign
      report(
        .splitVowelReversed, index..<index + 2, [scalar == 0x09BE ? 0x09CB : 0x09CC],
        isSafe: isAlone)
    default: break
    }
    if scalar == 0x09D7, next != 0x09C7, self.scalar(index - 1) != 0x09C7,
      self.scalar(index - 1) != 0x09D7
    {
      report(.auLengthMark, index..<index + 1)
    }
    if kind(index - 1) != .vowelSign, kind(index + 1) == .vowelSign { checkVowelRun(index) }
  }

  /// A run of two or more vowel signs from `start` on.
  private mutating func checkVowelRun(_ start: Int) {
    var end = start + 1
    while kind(end) == .vowelSign { end += 1 }
    let run = scalars[start..<end]
    if run.allSatisfy({ $0 == run[start] }) { return }
    if run.count == 2, run[start + 1] == 0x09C7, run[start] == 0x09BE || run[start] == 0x09D7 {
      return
    }
    // Its length in NFC: ে composes with া and ৗ.
    var composed = 0
    var index = start
    while index < end {
      let isPair =
        index + 1 < end && run[index] == 0x09C7
        && (run[index + 1] == 0x09BE || run[index + 1] == 0x09D7)
      index += isPair ? 2 : 1
      composed += 1
    }
    if composed > 1 { report(.multipleVowelSigns, start..<end) }
  }

  mutating func checkModifier(_ index: Int, _ scalar: UInt32) {
    checkDoubled(index, scalar)
    checkNuktaBehind(index)
    checkHasantaBehind(index)
    let next = self.scalar(index + 1)
    if kind(index + 1) == .vowelSign {
      report(.markOrder, index..<index + 2, [next, scalar], isSafe: true)
    }
    func isModifier(_ scalar: UInt32) -> Bool { (0x0981...0x0983).contains(scalar) }
    guard isModifier(scalar), !isModifier(self.scalar(index - 1)), isModifier(next) else { return }
    var end = index + 1
    while isModifier(self.scalar(end)) { end += 1 }
    if scalars[index..<end].contains(where: { $0 != scalar }) {
      report(.multipleModifiers, index..<end)
    }
  }

  mutating func checkHasanta(_ index: Int) {
    checkDoubled(index, 0x09CD)
    checkNuktaBehind(index)
    let next = afterNuktasAndJoiners(index + 1)
    if kind(next) == .vowelSign || kind(next) == .modifier {
      report(.hasantaBeforeSign, index..<next + 1)
    }
    let afterJoiners = afterJoiners(index + 1)
    if kind(afterJoiners) == .vowel { report(.hasantaBeforeVowel, index..<afterJoiners + 1) }
    if kind(index - 1) == .zwnj {
      let isOldYaPhala = isRa(index - 2) && scalar(index + 1) == 0x09AF
      report(.zwnjBeforeHasanta, index - 1..<index + 1, isOldYaPhala ? [0x200D, 0x09CD] : [0x09CD])
    } else if kind(index - 1) == .zwj, !(isRa(index - 2) && scalar(index + 1) == 0x09AF) {
      report(.zwjBeforeHasanta, index - 1..<index + 1, [0x09CD])
    }
  }

  private func isRa(_ index: Int) -> Bool { scalar(index) == 0x09B0 || scalar(index) == 0x09F0 }

  mutating func checkNukta(_ index: Int) {
    checkDoubled(index, 0x09BC)
    guard kind(index - 1) == .consonant else { return }
    let letter = scalar(index - 1)
    let range = index - 1..<index + 1
    switch letter {
    case 0x09A1: report(.nuktaSequence, range, [0x09DC])
    case 0x09A2: report(.nuktaSequence, range, [0x09DD])
    case 0x09AF: report(.nuktaSequence, range, [0x09DF])
    case 0x09AC: report(.raLookalike, range, [0x09B0])
    case 0x09DC, 0x09DD, 0x09DF: report(.nuktaRedundant, range, [letter], isSafe: true)
    default: report(.nuktaForeign, range)
    }
  }

  /// A maximal run of joiners that starts at `index`, with no hasanta beside it.
  mutating func checkJoiner(_ index: Int) {
    guard !kind(index - 1).isJoiner else { return }
    let end = afterJoiners(index)
    // Emoji and other scripts have joiners by rules of their own.
    if kind(index - 1) != .hasanta, kind(end) != .hasanta, !isForeign(index - 1), !isForeign(end) {
      report(.strayJoiner, index..<end, [], isSafe: true)
    }
  }

  /// Whether a letter of another script than Bengali and Latin is at `index`, or an emoji.
  private func isForeign(_ index: Int) -> Bool {
    switch scalar(index) {
    case 0...0x24F, 0x0964, 0x0965, 0x0980...0x09FF, 0x2000...0x200D, 0x2010...0x205E: false
    default: true
    }
  }

  private mutating func checkDoubled(_ index: Int, _ scalar: UInt32) {
    guard self.scalar(index + 1) == scalar else { return }
    report(.doubledSign, index..<index + 2, [scalar], isSafe: true)
  }

  /// A nukta right after a vowel sign, a modifier or a hasanta, joiners between allowed.
  private mutating func checkNuktaBehind(_ index: Int) {
    let next = afterJoiners(index + 1)
    guard kind(next) == .nukta else { return }
    let isDirect = next == index + 1
    report(
      .markOrder, index..<next + 1, isDirect ? [0x09BC, scalars[index]] : nil,
      isSafe: isDirect && kind(index - 1) == .consonant)
  }

  /// A hasanta after a vowel sign or a modifier, joiners between allowed.
  private mutating func checkHasantaBehind(_ index: Int) {
    let next = afterJoiners(index + 1)
    guard kind(next) == .hasanta else { return }
    // হঁ্যা: the mark was typed before ্যা, and belongs behind it.
    let isYaPhala =
      scalar(index) == 0x0981 && next == index + 1 && kind(index - 1) == .consonant
      && scalar(next + 1) == 0x09AF && scalar(next + 2) == 0x09BE
    if isYaPhala {
      report(
        .signBeforeHasanta, index..<next + 3, [0x09CD, 0x09AF, 0x09BE, 0x0981], isSafe: true)
    } else {
      report(.signBeforeHasanta, index..<next + 1)
    }
  }
}
