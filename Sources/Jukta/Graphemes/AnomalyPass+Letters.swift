// What is asked of a letter, and of the hasanta that may follow it.
extension AnomalyPass {
  mutating func checkConsonant(_ index: Int, _ scalar: UInt32) {
    if scalar == 0x09F0 || scalar == 0x09F1 {
      report(.assameseLetter, index..<index + 1, [scalar == 0x09F0 ? 0x09B0 : 0x09AC])
    }
    if classes[index] == .deadConsonant { checkKhandaTa(index) }
    var next = index + 1
    while kind(next) == .nukta { next += 1 }
    let isBareTa = scalar == 0x09A4 && next == index + 1
    next = afterJoiners(next)
    guard kind(next) == .hasanta else { return }
    isBareTa ? checkTaHasanta(index, hasanta: next) : checkHasantaEnd(index, hasanta: next)
  }

  /// ৎ and a sign that it cannot carry.
  private mutating func checkKhandaTa(_ index: Int) {
    let next = afterJoiners(index + 1)
    guard kind(next) == .vowelSign || kind(next) == .nukta || kind(next) == .hasanta else { return }
    let carriesVowel = next == index + 1 && kind(next) == .vowelSign
    report(
      .khandaTaSign, index..<next + 1, carriesVowel ? [0x09A4, scalar(next)] : nil,
      isSafe: carriesVowel)
  }

  /// A consonant and a hasanta that does not join: at the end of a word, or with a joiner.
  private mutating func checkHasantaEnd(_ index: Int, hasanta: Int) {
    let next = afterJoiners(hasanta + 1)
    if isEndOfWord(next) {
      report(.hasantaFinal, index..<next)
      if next > hasanta + 1 {
        report(.joinerFinal, hasanta..<next, [0x09CD])
      }
    }
    guard next == hasanta + 2 else { return }
    if kind(hasanta + 1) == .zwnj, kind(next).isLetter {
      report(.explicitHasanta, index..<next)
    } else if kind(hasanta + 1) == .zwj, kind(next) == .consonant || kind(next) == .deadConsonant {
      report(.halfFormRequest, index..<next)
    }
  }

  /// The same for ত, where ৎ may be meant.
  private mutating func checkTaHasanta(_ index: Int, hasanta: Int) {
    let next = afterJoiners(hasanta + 1)
    guard next > hasanta + 1 || isEndOfWord(next) else { return }
    // ত্ + ZWJ is how ৎ was spelt before Unicode 4.1.
    let isOldSpelling =
      hasanta == index + 1 && next == hasanta + 2 && kind(hasanta + 1) == .zwj
      && !kind(next).isSign
    report(.khandaTaSequence, index..<next, [0x09CE], isSafe: isOldSpelling)
  }

  mutating func checkVowel(_ index: Int, _ scalar: UInt32) {
    if kind(index + 1) == .vowelSign { checkSignOnVowel(index, scalar) }
    let next = afterNuktasAndJoiners(index + 1)
    guard kind(next) == .hasanta else { return }
    // অ্যা and এ্যা are how Bengali writes æ.
    if scalar == 0x0985 || scalar == 0x098F, next == index + 1 {
      let after = kind(next + 1) == .zwj ? next + 2 : next + 1
      if self.scalar(after) == 0x09AF { return }
    }
    report(.hasantaOnVowel, index..<next + 1)
  }

  private mutating func checkSignOnVowel(_ index: Int, _ scalar: UInt32) {
    let lookalike: UInt32? =
      switch (scalar, self.scalar(index + 1)) {
      case (0x0985, 0x09BE): 0x0986
      case (0x098B, 0x09C3): 0x09E0
      case (0x098C, 0x09E2): 0x09E1
      default: nil
      }
    if let lookalike {
      report(.vowelLookalike, index..<index + 2, [lookalike], isSafe: true)
    } else {
      report(.vowelSignOnVowel, index..<index + 2)
    }
  }
}
