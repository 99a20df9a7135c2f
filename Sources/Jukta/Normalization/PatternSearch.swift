/// Looks for a fixed string or a regular expression, over scalars.
///
/// Leftmost matches that do not overlap, as tokenizers' `Pattern` finds them. Not to be shared by
/// threads: a compiled expression is a matcher too.
struct PatternSearch {
  private enum Kind {
    case string([UInt32])
    case regex(ICURegex)
    case between(BetweenPattern)
  }
  private let kind: Kind

  /// - Throws: `NormalizationError.badPattern`.
  init(_ pattern: NormalizationStep.Pattern) throws(NormalizationError) {
    switch pattern {
    // ICU takes no empty pattern; this one matches the same.
    case .string(""), .regex(""): kind = .regex(try ICURegex("(?:)"))
    case .string(let string): kind = .string(string.unicodeScalars.map(\.value))
    case .regex(let regex):
      kind =
        if let between = BetweenPattern(regex) { .between(between) } else {
          .regex(try Self.compiled(regex))
        }
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
    var scratch = SearchScratch()
    findMatches(in: scalars, &scratch)
    return scratch.matches
  }

  /// Fills `scratch.matches` with the matches in `scalars`, in order.
  func findMatches(in scalars: [UInt32], _ scratch: inout SearchScratch) {
    scratch.matches.removeAll(keepingCapacity: true)
    switch kind {
    case .string(let needle): Self.find(needle, in: scalars, &scratch)
    case .regex(let regex): Self.find(regex, in: scalars, &scratch)
    case .between(let between): between.appendMatches(in: scalars, to: &scratch.matches)
    }
  }

  private static func find(
    _ needle: [UInt32], in text: [UInt32], _ scratch: inout SearchScratch
  ) {
    var position = 0
    while position + needle.count <= text.count {
      if text[position..<position + needle.count].elementsEqual(needle) {
        scratch.matches.append(position..<position + needle.count)
        position += needle.count
      } else {
        position += 1
      }
    }
  }

  private static func find(
    _ regex: ICURegex, in text: [UInt32], _ scratch: inout SearchScratch
  ) {
    scratch.units.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    for (index, scalar) in text.enumerated() {
      if scalar < 0x10000 {
        scratch.units.append(UInt16(scalar))
      } else {
        scratch.units.append(UInt16(0xD7C0 + (scalar >> 10)))
        scratch.units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
        scratch.places.append(index)
      }
      scratch.places.append(index)
    }
    scratch.places.append(text.count)
    regex.appendMatches(in: scratch.units, to: &scratch.matches)
    for index in scratch.matches.indices {
      let match = scratch.matches[index]
      scratch.matches[index] = scratch.places[match.lowerBound]..<scratch.places[match.upperBound]
    }
  }
}
