/// What can be odd about a Bengali text, by the name that scripts rely on.
public enum AnomalyCode: String, CaseIterable, Sendable {
  // Syllables that lack their base.
  case danglingVowelSign = "dangling-vowel-sign"
  case danglingModifier = "dangling-modifier"
  case danglingHasanta = "dangling-hasanta"
  // Signs in a number or an order that no word has.
  case doubledSign = "doubled-sign"
  case multipleVowelSigns = "multiple-vowel-signs"
  case splitVowelDecomposed = "split-vowel-decomposed"
  case splitVowelReversed = "split-vowel-reversed"
  case auLengthMark = "au-length-mark"
  case multipleModifiers = "multiple-modifiers"
  case markOrder = "mark-order"
  // Hasanta.
  case hasantaBeforeSign = "hasanta-before-sign"
  case signBeforeHasanta = "sign-before-hasanta"
  case hasantaOnVowel = "hasanta-on-vowel"
  case hasantaBeforeVowel = "hasanta-before-vowel"
  case hasantaFinal = "hasanta-final"
  case joinerFinal = "joiner-final"
  case explicitHasanta = "explicit-hasanta"
  case halfFormRequest = "half-form-request"
  case khandaTaSequence = "khanda-ta-sequence"
  case khandaTaSign = "khanda-ta-sign"
  // Joiners.
  case zwjBeforeHasanta = "zwj-before-hasanta"
  case zwnjBeforeHasanta = "zwnj-before-hasanta"
  case strayJoiner = "stray-joiner"
  // Nukta and look-alikes.
  case nuktaSequence = "nukta-sequence"
  case raLookalike = "ra-lookalike"
  case nuktaForeign = "nukta-foreign"
  case nuktaRedundant = "nukta-redundant"
  case vowelLookalike = "vowel-lookalike"
  case vowelSignOnVowel = "vowel-sign-on-vowel"
  case assameseLetter = "assamese-letter"
  // Punctuation and neighbours.
  case colonVisarga = "colon-visarga"
  case dandaReserved = "danda-reserved"
  case dandaLookalike = "danda-lookalike"
  case dandaLookalikeCloser = "danda-lookalike-closer"
  case digitMixed = "digit-mixed"
  case asciiDigitAdjacent = "ascii-digit-adjacent"
  case latinAdjacent = "latin-adjacent"
  case invisibleCharacter = "invisible-character"
  case devanagariAdjacent = "devanagari-adjacent"
  case dottedCircle = "dotted-circle"
  case unassigned = "unassigned"
  case replacementCharacter = "replacement-character"
  case privateUse = "private-use"

  /// How bad it is.
  public enum Level: String, Sendable {
    /// Malformed.
    case error
    /// Suspicious, or looks the same as something else.
    case warning
    /// Legal, worth knowing.
    case info
  }

  /// How bad it is.
  public var level: Level {
    switch self {
    case .danglingVowelSign, .danglingModifier, .danglingHasanta, .doubledSign,
      .multipleVowelSigns, .splitVowelReversed, .auLengthMark, .markOrder, .hasantaBeforeSign,
      .signBeforeHasanta, .khandaTaSign, .nuktaRedundant, .vowelLookalike, .vowelSignOnVowel,
      .dandaReserved, .unassigned, .replacementCharacter:
      .error
    case .hasantaFinal, .explicitHasanta, .halfFormRequest, .nuktaSequence, .nuktaForeign,
      .assameseLetter, .asciiDigitAdjacent, .latinAdjacent, .dottedCircle:
      .info
    default: .warning
    }
  }

  /// What it means, in a sentence.
  public var explanation: String {
    switch self {
    case .danglingVowelSign: "A vowel sign with no letter to stand on."
    case .danglingModifier: "A nukta, candrabindu, anusvara or visarga with no letter to stand on."
    case .danglingHasanta: "A hasanta with no letter before it."
    case .doubledSign: "The same sign twice in a row."
    case .multipleVowelSigns: "A syllable with more than one vowel sign."
    case .splitVowelDecomposed: "ো or ৌ in two code points; NFC makes one of them."
    case .splitVowelReversed: "The halves of ো or ৌ in the wrong order; no normal form repairs it."
    case .auLengthMark: "The AU length mark alone: it is only the right half of ৌ."
    case .multipleModifiers: "Different ones of candrabindu, anusvara and visarga in a row."
    case .markOrder: "A modifier before a vowel sign, or a nukta behind another sign."
    case .hasantaBeforeSign: "A vowel sign or modifier right behind a hasanta."
    case .signBeforeHasanta: "A hasanta behind a vowel sign or modifier."
    case .hasantaOnVowel: "A hasanta on a vowel letter; only অ্য and এ্য are usual."
    case .hasantaBeforeVowel: "A hasanta before a vowel letter."
    case .hasantaFinal: "A hasanta that ends a word and is seen."
    case .joinerFinal: "A joiner behind a final hasanta, where it does nothing."
    case .explicitHasanta: "ZWNJ keeps the hasanta visible and the conjunct apart."
    case .halfFormRequest: "ZWJ asks for the half form of the letter before it."
    case .khandaTaSequence: "ত with a hasanta, drawn like ৎ or meant as it."
    case .khandaTaSign: "ৎ carries no sign."
    case .zwjBeforeHasanta: "ZWJ before a hasanta: only র‍্য needs it."
    case .zwnjBeforeHasanta: "ZWNJ before a hasanta: an old spelling of র‍্য, or a slip."
    case .strayJoiner: "A joiner with no hasanta beside it."
    case .nuktaSequence: "ড়, ঢ় or য় in two code points: the form that NFC gives."
    case .raLookalike: "ব with a nukta, drawn like র."
    case .nuktaForeign: "A nukta on a letter that has none in Bengali."
    case .nuktaRedundant: "A nukta on a letter that has one already."
    case .vowelLookalike: "Two code points that look like আ, ৠ or ৡ."
    case .vowelSignOnVowel: "A vowel sign on a vowel letter."
    case .assameseLetter: "A letter of Assamese."
    case .colonVisarga: "A colon inside a word, where a visarga is meant."
    case .dandaReserved: "A code point reserved for a danda that lives elsewhere."
    case .dandaLookalike: "A bar or a currency mark in place of a danda."
    case .dandaLookalikeCloser: "A bar or ৷ in place of a danda, behind a closing quote or bracket."
    case .digitMixed: "ASCII and Bengali digits in one number."
    case .asciiDigitAdjacent: "An ASCII digit beside a Bengali letter."
    case .latinAdjacent: "A Latin letter beside a Bengali one."
    case .invisibleCharacter: "A character that is not seen."
    case .devanagariAdjacent: "A Devanagari character beside a Bengali one."
    case .dottedCircle: "A dotted circle in the text itself."
    case .unassigned: "A code point of the Bengali block that stands for nothing."
    case .replacementCharacter: "U+FFFD: the text was damaged before it came here."
    case .privateUse: "A private-use code point, often a bullet of a symbol font."
    }
  }
}

/// One place where a text is odd.
public struct Anomaly: Sendable, Equatable {
  /// What is odd.
  public var code: AnomalyCode
  /// The bytes it is about.
  public var range: Range<Int>
  /// What could stand in their place; nil where only a reader can tell.
  public var repair: String?
  /// Whether the repair changes nothing that a reader sees, or undoes a plain slip.
  public var isSafe: Bool
}
