internal import CJuktaICU

/// ICU's answers about single scalars, in Swift clothes.
///
/// A scalar is a `UInt32` here and in the rest of the hot path: `Unicode.Scalar` would check its
/// range on each construction.
enum UnicodeProperties {
  /// The version of ICU that is linked, for reports.
  static var icuVersion: String { String(cString: jukta_icu_version()) }

  /// The full decomposition of `scalar`, or nothing where it stands for itself.
  static func decomposition(of scalar: UInt32, compatible: Bool) -> [UInt32] {
    // The longest is 18 scalars (U+FDFA); 32 leaves room for what Unicode may add.
    [UInt32](unsafeUninitializedCapacity: 32) { buffer, count in
      count = Int(jukta_icu_decompose(scalar, compatible ? 1 : 0, buffer.baseAddress, 32))
    }
  }

  /// Writes the full decomposition of `scalar` to the front of `parts`, which has room for 32, and
  /// gives how many scalars it has: none where the scalar stands for itself.
  static func decompose(_ scalar: UInt32, compatible: Bool, into parts: inout [UInt32]) -> Int {
    parts.withUnsafeMutableBufferPointer {
      Int(jukta_icu_decompose(scalar, compatible ? 1 : 0, $0.baseAddress, Int32($0.count)))
    }
  }

  /// The canonical composition of a pair, where there is one.
  static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    let composed = jukta_icu_compose(first, second)
    return composed < 0 ? nil : UInt32(composed)
  }

  /// Canonical_Combining_Class.
  static func combiningClass(of scalar: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: jukta_icu_combining_class(scalar))
  }

  /// Whether NFC (or NFKC) never looks back across this scalar.
  static func hasBoundaryBefore(_ scalar: UInt32, compatible: Bool) -> Bool {
    jukta_icu_has_boundary_before(scalar, compatible ? 1 : 0) != 0
  }

  /// Whether the scalar came to Unicode after version 9.0, or is not assigned at all.
  static func isNewerThanUnicode9(_ scalar: UInt32) -> Bool {
    let age = jukta_icu_age(scalar)
    return age == 0 || age > 9 * 256
  }

  /// The simple lower case mapping, without context or locale.
  static func lowercase(_ scalar: UInt32) -> UInt32 {
    let mapped = jukta_icu_lowercase(scalar)
    // Letters that the linked ICU may be too old for, looked up where they can be.
    guard mapped == scalar,
      scalar == 0x1C89 || (0xA7CB...0xA7DC).contains(scalar) || scalar >= 0x10D50
    else { return mapped }
    return newLowercase[scalar] ?? mapped
  }

  private static let newLowercase: [UInt32: UInt32] = {
    let pairs = ReferenceRuns.newLowercase
    var mapping: [UInt32: UInt32] = [:]
    for index in stride(from: 0, to: pairs.count, by: 2) {
      mapping[pairs[index]] = pairs[index + 1]
    }
    return mapping
  }()

  /// The general category of each scalar of the Basic Multilingual Plane: one walk over ICU's ranges,
  /// where tables of classes would ask 65,536 times.
  private static let categories = [UInt8](unsafeUninitializedCapacity: 0x10000) { buffer, count in
    buffer.initialize(repeating: 0)
    jukta_icu_categories(buffer.baseAddress, 0x10000)
    count = 0x10000
  }

  /// The general category as a bit: bit *n* for the UCharCategory *n*.
  private static func categoryMask(_ scalar: UInt32) -> UInt32 {
    scalar < 0x10000 ? 1 << UInt32(categories[Int(scalar)]) : jukta_icu_category_mask(scalar)
  }

  /// The simple case folding.
  static func folded(_ scalar: UInt32) -> UInt32 { jukta_icu_fold(scalar) }

  /// The version of Unicode in which the scalar was assigned, as major * 256 + minor; 0 before that.
  static func age(_ scalar: UInt32) -> Int { Int(jukta_icu_age(scalar)) }

  /// Whether the scalar is a letter (General_Category L).
  static func isLetter(_ scalar: UInt32) -> Bool {
    // UCharCategory: 1 to 5 are upper, lower, title case, modifier and other letters.
    categoryMask(scalar) & 0x3E != 0
  }

  /// Whether the scalar is a mark (General_Category M).
  static func isMark(_ scalar: UInt32) -> Bool {
    // UCharCategory: 6 non-spacing, 7 enclosing, 8 spacing combining mark.
    categoryMask(scalar) & (1 << 6 | 1 << 7 | 1 << 8) != 0
  }

  /// White_Space: the 25 code points of PropList.txt.
  static func isWhitespace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether the scalar is a number of any kind (Nd, Nl, No), as Rust's `is_numeric`.
  static func isNumeric(_ scalar: UInt32) -> Bool { ReferenceSets.number.contains(scalar) }

  /// Whether Hugging Face splits at this scalar as punctuation: all ASCII punctuation and symbols,
  /// and category P as of Unicode 8, which is what its crate knows.
  static func isPunctuation(_ scalar: UInt32) -> Bool { ReferenceSets.punctuation.contains(scalar) }

  /// Whether the scalar is part of a word to the crate `regex`: `\\w`, joiners included.
  static func isWordCharacter(_ scalar: UInt32) -> Bool {
    ReferenceSets.wordCharacter.contains(scalar)
  }
}
