/// Removes white space from the ends of a text, and marks from all of it.
enum Strip {
  static func apply(to text: inout ScalarText, left: Bool, right: Bool) {
    var start = 0
    var end = text.count
    if left {
      while start < end, UnicodeProperties.isWhitespace(text.scalars[start]) { start += 1 }
    }
    if right {
      while start < end, UnicodeProperties.isWhitespace(text.scalars[end - 1]) { end -= 1 }
    }
    guard start > 0 || end < text.count else { return }
    var result = ScalarText()
    for index in start..<end { result.append(text.scalars[index], like: index, of: text) }
    text = result
  }

  /// Removes every mark (category M as of Unicode 9, which is what the reference knows), without
  /// decomposing first.
  static func removeAccents(from text: inout ScalarText) {
    text.removeAll { ReferenceSets.accent.contains($0) }
  }
}
