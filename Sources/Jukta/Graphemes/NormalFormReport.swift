internal import CJuktaICU

/// Which normal forms a text is in, and where it is not (UAX #15, by the linked ICU).
public struct NormalFormReport: Sendable, Equatable {
  /// A normal form.
  public enum Form: String, CaseIterable, Sendable {
    /// Canonical composition; ড় ঢ় য় stay in two code points.
    case nfc
    /// Canonical decomposition.
    case nfd
    /// Compatibility composition.
    case nfkc

    fileprivate var number: Int32 {
      switch self {
      case .nfc: 0
      case .nfd: 1
      case .nfkc: 2
      }
    }
  }

  /// The bytes that each form changes, cluster by cluster; a form without any is the text's own.
  public private(set) var changes: [Form: [Range<Int>]] = [:]
  /// Whether ড়, ঢ় or য় occurs both as one code point and as two.
  public private(set) var mixesNukta = false

  /// Whether the text is in `form`.
  public func isIn(_ form: Form) -> Bool { changes[form]?.isEmpty ?? true }

  /// Asks about a text cut into grapheme clusters, which normalisation never joins here.
  /// - Parameter ends: Where each cluster ends, in bytes.
  public init(_ text: Span<UInt8>, graphemeEnds ends: Span<UInt32>) {
    var start = 0
    var (whole, parted) = (false, false)
    for index in 0..<ends.count {
      let end = Int(ends[index])
      defer { start = end }
      if end - start == 1, text[start] < 0x80 { continue }
      let units = text.extracting(start..<end).withUnsafeBufferPointer {
        Array(String(decoding: $0, as: UTF8.self).utf16)
      }
      whole = whole || units.contains { $0 == 0x09DC || $0 == 0x09DD || $0 == 0x09DF }
      parted =
        parted
        || zip(units, units.dropFirst()).contains {
          $1 == 0x09BC && ($0 == 0x09A1 || $0 == 0x09A2 || $0 == 0x09AF)
        }
      for form in Form.allCases where Self.normalized(units, form.number) != units {
        changes[form, default: []].append(start..<end)
      }
    }
    mixesNukta = whole && parted
  }

  private static func normalized(_ units: [UInt16], _ form: Int32) -> [UInt16] {
    // One code point grows to 18 units at most.
    var room = [UInt16](repeating: 0, count: units.count * 18 + 1)
    let count = jukta_icu_normalize(
      form, units, Int32(units.count), &room, Int32(room.count))
    return count < 0 || count > room.count ? units : Array(room[..<Int(count)])
  }
}
