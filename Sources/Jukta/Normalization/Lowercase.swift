/// Lower case, each character by itself: the full mapping without context or locale (SpecialCasing
/// has one unconditional expansion, İ), as Rust's `char::to_lowercase` and so Hugging Face does.
enum Lowercase {
  static func apply(to text: inout ScalarText, _ scratch: NormalizationScratch) {
    if text.scalars.contains(0x130) {
      var changes: [ScalarChange] = []
      for scalar in text.scalars {
        changes.append(ScalarChange(scalar: scalar == 0x130 ? 0x69 : scalar, change: 0))
        if scalar == 0x130 { changes.append(ScalarChange(scalar: 0x307, change: 1)) }
      }
      text.replaceScalars(by: changes, spare: &scratch.spare)
    }
    text.map(mapping(of:))
  }

  static func changes(_ scalar: UInt32) -> Bool { mapping(of: scalar) != scalar }

  static func mapping(of scalar: UInt32) -> UInt32 {
    scalar < 0x80
      ? (scalar >= 0x41 && scalar <= 0x5A ? scalar + 32 : scalar)
      : UnicodeProperties.lowercase(scalar)
  }
}
