/// Replaces what a pattern finds by a fixed text, as Hugging Face's `Replace` does.
///
/// Leftmost matches that do not overlap; the empty text is left alone even where the pattern could
/// match it. The new characters have the range of the last character that they replace, those of an
/// empty match the range of the character before it.
struct Replace {
  private let search: PatternSearch
  private let content: [UInt32]

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: NormalizationStep.Pattern, content: String) throws(NormalizationError) {
    self.content = content.unicodeScalars.map(\.value)
    search = try PatternSearch(pattern)
  }

  func apply(to text: inout ScalarText) {
    guard !text.isEmpty else { return }
    let matches = search.matches(in: text.scalars)
    guard !matches.isEmpty else { return }
    var result = ScalarText()
    var position = 0
    for match in matches {
      for index in position..<match.lowerBound {
        result.append(text.scalars[index], like: index, of: text)
      }
      for scalar in content { result.append(scalar, like: match.upperBound - 1, of: text) }
      position = match.upperBound
    }
    for index in position..<text.count { result.append(text.scalars[index], like: index, of: text) }
    text = result
  }
}
