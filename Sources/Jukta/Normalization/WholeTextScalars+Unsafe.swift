/// What the repairs of the `bengali` preset look further around than the scan's stretches reach: joiners, the
/// pipe, ৷, and a modifier before a vowel sign or hasanta. A text that holds one is normalised step by step.
///
/// A loop over bytes: comparing blocks of 32 with several neighbours was fifty times slower, as Swift takes such
/// masks apart.
///
/// Soundness: every place that is read is compared with `count` before.
enum WholeTextScalars {
  /// Whether a text holds U+200C, U+200D, U+007C, U+09F7, or one of ঁ ং ঃ before a vowel sign or hasanta.
  static func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return false }
    let count = text.count
    var place = 0
    while place < count {
      let byte = base[place]
      place += 1
      guard byte == 0x7C || byte == 0xA6 || byte == 0xA7 || byte == 0xE2 else { continue }
      if byte == 0x7C { return true }
      guard place < count else { return false }
      let next = base[place]
      if byte == 0xA7 {
        if next == 0xB7 { return true }
      } else if byte == 0xE2 {
        if next == 0x80, place + 1 < count, base[place + 1] & 0xFE == 0x8C { return true }
      } else if next >= 0x81, next <= 0x83, place + 3 < count, base[place + 1] == 0xE0 {
        let (middle, last) = (base[place + 2], base[place + 3])
        if middle == 0xA6, last >= 0xBE { return true }
        if middle == 0xA7, last <= 0x8D || last == 0x97 { return true }
      }
    }
    return false
  }
}
