extension Normalizer {
  /// The names that `preset(named:)` knows.
  public static let presetNames = [
    "bengali", "sahajbert", "nfc", "nfd", "nfkc", "nfkd", "identity",
  ]

  /// The `bengali` preset: joiner-safe, with the repairs that no normal form makes; idempotent.
  ///
  ///     let clean = try Normalizer.bengali.normalize("আ মি   বাংলায় |")
  ///
  /// Made once and shared.
  public static let bengali = made(BengaliRepair.allCases.flatMap(\.steps))

  /// The `sahajbert` preset: the recipe of 2021, its known damage included. Made once and shared.
  public static let sahajbert = made(sahajbertSteps)

  /// The patterns are ours, so that they compile is for tests to see, not for callers to handle.
  private static func made(_ steps: [NormalizationStep]) -> Normalizer {
    do throws(NormalizationError) {
      return try Normalizer(steps)
    } catch {
      preconditionFailure("a preset of Jukta does not compile with this ICU: \(error)")
    }
  }

  /// The pipeline of a preset.
  /// - Throws: `NormalizationError.unknownPreset`.
  public static func preset(named name: String) throws(NormalizationError) -> Normalizer {
    switch name {
    case "bengali": bengali
    case "sahajbert": sahajbert
    case "nfc": try Normalizer([.nfc()])
    case "nfd": try Normalizer([.nfd()])
    case "nfkc": try Normalizer([.nfkc()])
    case "nfkd": try Normalizer([.nfkd()])
    case "identity": try Normalizer([])
    default: throw .unknownPreset(name)
    }
  }

  /// The recipe of 2021, exactly as Hugging Face runs it, its known damage included: a colon after a
  /// Bengali letter becomes a visarga, and joiners become spaces (র‍্যাব is cut in two).
  static let sahajbertSteps: [NormalizationStep] = [
    .nmt, .nfkc(.unicode9),
    .replace(.regex(" {2,}"), content: " "),
    .replace(.string("\u{09E4}"), content: "\u{0964}"),
    .replace(.string("\u{09E5}"), content: "\u{0965}"),
    .replace(.string("|"), content: "\u{0964}"),
    .replace(.string("\u{09F7}"), content: "\u{0964}"),
    .replace(.regex("(?<=[\\u0980-\\u09ff]):"), content: "\u{0983}"),
    .lowercase,
  ]
}

/// The steps of the `bengali` preset, in order; leave out what you do not want.
///
/// Each is written so that tokenizer.json can carry it and Hugging Face runs it with the same result.
/// What a step repairs, and how often it occurs, is in Documentation/decisions/0010.
public enum BengaliRepair: String, CaseIterable, Sendable {
  /// Controls and invisible marks go, odd white space becomes a space; joiners stay for now.
  case cleanup
  /// Compatibility composition.
  case nfkc
  /// Lower case, composed again: İ becomes i with a dot, and a mark behind may belong before the dot.
  case lowercase
  /// ত with hasanta before a joiner becomes ৎ.
  case khandaTa
  /// Joiners that do no work (no hasanta on either side) go.
  case strayJoiners
  /// অা, ঋৃ, ঌৢ become আ, ৠ, ৡ, and ব় becomes র.
  case lookalikes
  /// া + ে and ৗ + ে, drawn like ো and ৌ, become those.
  case reversedSigns
  /// A sign typed twice in a row becomes one.
  case doubledSigns
  /// The reserved ৤ ৥, and ৷ or | after Bengali text, become dandas.
  case dandas
  /// Runs of spaces become one.
  case spaces

  /// The pipeline steps of this repair.
  public var steps: [NormalizationStep] {
    func regex(_ pattern: String, _ content: String) -> NormalizationStep {
      .replace(.regex(pattern), content: content)
    }
    switch self {
    case .cleanup:
      return [
        regex(
          "[\\u0001-\\u0008\\u000B\\u000E-\\u001F\\u007F\\u008F\\u009F\\u00AD\\u200B\\u200E\\u200F"
            + "\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]", ""),
        regex("[\\u0009\\u000A\\u000C\\u000D\\u1680\\u2028\\u2029\\u2581\\uFFFD]", " "),
      ]
    case .nfkc: return [.nfkc(.unicode9)]
    case .lowercase: return [.lowercase, .nfkc(.unicode9)]
    case .khandaTa: return [regex("\\u09A4\\u09CD[\\u200C\\u200D]", "\u{09CE}")]
    case .strayJoiners:
      // Marks that a joiner kept apart may join now.
      return [
        regex("(?<![\\u09CD\\u200C\\u200D])[\\u200C\\u200D]+(?!\\u09CD)", ""), .nfkc(.unicode9),
      ]
    case .lookalikes:
      return [
        .replace(.string("\u{0985}\u{09BE}"), content: "\u{0986}"),
        .replace(.string("\u{098B}\u{09C3}"), content: "\u{09E0}"),
        .replace(.string("\u{098C}\u{09E2}"), content: "\u{09E1}"),
        .replace(.string("\u{09AC}\u{09BC}"), content: "\u{09B0}"),
      ]
    case .reversedSigns:
      return [
        .replace(.string("\u{09BE}\u{09C7}"), content: "\u{09CB}"),
        .replace(.string("\u{09D7}\u{09C7}"), content: "\u{09CC}"),
      ]
    case .doubledSigns:
      return [
        0x09BE, 0x09BF, 0x09C0, 0x09C1, 0x09C2, 0x09C3, 0x09C7, 0x09C8, 0x09CB, 0x09CC, 0x09CD,
        0x0981, 0x0982,
      ].map { (sign: UInt32) -> NormalizationStep in
        let text = String(Unicode.Scalar(sign).map(Character.init) ?? " ")
        return regex(text + "{2,}", text)
      }
    case .dandas:
      return [
        .replace(.string("\u{09E4}"), content: "\u{0964}"),
        .replace(.string("\u{09E5}"), content: "\u{0965}"),
        regex("(?<=[\\u0980-\\u09FF]) *[|\\u09F7]", "\u{0964}"),
      ]
    case .spaces: return [regex(" {2,}", " ")]
    }
  }
}
