/// Dandas typed as something else.
enum BengaliDandas {
  /// The cells of a table's row that are still to come: short, each pipe with a space on both sides, and no
  /// sign that ends a sentence up to the end of the text. So none of these pipes is a danda itself.
  private static let cells =
    " [^|\\u0964\\u0965\\u09F7?!]{1,40}(?: \\| [^|\\u0964\\u0965\\u09F7?!]{1,40}){0,8}\\z"
  private static let closers = "[\\u2019\\u201D\\u00BB]"
  /// Parts of sums of annas, between which ৷ is one itself.
  private static let annas = "[\\u09F4-\\u09F6\\u09F8\\u09F9]"

  /// Pipes; in a text with one the end of the text decides (`FusedPlan.readsTexts`).
  static let pipes: [NormalizationStep] = [
    regex("(?<=[\\u0980-\\u09FF]|[\\u0980-\\u09FF] )\\|\\|(?!\\|)", "\u{964}\u{964}"),
    regex("(?<=\(closers))\\|(?!\\|)", "\u{964}"),
    regex(
      "(?<=[\\u0980-\\u09FF])(?:\\|(?!\\|)| +\\|(?![ |])| +\\|(?= )(?!\(cells)))", "\u{964}"),
  ]

  static let steps: [NormalizationStep] =
    [
      .replace(.string("\u{09E4}"), content: "\u{0964}"),
      .replace(.string("\u{09E5}"), content: "\u{0965}"),
    ] + pipes + [
      regex("(?<=[\\u0980-\\u09F3\\u09F7\\u09FA-\\u09FF]) *\\u09F7(?!\(annas))", "\u{964}"),
      regex("(?<=[\\u2019\\u201D\\u00BB\"')\\]])\\u09F7(?!\(annas))", "\u{964}"),
    ]

  private static func regex(_ pattern: String, _ content: String) -> NormalizationStep {
    .replace(.regex(pattern), content: content)
  }
}
