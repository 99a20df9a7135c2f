/// Modifiers typed before the vowel sign that belongs before them.
///
/// A replacement has a fixed text, so a modifier moves in two steps: it is put in behind the sign, and
/// taken out before it. Only where letter, modifier and sign stand alone, so that done twice is done
/// once whatever else is broken around them.
enum BengaliSignOrder {
  private static let letters = "[\\u0995-\\u09B9\\u09BC\\u09DC-\\u09DF\\u09F0\\u09F1]"
  private static let signs = "[\\u09BE-\\u09C4\\u09C7\\u09C8\\u09CB\\u09CC\\u09D7]"
  private static let behind =
    "[\\u0981-\\u0983\\u09BC\\u09BE-\\u09C4\\u09C7\\u09C8\\u09CB-\\u09CD\\u09D7\\u200C\\u200D]"
  /// ঁ, ং, ঃ.
  static let modifiers: [Unicode.Scalar] = ["\u{981}", "\u{982}", "\u{983}"]
  /// All vowel signs.
  static let signScalars: [UInt32] =
    Array(0x9BE...0x9C4) + [0x9C7, 0x9C8, 0x9CB, 0x9CC, 0x9D7]

  static let steps: [NormalizationStep] =
    modifiers.flatMap { modifier -> [NormalizationStep] in
      let text = String(modifier)
      return [
        .replace(.regex("(?<=\(letters)\(text)\(signs))(?!\(behind))"), content: text),
        .replace(.regex("(?<=\(letters))\(text)(?=\(signs)\(text))"), content: ""),
      ]
    } + [
      .replace(
        .regex("(?<=\(letters))\\u0981\\u09CD\\u09AF\\u09BE(?!\(behind))"),
        content: "\u{9CD}\u{9AF}\u{9BE}\u{981}")
    ]
}
