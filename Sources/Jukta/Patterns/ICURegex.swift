internal import CJuktaICU

/// A regular expression compiled by ICU, matched over UTF-16.
///
/// The object is a matcher too, with a place in a text, so each worker compiles its own.
final class ICURegex {
  private let handle: OpaquePointer

  /// Why a search ended before the text did.
  enum Failure: Error {
    case steps
    case stack
    case other

    var reason: String {
      switch self {
      case .steps: "it takes too many steps"
      case .stack: "it goes too deep"
      case .other: "the search failed"
      }
    }
  }

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
  /// - Throws: where the search gives up; `found` then holds the matches before.
  func appendMatches(in text: [UInt16], to found: inout [Range<Int>]) throws(Failure) {
    // Typed throws do not pass through `withUnsafeBufferPointer` on every toolchain: carry it.
    var failure: Failure?
    text.withUnsafeBufferPointer { units in
      guard units.count <= Int(Int32.max),
        jukta_icu_regex_set_text(handle, units.baseAddress, Int32(units.count)) == 0
      else {
        failure = .other
        return
      }
      var start: Int32 = 0
      var end: Int32 = 0
      var status = jukta_icu_regex_next(handle, &start, &end)
      while status == 1 {
        if start < end || found.last?.upperBound != Int(start) {
          found.append(Int(start)..<Int(end))
        }
        status = jukta_icu_regex_next(handle, &start, &end)
      }
      switch status {
      case 0: break
      case JUKTA_ICU_REGEX_TIME: failure = .steps
      case JUKTA_ICU_REGEX_STACK: failure = .stack
      default: failure = .other
      }
    }
    if let failure { throw failure }
  }
}
