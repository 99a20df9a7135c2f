internal import CJuktaICU

/// A regular expression compiled by ICU, matched over UTF-16.
///
/// The object is a matcher too, with a place in a text, so each worker compiles its own.
final class ICURegex {
  private let handle: OpaquePointer

  /// Compiles `pattern`.
  /// - Throws: `NormalizationError.badPattern` with ICU's reason and the place in the pattern.
  init(_ pattern: String) throws(NormalizationError) {
    let units = Array(pattern.utf16)
    var message: UnsafePointer<CChar>?
    var position: Int32 = 0
    guard
      let handle = jukta_icu_regex_open(units, Int32(units.count), &message, &position)
    else {
      let reason = message.map { String(cString: $0) } ?? "unknown"
      throw .badPattern(pattern: pattern, reason: reason, offset: Int(position))
    }
    self.handle = handle
  }

  deinit { jukta_icu_regex_close(handle) }

  /// Appends the ranges of all matches in `text` (UTF-16 offsets), leftmost first, not overlapping.
  /// An empty match directly at the end of the match before it is left out, as Oniguruma's scan does.
  func appendMatches(in text: [UInt16], to found: inout [Range<Int>]) {
    text.withUnsafeBufferPointer { units in
      guard jukta_icu_regex_set_text(handle, units.baseAddress, Int32(units.count)) == 0 else {
        return
      }
      var from = 0
      var start: Int32 = 0
      var end: Int32 = 0
      while from <= units.count, jukta_icu_regex_find(handle, Int32(from), &start, &end) == 1 {
        if start < end {
          found.append(Int(start)..<Int(end))
          from = Int(end)
        } else {
          if found.last?.upperBound != Int(start) { found.append(Int(start)..<Int(end)) }
          let isPair = Int(end) < units.count && units[Int(end)] & 0xFC00 == 0xD800
          from = Int(end) + (isPair ? 2 : 1)
        }
      }
    }
  }
}
