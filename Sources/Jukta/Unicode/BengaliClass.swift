/// The part a scalar plays in an orthographic syllable (facts: IndicSyllabicCategory.txt, and the
/// Indic model of OpenType as HarfBuzz has it).
enum BengaliClass: UInt8, CaseIterable {
  /// Everything that takes no part.
  case other
  /// A combining mark (General_Category M) of another block.
  case mark
  /// ক … হ, ড় ঢ় য় ৰ ৱ.
  case consonant
  /// ৎ: a consonant that carries no vowel.
  case deadConsonant
  /// অ … ঔ, ৠ ৡ.
  case vowel
  /// া … ৌ, ৗ ৢ ৣ.
  case vowelSign
  case nukta
  case hasanta
  /// ঁ ং ঃ and U+09FE.
  case modifier
  /// What may stand in for a base: digits, ঽ ঀ ৼ, the dotted circle, the no-break space.
  case placeholder
  case zwnj
  case zwj

  /// The class of `scalar`; `isMark` is asked for what is not Bengali.
  init(_ scalar: UInt32, isMark: Bool) {
    switch scalar {
    case 0x0980...0x09FF: self = Self.block[Int(scalar - 0x0980)]
    case 0x200C: self = .zwnj
    case 0x200D: self = .zwj
    case 0x25CC, 0x00A0: self = .placeholder
    default: self = isMark ? .mark : .other
    }
  }

  /// The block 0980–09FF; what is unassigned, a currency mark or punctuation stays `other`.
  private static let block: [BengaliClass] = {
    var classes = [BengaliClass](repeating: .other, count: 128)
    func set(_ ranges: [ClosedRange<Int>], _ value: BengaliClass) {
      for range in ranges { for scalar in range { classes[scalar - 0x0980] = value } }
    }
    set([0x0981...0x0983, 0x09FE...0x09FE], .modifier)
    set([0x0985...0x098C, 0x098F...0x0990, 0x0993...0x0994, 0x09E0...0x09E1], .vowel)
    set([0x0995...0x09A8, 0x09AA...0x09B0, 0x09B2...0x09B2, 0x09B6...0x09B9], .consonant)
    set([0x09DC...0x09DD, 0x09DF...0x09DF, 0x09F0...0x09F1], .consonant)
    set([0x09BE...0x09C4, 0x09C7...0x09C8, 0x09CB...0x09CC, 0x09D7...0x09D7], .vowelSign)
    set([0x09E2...0x09E3], .vowelSign)
    set([0x09BC...0x09BC], .nukta)
    set([0x09CD...0x09CD], .hasanta)
    set([0x09CE...0x09CE], .deadConsonant)
    set([0x0980...0x0980, 0x09BD...0x09BD, 0x09E6...0x09EF, 0x09FC...0x09FC], .placeholder)
    return classes
  }()

  /// C, T or V: a letter.
  var isLetter: Bool { self == .consonant || self == .deadConsonant || self == .vowel }
  /// M, N, H or D: a sign that stands on something.
  var isSign: Bool {
    self == .vowelSign || self == .nukta || self == .hasanta || self == .modifier
  }
  /// ZWNJ or ZWJ.
  var isJoiner: Bool { self == .zwnj || self == .zwj }
}
