/// Replaces what a pattern finds by a fixed text, as Hugging Face's `Replace` does.
///
/// Leftmost matches that do not overlap; the empty text is left alone even where the pattern could
/// match it. The new characters have the range of the last character that they replace, those of an
/// empty match the range of the character before it.
struct Replace {
  private enum Search {
    case string([UInt32])
    case regex(ICURegex)
  }
  private let search: Search
  private let content: [UInt32]

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: NormalizationStep.Pattern, content: String) throws(NormalizationError) {
    self.content = content.unicodeScalars.map(\.value)
    switch pattern {
    // ICU takes no empty pattern; this one matches the same.
    case .string(""), .regex(""): search = .regex(try ICURegex("(?:)"))
    case .string(let string): search = .string(string.unicodeScalars.map(\.value))
    case .regex(let regex): search = .regex(try ICURegex(regex))
    }
  }

  func apply(to text: inout ScalarText) {
    guard !text.isEmpty else { return }
    let matches =
      switch search {
      case .string(let needle): Self.occurrences(of: needle, in: text.scalars)
      case .regex(let regex): Self.matches(of: regex, in: text.scalars)
      }
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

  private static func occurrences(of needle: [UInt32], in text: [UInt32]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = 0
    while position + needle.count <= text.count {
      if text[position..<position + needle.count].elementsEqual(needle) {
        found.append(position..<position + needle.count)
        position += needle.count
      } else {
        position += 1
      }
    }
    return found
  }

  private static func matches(of regex: ICURegex, in text: [UInt32]) -> [Range<Int>] {
    var units: [UInt16] = []
    units.reserveCapacity(text.count)
    var scalarIndex: [Int] = []
    for (index, scalar) in text.enumerated() {
      if scalar < 0x10000 {
        units.append(UInt16(scalar))
      } else {
        units.append(UInt16(0xD7C0 + (scalar >> 10)))
        units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
        scalarIndex.append(index)
      }
      scalarIndex.append(index)
    }
    scalarIndex.append(text.count)
    return regex.matches(in: units).map { scalarIndex[$0.lowerBound]..<scalarIndex[$0.upperBound] }
  }
}
