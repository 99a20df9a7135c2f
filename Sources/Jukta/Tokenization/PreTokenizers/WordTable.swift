internal import CJuktaSupport

/// Metaspace, Digits and Punctuation, or Split at listed characters, compiled into one class for each
/// scalar, so that a single scan cuts a text into words.
final class WordTable: Sendable {
  enum Class {
    static let letter: UInt8 = 0
    /// A word of its own.
    static let isolated: UInt8 = 1
    static let space: UInt8 = 2
    /// The marker itself, typed in the text.
    static let marker: UInt8 = 3
  }

  /// The class of each scalar of the Basic Multilingual Plane.
  let classes: [UInt8]
  /// Whether stops may be looked for by blocks.
  let hasStops: Bool
  let isolatesDigits: Bool
  let isolatesPunctuation: Bool
  /// What else stands apart.
  let listed: Set<UInt32>
  let prependScheme: PreTokenizer.PrependScheme

  /// nil where the pre-tokenizer is not Metaspace, alone or followed by Digits (individual), Punctuation
  /// (isolated) and Split (isolated) at a class that lists its characters, spaces not among them.
  init?(_ preTokenizer: PreTokenizer) {
    let stages = preTokenizer.flattened
    guard case .metaspace("\u{2581}", let scheme, split: true)? = stages.first else { return nil }
    var digits = false
    var punctuation = false
    var listed: Set<UInt32> = []
    for stage in stages.dropFirst() {
      switch stage {
      case .digits(individual: true): digits = true
      case .punctuation(.isolated): punctuation = true
      case .split(.regex(let pattern), .isolated, inverts: false):
        guard let characters = ListedClass(pattern: pattern) else { return nil }
        listed.formUnion(characters.scalars)
      default: return nil
      }
    }
    guard listed.isDisjoint(with: [0x20, 0x2581]) else { return nil }
    (isolatesDigits, isolatesPunctuation, prependScheme) = (digits, punctuation, scheme)
    self.listed = listed
    let classes: [UInt8] = (UInt32(0)..<0x10000).map { scalar in
      switch scalar {
      case 0x20: Class.space
      case 0x2581: Class.marker
      default:
        listed.contains(scalar) || (digits && UnicodeProperties.isNumeric(scalar))
          || (punctuation && UnicodeProperties.isPunctuation(scalar))
          ? Class.isolated : Class.letter
      }
    }
    self.classes = classes
    hasStops = Self.areStops(classes)
  }

  /// Whether everything that is no letter is among the stops that the scan finds by blocks.
  private static func areStops(_ classes: [UInt8]) -> Bool {
    var bytes = ByteBuffer(capacity: 16)
    for (scalar, kind) in classes.enumerated() where kind != Class.letter {
      bytes.removeAll()
      UTF8Scalars.append(UInt32(scalar), to: &bytes)
      bytes.pad(2)
      guard bytes.span.withUnsafeBufferPointer({ jukta_is_word_stop($0.baseAddress) != 0 }) else {
        return false
      }
    }
    return true
  }

  /// The class of a scalar beyond the Basic Multilingual Plane.
  func classOfRare(_ scalar: UInt32) -> UInt8 {
    listed.contains(scalar) || (isolatesDigits && UnicodeProperties.isNumeric(scalar))
      || (isolatesPunctuation && UnicodeProperties.isPunctuation(scalar))
      ? Class.isolated : Class.letter
  }
}
