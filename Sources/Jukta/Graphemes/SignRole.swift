/// What a scalar does in its akshara.
public enum SignRole: Sendable, Equatable {
  /// A consonant in full, or ৎ.
  case consonant
  /// র as the stroke above the next letter.
  case reph
  /// A letter in the reduced form that follows a hasanta; the name in Bengali, as য-ফলা.
  case phala(String)
  /// A vowel letter.
  case vowel
  /// A vowel sign, and where it is drawn.
  case vowelSign(VisualPosition)
  /// The dot below.
  case nukta
  /// A hasanta that joins the consonants around it.
  case hasanta
  /// A hasanta that is drawn.
  case visibleHasanta
  /// Candrabindu, anusvara or visarga.
  case modifier
  /// ZWJ or ZWNJ, and what it asks for.
  case joiner(JoinerRequest)
  /// A digit, ঽ, a dotted circle: what stands in for a letter.
  case placeholder
  /// Anything else.
  case other

  /// Where a vowel sign is drawn, whatever its place in storage (IndicPositionalCategory).
  public enum VisualPosition: String, Sendable {
    /// Before the whole conjunct: ি ে ৈ.
    case before = "left"
    /// After it: া ী ৗ.
    case after = "right"
    /// Below it: ু ূ ৃ ৄ ৢ ৣ.
    case below = "bottom"
    /// On both sides: ো ৌ.
    case around = "left-right"
  }

  /// What a joiner asks the font for.
  public enum JoinerRequest: String, Sendable {
    /// ZWNJ behind a hasanta: show the hasanta, do not join.
    case visibleHasanta = "visible-hasanta"
    /// ZWJ behind a hasanta: the half form of the letter before it.
    case halfForm = "half-form"
    /// A joiner before a hasanta: the phala of the next letter, as in র‍্য.
    case phala
    /// Nothing: no hasanta is beside it.
    case nothing
  }

  /// A short name that does not change: `ya-phala`, `vowel-sign`.
  public var name: String {
    switch self {
    case .consonant: "consonant"
    case .reph: "reph"
    case .phala(let name): Self.phalaNames[name] ?? "phala"
    case .vowel: "vowel"
    case .vowelSign: "vowel-sign"
    case .nukta: "nukta"
    case .hasanta: "hasanta"
    case .visibleHasanta: "visible-hasanta"
    case .modifier: "modifier"
    case .joiner: "joiner"
    case .placeholder: "placeholder"
    case .other: "other"
    }
  }

  private static let phalaNames = [
    "য-ফলা": "ya-phala", "র-ফলা": "ra-phala", "ব-ফলা": "ba-phala", "ম-ফলা": "ma-phala",
    "ন-ফলা": "na-phala", "ণ-ফলা": "nna-phala", "ল-ফলা": "la-phala",
  ]

  static func of(
    _ index: Int, _ scalars: [UInt32], _ classes: [BengaliClass], _ members: [AksharaMember]
  ) -> SignRole {
    switch classes[index] {
    case .consonant, .deadConsonant:
      let member = members.first { $0.range.lowerBound == index }
      switch member?.form ?? .full {
      case .full: return .consonant
      case .reph: return .reph
      case let form: return .phala(form.name ?? "")
      }
    case .vowel: return .vowel
    case .vowelSign: return .vowelSign(position(of: scalars[index]))
    case .nukta: return .nukta
    case .hasanta:
      let lastConsonant = members.last?.range.lowerBound ?? -1
      return index < lastConsonant ? .hasanta : .visibleHasanta
    case .modifier: return .modifier
    case .zwj, .zwnj: return .joiner(request(index, classes))
    case .placeholder: return .placeholder
    case .mark, .other: return .other
    }
  }

  static func position(of scalar: UInt32) -> VisualPosition {
    switch scalar {
    case 0x09BF, 0x09C7, 0x09C8: .before
    case 0x09BE, 0x09C0, 0x09D7: .after
    case 0x09CB, 0x09CC: .around
    default: .below
    }
  }

  private static func request(_ index: Int, _ classes: [BengaliClass]) -> JoinerRequest {
    if index > 0, classes[index - 1] == .hasanta {
      return classes[index] == .zwnj ? .visibleHasanta : .halfForm
    }
    return index + 1 < classes.count && classes[index + 1] == .hasanta ? .phala : .nothing
  }
}
