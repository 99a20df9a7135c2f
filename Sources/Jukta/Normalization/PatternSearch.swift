/// Looks for a fixed string or a regular expression, over scalars.
///
/// Leftmost matches that do not overlap, as tokenizers' `Pattern` finds them. Not to be shared by
/// threads: a compiled expression is a matcher too.
struct PatternSearch {
  private enum Kind {
    case string([UInt32])
    case regex(ICURegex)
  }
  private let kind: Kind

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: NormalizationStep.Pattern) throws(NormalizationError) {
    switch pattern {
    // ICU takes no empty pattern; this one matches the same.
    case .string(""), .regex(""): kind = .regex(try ICURegex("(?:)"))
    case .string(let string): kind = .string(string.unicodeScalars.map(\.value))
    case .regex(let regex): kind = .regex(try Self.compiled(regex))
    }
  }

  private static func compiled(_ pattern: String) throws(NormalizationError) -> ICURegex {
    let translated: String
    do throws(OnigurumaPattern.Failure) {
      translated = try OnigurumaPattern.translate(pattern)
    } catch {
      throw .badPattern(pattern: pattern, reason: error.reason, offset: error.offset)
    }
    do throws(NormalizationError) {
      return try ICURegex(translated.isEmpty ? "(?:)" : translated)
    } catch {
      // The place that ICU names is one in the translation.
      guard case .badPattern(_, let reason, _) = error else { throw error }
      throw .badPattern(pattern: pattern, reason: reason, offset: 0)
    }
  }

  /// The matches in `scalars`, in order.
  func matches(in scalars: [UInt32]) -> [Range<Int>] {
    switch kind {
    case .string(let needle): Self.occurrences(of: needle, in: scalars)
    case .regex(let regex): Self.matches(of: regex, in: scalars)
    }
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
