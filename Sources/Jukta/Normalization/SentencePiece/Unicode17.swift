/// Decompositions, compositions and foldings of Unicode 17.0, whatever the linked ICU knows: the rule
/// sets of SentencePiece 0.2.3 are made of these.
struct Unicode17 {
  /// Pairs that compose only in a younger Unicode than the ICU's.
  private let youngPairs: [UInt64: UInt32]

  init() {
    youngPairs = Dictionary(
      YoungScalars.canonical.map { (Self.key($0.value[0], $0.value[1]), $0.key) },
      uniquingKeysWith: { one, _ in one })
  }

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  /// Whether the ICU has the scalar from a later version.
  private static func isLater(_ scalar: UInt32) -> Bool {
    UnicodeProperties.age(scalar) > 17 * 256
  }

  /// NFKD of one scalar; empty where it is the scalar itself.
  func decomposition(of scalar: UInt32) -> [UInt32] {
    if let parts = YoungScalars.canonical[scalar] ?? YoungScalars.compatible[scalar] {
      return parts.flatMap { part in
        let further = decomposition(of: part)
        return further.isEmpty ? [part] : further
      }
    }
    let parts = UnicodeProperties.decomposition(of: scalar, compatible: true)
    return parts.isEmpty || Self.isLater(scalar) ? [] : parts
  }

  /// NFC of scalars that are decomposed and in canonical order (D117 of the Unicode Standard).
  func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for scalar in scalars {
      let ownClass = UnicodeProperties.combiningClass(of: scalar)
      if let place = starter {
        let isBlocked = place < result.count - 1 && lastClass >= ownClass
        if !isBlocked, let composite = composition(of: result[place], scalar) {
          result[place] = composite
          continue
        }
      }
      if ownClass == 0 { starter = result.count }
      lastClass = ownClass
      result.append(scalar)
    }
    return result
  }

  private func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    if let young = youngPairs[Self.key(first, second)] { return young }
    guard let composite = UnicodeProperties.composition(of: first, second) else { return nil }
    return Self.isLater(composite) ? nil : composite
  }

  /// The simple case folding.
  func folded(_ scalar: UInt32) -> UInt32 {
    if let young = YoungScalars.foldings[scalar] { return young }
    let folded = UnicodeProperties.folded(scalar)
    return folded == scalar || Self.isLater(scalar) ? scalar : folded
  }
}
