/// The numbers of items: `১`, `১০০১`, `২ক`, `৩.১`.
enum Numbering {
  /// Whether all of `range` is the number of an item: at most four digits, further ones behind dots,
  /// one letter behind them.
  static func isNumber(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    var index = range.lowerBound
    while true {
      let digits = text.digits(from: index)
      guard !digits.isEmpty, text.scalarCount(digits) <= 4 else { return false }
      index = digits.upperBound
      guard index < range.upperBound, text[index] == 0x2E else { break }
      index += 1
    }
    if index < range.upperBound {
      let letter = text.scalar(at: index)
      // ম and what is behind it makes ordinals: ৫ম.
      guard (0x995...0x9A8).contains(letter.value) || ScalarClass.isLatin(letter.value) else {
        return false
      }
      index += letter.length
    }
    return index == range.upperBound
  }
}
