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

  /// - Throws: `NormalizationError.patternGaveUp`.
  func apply(
    to text: inout ScalarText, _ scratch: NormalizationScratch
  ) throws(NormalizationError) {
    guard !text.isEmpty else { return }
    try search.findMatches(in: text.scalars, &scratch.search)
    guard !scratch.search.matches.isEmpty else { return }
    replace(scratch.search.matches, of: &text, &scratch.spare)
  }

  private func replace(
    _ matches: [Range<Int>], of text: inout ScalarText, _ result: inout ScalarText
  ) {
    result.removeAll()
    var position = 0
    for match in matches {
      for index in position..<match.lowerBound {
        result.append(text.scalars[index], like: index, of: text)
      }
      for scalar in content { result.append(scalar, like: match.upperBound - 1, of: text) }
      position = match.upperBound
    }
    for index in position..<text.count { result.append(text.scalars[index], like: index, of: text) }
    swap(&text, &result)
  }
}
