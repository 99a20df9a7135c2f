/// The four normal forms of UAX #15, over scalars, from ICU's data.
///
/// ICU's own call gives the text but not which character came from where; so the algorithm is
/// spelt out here over ICU's decompositions, combining classes and compositions, and tested against
/// that call over all of Unicode.
struct NormalForm: Equatable {
  var isCompatible: Bool
  var isComposed: Bool
  var repertoire: NormalizationStep.Repertoire

  func apply(to text: inout ScalarText) {
    var changes = decomposed(text.scalars)
    if isComposed { changes = composed(changes) }
    text = text.replacingScalars(by: changes)
  }

  private func isInert(_ scalar: UInt32) -> Bool {
    repertoire == .unicode9 && UnicodeProperties.isNewerThanUnicode9(scalar)
  }

  private func combiningClass(of scalar: UInt32) -> UInt8 {
    scalar < 0x300 || isInert(scalar) ? 0 : UnicodeProperties.combiningClass(of: scalar)
  }

  /// Decomposes fully and puts marks in canonical order (D108, D109 of the Unicode Standard).
  private func decomposed(_ scalars: [UInt32]) -> [ScalarChange] {
    var result: [ScalarChange] = []
    result.reserveCapacity(scalars.count * 2)
    var classes: [UInt8] = []
    /// Appends a scalar where its class puts it: stable, and never across a starter.
    func append(_ scalar: UInt32, change: Int) {
      let ownClass = combiningClass(of: scalar)
      var place = result.count
      if ownClass != 0 {
        while place > 0, classes[place - 1] > ownClass { place -= 1 }
      }
      result.insert(ScalarChange(scalar: scalar, change: change), at: place)
      classes.insert(ownClass, at: place)
    }
    for scalar in scalars {
      let parts =
        scalar < 0xA0 || isInert(scalar)
        ? [] : UnicodeProperties.decomposition(of: scalar, compatible: isCompatible)
      if parts.isEmpty {
        append(scalar, change: 0)
      } else {
        for (index, part) in parts.enumerated() { append(part, change: index == 0 ? 0 : 1) }
      }
    }
    return result
  }

  /// Composes primary composites (D117). An absorbed mark takes its source along: −1 a source.
  private func composed(_ scalars: [ScalarChange]) -> [ScalarChange] {
    var result: [ScalarChange] = []
    result.reserveCapacity(scalars.count)
    var starter: Int?
    var lastClass: UInt8 = 0
    for next in scalars {
      let ownClass = combiningClass(of: next.scalar)
      if let starter {
        let isAdjacent = starter == result.count - 1
        let isBlocked = !isAdjacent && (lastClass >= ownClass)
        if !isBlocked, let composite = composition(of: result[starter].scalar, next.scalar) {
          result[starter].scalar = composite
          result[starter].change += next.change - 1
          continue
        }
      }
      if ownClass == 0 { starter = result.count }
      lastClass = ownClass
      result.append(next)
    }
    return result
  }

  private func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    if second < 0x300 || isInert(first) || isInert(second) { return nil }
    guard let composite = UnicodeProperties.composition(of: first, second), !isInert(composite)
    else { return nil }
    return composite
  }
}
