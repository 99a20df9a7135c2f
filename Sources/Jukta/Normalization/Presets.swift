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
