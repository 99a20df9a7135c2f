/// The steps of the `bengali` preset, in order; leave out what you do not want.
///
/// Each is written so that tokenizer.json can carry it and Hugging Face runs it with the same result.
/// What a step repairs, and how often it occurs, is in Documentation/decisions/0010 and 0171.
public enum BengaliRepair: String, CaseIterable, Sendable {
  /// Controls and invisible marks go, odd white space becomes a space; joiners stay for now.
  case cleanup
  /// Compatibility composition; superscripts, fractions, ™ and ﷺ stay, which it would destroy.
  case nfkc
  /// Lower case, composed again: İ becomes i with a dot, and a mark behind may belong before the dot.
  case lowercase
  /// ত with hasanta before a joiner becomes ৎ.
  case khandaTa
  /// Joiners that do no work (no hasanta on either side) go; those of other scripts and of emoji stay.
  case strayJoiners
  /// র with ZWNJ and য-ফলা at the beginning of a word, an old spelling, becomes র‍্য.
  case oldYaPhala
  /// A nukta typed twice becomes one.
  case doubledNuktas
  /// অা, ঋৃ, ঌৢ become আ, ৠ, ৡ, and ব় becomes র.
  case lookalikes
  /// া + ে and ৗ + ে, drawn like ো and ৌ, become those.
  case reversedSigns
  /// A sign typed twice in a row becomes one.
  case doubledSigns
  /// ঁ, ং and ঃ go behind the vowel sign, and ঁ behind ্যা: চঁাদ, কংা, হঁ্যা.
  case signOrder
  /// Runs of spaces become one.
  case spaces
  /// The reserved ৤ ৥, and ৷ or | after Bengali text, become dandas; not pipes of a table nor annas.
  case dandas

  /// The pipeline steps of this repair.
  public var steps: [NormalizationStep] {
    switch self {
    case .cleanup:
      [
        Self.regex(
          "[\\u0001-\\u0008\\u000B\\u000E-\\u001F\\u007F\\u008F\\u009F\\u00AD\\u200B\\u200E\\u200F"
            + "\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]", ""),
        Self.regex("[\\u0009\\u000A\\u000C\\u000D\\u1680\\u2028\\u2029\\u2581\\uFFFD]", " "),
      ]
    case .nfkc: KeptSymbols.shields + [.nfkc(.unicode9)] + KeptSymbols.returns
    case .lowercase: [.lowercase, .nfc(.unicode9)]
    case .khandaTa: [Self.regex("\\u09A4\\u09CD[\\u200C\\u200D]", "\u{09CE}")]
    case .oldYaPhala: BengaliJoiners.oldYaPhala
    // Marks that a joiner kept apart may join now.
    case .strayJoiners: [BengaliJoiners.stray, .nfc(.unicode9)]
    case .doubledNuktas: [Self.regex("\u{09BC}{2,}", "\u{09BC}")]
    case .lookalikes:
      [
        .replace(.string("\u{0985}\u{09BE}"), content: "\u{0986}"),
        .replace(.string("\u{098B}\u{09C3}"), content: "\u{09E0}"),
        .replace(.string("\u{098C}\u{09E2}"), content: "\u{09E1}"),
        .replace(.string("\u{09AC}\u{09BC}"), content: "\u{09B0}"),
      ]
    case .reversedSigns:
      [
        .replace(.string("\u{09BE}\u{09C7}"), content: "\u{09CB}"),
        .replace(.string("\u{09D7}\u{09C7}"), content: "\u{09CC}"),
      ]
    case .doubledSigns:
      [
        0x09BE, 0x09BF, 0x09C0, 0x09C1, 0x09C2, 0x09C3, 0x09C7, 0x09C8, 0x09CB, 0x09CC, 0x09CD,
        0x0981, 0x0982,
      ].map { (sign: UInt32) -> NormalizationStep in
        let text = String(Unicode.Scalar(sign).map(Character.init) ?? " ")
        return Self.regex(text + "{2,}", text)
      }
    case .signOrder: BengaliSignOrder.steps
    case .dandas: BengaliDandas.steps
    case .spaces: [Self.regex(" {2,}", " ")]
    }
  }

  private static func regex(_ pattern: String, _ content: String) -> NormalizationStep {
    .replace(.regex(pattern), content: content)
  }
}
