// What is asked of everything that is neither letter nor sign of Bengali.
extension AnomalyPass {
  mutating func checkOther(_ index: Int, _ scalar: UInt32) {
    let here = index..<index + 1
    switch scalar {
    case 0x20: break
    case 0x30...0x39: checkDigit(index, scalar)
    case 0x41...0x5A, 0x61...0x7A:
      if isBengali(index - 1, digits: true) || isBengali(index + 1, digits: true) {
        report(.latinAdjacent, here)
      }
    case 0x3A:
      if isBengali(index - 1, digits: false), kind(index + 1).isLetter {
        report(.colonVisarga, here, [0x0983])
      }
    case 0x7C, 0x09F7: checkBar(index, scalar)
    case 0xAD, 0x034F, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069,
      0xFEFF:
      // Inside a Bengali word it can only be a remnant.
      let isInside = isBengali(index - 1, digits: false) && isBengali(index + 1, digits: false)
      report(.invisibleCharacter, here, [], isSafe: isInside)
    case 0x0900...0x097F: checkDevanagari(index, scalar)
    case 0x09E4, 0x09E5: report(.dandaReserved, here, [scalar - 0x09E4 + 0x0964], isSafe: true)
    case 0x25CC: report(.dottedCircle, here)
    case 0xFFFD: report(.replacementCharacter, here)
    case 0xE000...0xF8FF: report(.privateUse, here)
    case 0x0980...0x09FF where Self.isUnassigned(scalar): report(.unassigned, here)
    default: break
    }
  }

  /// Whether a Bengali letter or sign is at `index`, or, if asked, a Bengali digit.
  private func isBengali(_ index: Int, digits: Bool) -> Bool {
    kind(index).isLetter || kind(index).isSign || digits && isBengaliDigit(index)
  }

  private func isBengaliDigit(_ index: Int) -> Bool {
    (0x09E6...0x09EF).contains(scalar(index))
  }

  private mutating func checkDigit(_ index: Int, _ scalar: UInt32) {
    if isBengaliDigit(index - 1) || isBengaliDigit(index + 1) {
      report(.digitMixed, index..<index + 1, [scalar - 0x30 + 0x09E6])
    }
    if isBengali(index - 1, digits: false) || isBengali(index + 1, digits: false) {
      report(.asciiDigitAdjacent, index..<index + 1)
    }
  }

  /// A bar or ৷ after a Bengali letter, sign or digit, spaces between allowed; or right behind a
  /// closing quote or bracket.
  private mutating func checkBar(_ index: Int, _ scalar: UInt32) {
    // A part of a sum of annas: ৴৷৹.
    if scalar == 0x09F7, Self.isAnna(self.scalar(index - 1)) || Self.isAnna(self.scalar(index + 1))
    {
      return
    }
    switch self.scalar(index - 1) {
    case 0x2019, 0x201D, 0x00BB, 0x29, 0x5D:
      report(
        .dandaLookalikeCloser, index..<index + 1, [0x0964], isSafe: scalar == 0x09F7)
      return
    default: break
    }
    var before = index - 1
    while self.scalar(before) == 0x20 { before -= 1 }
    if isBengali(before, digits: true) {
      report(.dandaLookalike, index..<index + 1, [0x0964], isSafe: scalar == 0x09F7)
    }
  }

  private static func isAnna(_ scalar: UInt32) -> Bool {
    (0x09F4...0x09F9).contains(scalar) && scalar != 0x09F7
  }

  private mutating func checkDevanagari(_ index: Int, _ scalar: UInt32) {
    guard ![0x0951, 0x0952, 0x0964, 0x0965].contains(scalar),
      isBengali(index - 1, digits: false) || isBengali(index + 1, digits: false)
    else { return }
    // The blocks run side by side.
    let counterpart = scalar + 0x80
    report(
      .devanagariAdjacent, index..<index + 1, Self.isUnassigned(counterpart) ? nil : [counterpart])
  }

  /// Whether Unicode 17 gives nothing to this code point of the block; 09E4 and 09E5 are told apart.
  static func isUnassigned(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0984, 0x098D, 0x098E, 0x0991, 0x0992, 0x09A9, 0x09B1, 0x09B3...0x09B5, 0x09BA, 0x09BB,
      0x09C5, 0x09C6, 0x09C9, 0x09CA, 0x09CF...0x09D6, 0x09D8...0x09DB, 0x09DE, 0x09FF:
      true
    default: false
    }
  }
}
