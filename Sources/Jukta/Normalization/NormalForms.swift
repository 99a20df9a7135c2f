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
    var order = MarkOrder()
    func append(_ scalar: UInt32, change: Int) {
      order.append(combiningClass(of: scalar), at: result.count, sorting: &result)
      result.append(ScalarChange(scalar: scalar, change: change))
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
    order.finish(&result)
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

/// Puts each run of marks in the order of their classes, those of one class as they came (D109):
/// O(*n* log *n*) for a run of any length.
private struct MarkOrder {
  /// Where the run of marks at the end starts, and the classes in it.
  private var start = 0
  private var classes: [UInt8] = []
  private var isOrdered = true

  /// Notes the class of the scalar that will be appended at `place`.
  mutating func append(_ ownClass: UInt8, at place: Int, sorting scalars: inout [ScalarChange]) {
    if ownClass == 0 {
      finish(&scalars)
      start = place + 1
      return
    }
    if let last = classes.last, last > ownClass { isOrdered = false }
    classes.append(ownClass)
  }

  /// Sorts the run at the end.
  mutating func finish(_ scalars: inout [ScalarChange]) {
    defer {
      classes.removeAll(keepingCapacity: true)
      isOrdered = true
    }
    guard !isOrdered else { return }
    let sorted = classes.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
    let marks = sorted.map { scalars[start + $0] }
    scalars.replaceSubrange(start..<start + marks.count, with: marks)
  }
}
