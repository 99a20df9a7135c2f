/// What the repairs of the `bengali` preset look further around than the scan's stretches reach: joiners, the
/// pipe, ৷, and a modifier before a vowel sign or hasanta. A text that holds one is normalised step by step.
///
/// Soundness: blocks are read only where `place` is 5 or more and 32 bytes are left from it, so that all of
/// them lie inside of `text`.
enum WholeTextScalars {
  private typealias Block = SIMD32<UInt8>

  /// Whether a text holds U+200C, U+200D, U+007C, U+09F7, or one of ঁ ং ঃ before a vowel sign or hasanta.
  static func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return false }
    var place = 0
    while place < min(5, text.count) {
      if ends(at: place, of: text) { return true }
      place += 1
    }
    while place + 32 <= text.count {
      if occurs(inBlockAt: base + place) { return true }
      place += 32
    }
    while place < text.count {
      if ends(at: place, of: text) { return true }
      place += 1
    }
    return false
  }

  /// Whether one of them ends at any of 32 bytes.
  @inline(__always)
  private static func occurs(inBlockAt start: UnsafePointer<UInt8>) -> Bool {
    func load(_ back: Int) -> Block {
      UnsafeRawPointer(start - back).loadUnaligned(as: Block.self)
    }
    let (last, middle, first) = (load(0), load(1), load(2))
    let isJoiner = (first .== 0xE2) .& (middle .== 0x80) .& ((last .== 0x8C) .| (last .== 0x8D))
    let isAnna = (middle .== 0xA7) .& (last .== 0xB7)
    let modifier = load(3)
    let isModifier =
      (load(5) .== 0xE0) .& (load(4) .== 0xA6) .& (modifier .>= 0x81) .& (modifier .<= 0x83)
    let isSign =
      (middle .== 0xA6) .& (last .>= 0xBE)
      .| (middle .== 0xA7) .& (((last .>= 0x80) .& (last .<= 0x8D)) .| (last .== 0x97))
    return any((last .== 0x7C) .| isJoiner .| isAnna .| (isModifier .& (first .== 0xE0) .& isSign))
  }

  /// Whether one of them ends at a byte.
  private static func ends(at place: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    func byte(_ back: Int) -> UInt8 { place >= back ? text[place - back] : 0 }
    let (last, middle, first) = (byte(0), byte(1), byte(2))
    if last == 0x7C || middle == 0xA7 && last == 0xB7 { return true }
    if first == 0xE2, middle == 0x80, last == 0x8C || last == 0x8D { return true }
    let isModifier = byte(5) == 0xE0 && byte(4) == 0xA6 && (0x81...0x83).contains(byte(3))
    let isSign =
      middle == 0xA6 && last >= 0xBE
      || middle == 0xA7 && ((0x80...0x8D).contains(last) || last == 0x97)
    return isModifier && first == 0xE0 && isSign
  }
}
