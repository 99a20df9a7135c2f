/// The four normal forms of UAX #15, over scalars, from ICU's data.
///
/// ICU's own call gives the text but not which character came from where; so the algorithm is
/// spelt out here over ICU's decompositions, combining classes and compositions, and tested against
/// that call over all of Unicode.
struct NormalForm: Equatable {
  var isCompatible: Bool
  var isComposed: Bool
  var repertoire: NormalizationStep.Repertoire

  func apply(to text: inout ScalarText, _ scratch: NormalizationScratch) {
    decompose(text.scalars, &scratch.changes, &scratch.marks, &scratch.parts)
    guard isComposed else {
      return text.replaceScalars(by: scratch.changes, spare: &scratch.spare)
    }
    compose(scratch.changes, &scratch.composed)
    text.replaceScalars(by: scratch.composed, spare: &scratch.spare)
  }

  private func isInert(_ scalar: UInt32) -> Bool {
    repertoire == .unicode9 && UnicodeProperties.isNewerThanUnicode9(scalar)
  }

  private func combiningClass(of scalar: UInt32) -> UInt8 {
    scalar < 0x300 || isInert(scalar) ? 0 : UnicodeProperties.combiningClass(of: scalar)
  }

  /// The full decomposition of one scalar; itself where it has none.
  func decomposition(of scalar: UInt32) -> [UInt32] {
    let parts =
      isInert(scalar)
      ? [] : UnicodeProperties.decomposition(of: scalar, compatible: isCompatible)
    return parts.isEmpty ? [scalar] : parts
  }

  /// Decomposes fully and puts marks in canonical order (D108, D109 of the Unicode Standard).
  private func decompose(
    _ scalars: [UInt32], _ result: inout [ScalarChange], _ order: inout MarkOrder,
    _ parts: inout [UInt32]
  ) {
    result.removeAll(keepingCapacity: true)
    order.removeAll()
    for scalar in scalars {
      let count =
        scalar < 0xA0 || isInert(scalar)
        ? 0 : UnicodeProperties.decompose(scalar, compatible: isCompatible, into: &parts)
      if count == 0 {
        append(ScalarChange(scalar: scalar, change: 0), to: &result, &order)
      }
      for index in 0..<count {
        append(
          ScalarChange(scalar: parts[index], change: index == 0 ? 0 : 1), to: &result, &order)
      }
    }
    order.finish(&result)
  }

  private func append(
    _ new: ScalarChange, to result: inout [ScalarChange], _ order: inout MarkOrder
  ) {
    order.append(combiningClass(of: new.scalar), at: result.count, sorting: &result)
    result.append(new)
  }

  /// Composes primary composites (D117). An absorbed mark takes its source along: −1 a source.
  private func compose(_ scalars: [ScalarChange], _ result: inout [ScalarChange]) {
    result.removeAll(keepingCapacity: true)
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
struct MarkOrder {
  /// Where the run of marks at the end starts, and the classes in it.
  private var start = 0
  private var classes: [UInt8] = []
  private var isOrdered = true

  /// Forgets what was noted.
  mutating func removeAll() {
    start = 0
    classes.removeAll(keepingCapacity: true)
    isOrdered = true
  }

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
    if classes.count <= 16 { return sortFew(&scalars) }
    let sorted = classes.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
    let marks = sorted.map { scalars[start + $0] }
    scalars.replaceSubrange(start..<start + marks.count, with: marks)
  }

  /// By insertion, in place: runs of marks in text are short.
  private mutating func sortFew(_ scalars: inout [ScalarChange]) {
    for index in classes.indices.dropFirst() {
      var place = index
      while place > 0, classes[place - 1] > classes[place] {
        classes.swapAt(place - 1, place)
        scalars.swapAt(start + place - 1, start + place)
        place -= 1
      }
    }
  }
}
