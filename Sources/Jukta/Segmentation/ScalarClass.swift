/// Classes of scalars that the rules ask for.
enum ScalarClass {
  @inline(__always)
  static func isSpace(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (value >= 0x09 && value <= 0x0D) }
    switch value {
    case 0x85, 0xA0, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: return true
    default: return false
    }
  }

  @inline(__always)
  static func isDigit(_ value: UInt32) -> Bool {
    (value >= 0x30 && value <= 0x39) || (value >= 0x9E6 && value <= 0x9EF)
  }

  static func isLatin(_ value: UInt32) -> Bool {
    let lower = value | 0x20
    return (lower >= 0x61 && lower <= 0x7A && value < 0x80) || (value >= 0xC0 && value < 0x250)
  }

  static func isBengali(_ value: UInt32) -> Bool {
    switch value {
    case 0x980...0x9E3, 0x9F0, 0x9F1, 0x9FC, 0x9FE: true
    default: false
    }
  }

  /// Letters, signs, joiners.
  static func isWord(_ value: UInt32) -> Bool {
    isBengali(value) || isLatin(value) || value == 0x200C || value == 0x200D
      || (value >= 0x900 && value <= 0x963) || (value >= 0x370 && value <= 0x52F)
  }

  static func isASCIIAlphanumeric(_ value: UInt32) -> Bool {
    value < 0x80 && (isLatin(value) || isDigit(value))
  }

  static func isOpeningBracket(_ value: UInt32) -> Bool {
    value == 0x28 || value == 0x5B || value == 0x7B
  }

  static func isClosingBracket(_ value: UInt32) -> Bool {
    value == 0x29 || value == 0x5D || value == 0x7D
  }

  static func isDash(_ value: UInt32) -> Bool {
    value == 0x2D || (value >= 0x2010 && value <= 0x2015)
  }

  static func isDoubleQuote(_ value: UInt32) -> Bool {
    value == 0x22 || (value >= 0x201C && value <= 0x201F) || value == 0xAB || value == 0xBB
  }

  static func isSingleQuote(_ value: UInt32) -> Bool {
    value == 0x27 || (value >= 0x2018 && value <= 0x201B)
  }

  static func isQuote(_ value: UInt32) -> Bool { isDoubleQuote(value) || isSingleQuote(value) }

  /// Danda, double danda, ৷, pipe, `?`, `!`, dot, ellipsis, and the wide, double and Arabic forms of
  /// `?` and `!`.
  static func isSign(_ value: UInt32) -> Bool {
    switch value {
    case 0x964, 0x965, 0x9F7, 0x7C, 0x3F, 0x21, 0x2E, 0x2026: true
    case 0x203C, 0x2047...0x2049, 0x61F, 0xFF01, 0xFF1F: true
    default: false
    }
  }

  /// `?` and `!` in all their forms.
  static func isQuestionOrExclamation(_ value: UInt32) -> Bool {
    switch value {
    case 0x3F, 0x21, 0x203C, 0x2047...0x2049, 0x61F, 0xFF01, 0xFF1F: true
    default: false
    }
  }

  /// Danda, and what is typed for it.
  static func isDanda(_ value: UInt32) -> Bool {
    value == 0x964 || value == 0x965 || value == 0x9F7 || value == 0x7C
  }

  /// Superscript figures.
  static func isSuperscript(_ value: UInt32) -> Bool {
    switch value {
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079, 0x207D, 0x207E: true
    default: false
    }
  }

  /// Pictures, and what joins and colours them.
  static func isEmoji(_ value: UInt32) -> Bool {
    switch value {
    case 0x1F000...0x1FAFF, 0x2600...0x27BF, 0x2B00...0x2BFF, 0x2190...0x21FF, 0x2300...0x23FF,
      0xFE0F, 0x20E3, 0x200D, 0xE0020...0xE007F:
      true
    default: false
    }
  }
}
