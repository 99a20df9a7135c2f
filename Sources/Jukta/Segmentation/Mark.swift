/// A place in a unit of text that the rules look at: a sign, a quote, a bracket, an emoji.
struct Mark {
  enum Kind: UInt8 { case sign, quote, open, close, lineEnd, picture }

  /// In bytes from the start of the unit.
  var offset: Int
  var kind: Kind
  /// Whether it is, or follows, the number of a list item.
  var isListNumber = false
  /// For a bracket: the index of the mark that it pairs with, or -1.
  var partner: Int32 = -1

  /// What stands at `index`, where the scan has seen something; nil for a false alarm.
  @inline(__always)
  static func kind(at index: Int, in text: Span<UInt8>) -> Kind? {
    switch text[index] {
    case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: "|"): return .sign
    case 0x0A...0x0D: return .lineEnd
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .quote
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return .open
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return .close
    case 0xC2:
      let next = index + 1 < text.count ? text[index + 1] : 0
      return next == 0xAB || next == 0xBB ? .quote : nil
    case 0xE0, 0xE2, 0xEF: return longKind(at: index, in: text)
    case 0xD8: return index + 1 < text.count && text[index + 1] == 0x9F ? .sign : nil
    case 0xF0: return index + 1 < text.count && text[index + 1] == 0x9F ? .picture : nil
    default: return nil
    }
  }

  @inline(__always)
  private static func longKind(at index: Int, in text: Span<UInt8>) -> Kind? {
    guard index + 2 < text.count else { return nil }
    switch (text[index], text[index + 1], text[index + 2]) {
    case (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5), (0xE0, 0xA7, 0xB7), (0xE2, 0x80, 0xA6):
      return .sign
    case (0xE2, 0x80, 0xBC), (0xE2, 0x81, 0x87...0x89), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F):
      return .sign
    case (0xE2, 0x9D, 0xA4): return .picture
    case (0xE2, 0x80, 0x98...0x9F): return .quote
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9): return .lineEnd
    default: return nil
    }
  }
}
