/// Strings as no one types them: letters, marks without letters, joiners, compatibility characters,
/// spaces of all kinds.
public enum DirtyText {
  private static let atoms: [String] = [
    "ক", "ত", "ন", "ব", "র", "য", "অ", "আ", "ঋ", "া", "ি", "ে", "ো", "ৌ", "ৗ", "্", "ং", "ঁ", "়",
    "ৎ",
    "ড়", "য়", "ড়", "ব়", "ঋৃ", "া\u{09C7}", "্\u{200D}", "্\u{200C}", "ত্\u{200D}", "\u{200C}",
    "\u{200D}",
    " ", "  ", "\t", "\n", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{AD}", "।", "|", "৷", "\u{09E4}",
    "\u{09E5}", ":", "::", "ঃ", ",", "0", "৫", "a", "B", "É", "e\u{301}", "\u{327}\u{301}", "Å",
    "ﬁ", "Ａ",
    "½", "İ", "ẞ", "Σ", "🙂", "👩\u{200D}👧", "한", "\u{1100}\u{1161}", "▁", "\u{FFFD}", "\u{0}",
    "\u{7F}",
    "\u{1E9B}\u{323}", "\u{0F71}\u{0F72}", "\u{11131}\u{11127}", "\u{1F1E7}",
  ]

  /// A string of up to `length` such pieces.
  public static func string(
    upTo length: Int, using generator: inout some RandomNumberGenerator
  ) -> String {
    let count = Int.random(in: 0...length, using: &generator)
    // Joined scalar by scalar: nothing is composed on the way.
    var text = String.UnicodeScalarView()
    for _ in 0..<count {
      text.append(contentsOf: (atoms.randomElement(using: &generator) ?? "").unicodeScalars)
    }
    return String(text)
  }
}
