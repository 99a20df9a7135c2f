/// Joiners, judged by the rules of Bengali where nothing else stands beside them.
enum BengaliJoiners {
  /// What leaves a joiner to Bengali's rules: Latin, punctuation, Bengali but the hasanta. A letter of
  /// another script, an emoji, a hasanta, a joiner on either side keeps it.
  private static let others =
    "[^\\u0001-\\u024F\\u0964\\u0965\\u0980-\\u09CC\\u09CE-\\u09FF\\u2000-\\u200B\\u2010-\\u205E]"

  /// A run of joiners that does no work goes.
  static let stray = NormalizationStep.replace(
    .regex("(?<!\(others))[\\u200C\\u200D]+(?!\(others))"), content: "")

  /// No word begins with reph and য, so র‌্য at the beginning of one is র‍্য. What becomes a danda is no letter.
  static let oldYaPhala: [NormalizationStep] = [
    .replace(
      .regex(
        "(?<![\\u0980-\\u09E3\\u09E6-\\u09F6\\u09F8-\\u09FF\\u200C\\u200D])\\u09B0\\u200C\\u09CD\\u09AF"
      ),
      content: "\u{09B0}\u{200D}\u{09CD}\u{09AF}")
  ]
}
