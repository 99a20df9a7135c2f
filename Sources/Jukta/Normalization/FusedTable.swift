/// A pipeline of common steps compiled into one class for each scalar, so that a single scan does
/// the work of all of them.
///
/// Bengali and English text is nearly always unchanged: the scan copies it in long runs and stops
/// only where something may happen. A stop is either *fixed* (this scalar becomes those bytes, in
/// any context: য়, A, |) or *slow*: then the stretch between two scalars that nothing can reach
/// across goes through the plain pipeline. What becomes of a scalar is learnt
/// by asking the plain pipeline about it (`FusedPages`).
///
/// Layout: one byte a scalar of the Basic Multilingual Plane (64 KiB, of which Bengali and ASCII
/// touch a few cache lines); scalars beyond are slow. The state of the scan is the class of the
/// scalar before, so a table of class after class says where to stop: at every fixed or slow
/// scalar, and at each pair of neighbours that some step may change.
final class FusedTable: Sendable {
  /// The classes that every table has; scalars that are part of a pair have one each, from
  /// `firstSpecial` on.
  enum Class {
    /// Unchanged in any context, and nothing looks back across it.
    static let other: UInt8 = 0
    /// The same, of the Bengali block.
    static let bengali: UInt8 = 1
    /// Becomes `replacements[scalar]` in any context.
    static let fixed: UInt8 = 2
    /// Ask the plain pipeline.
    static let slow: UInt8 = 3
    static let space: UInt8 = 4
    static let colon: UInt8 = 5
    static let firstSpecial: UInt8 = 6
  }
  /// How many classes and states a table has room for.
  static let classCount = 64
  static let stop: UInt8 = 0xFF

  /// The classes and replacements of scalars, shared by all workers.
  let pages: FusedPageStore
  /// `class before * classCount + class` → the class again, or `stop`.
  let transitions: [UInt8]
  /// For each class, whether nothing looks across the front of its scalars.
  let isBoundary: [Bool]
  /// What a colon after a Bengali scalar becomes, packed as replacements are.
  let colonReplacement: UInt64?
  /// Whether a text that holds a pipe must be done plainly.
  let readsTexts: Bool

  /// Compiles `steps`, or gives nil where they hold something that no table can say.
  /// - Parameter plain: the same steps.
  init?(_ steps: [NormalizationStep], _ plain: PlainPipeline) {
    guard let plan = FusedPlan(steps) else { return nil }
    let specials = Set(plan.pairs.flatMap { [$0.first, $0.second] }).sorted()
    guard specials.allSatisfy({ $0 < 0x10000 }),
      specials.count + Int(Class.firstSpecial) <= Self.classCount,
      let pages = FusedPageStore(plan, specials: specials, plain)
    else { return nil }
    self.pages = pages
    readsTexts = plan.readsTexts
    // A special scalar is boundary only where it is a letter that no pair has in second place.
    var isBoundary = [Bool](repeating: false, count: Self.classCount)
    for kind in [Class.other, Class.bengali, Class.fixed] { isBoundary[Int(kind)] = true }
    for (index, scalar) in specials.enumerated() {
      isBoundary[Int(Class.firstSpecial) + index] =
        UnicodeProperties.hasBoundaryBefore(scalar, compatible: true)
        && !plan.pairs.contains { $0.second == scalar }
    }
    self.isBoundary = isBoundary
    colonReplacement = plan.colonReplacement.map { Self.pack(Array($0.utf8)) }
    transitions = Self.makeTransitions(plan, specials)
  }

  private static func makeTransitions(_ plan: FusedPlan, _ specials: [UInt32]) -> [UInt8] {
    var table = [UInt8](repeating: stop, count: classCount * classCount)
    let used = Int(Class.firstSpecial) + specials.count
    for before in 0..<used {
      for kind in 0..<UInt8(used) where kind != Class.fixed && kind != Class.slow {
        table[before * classCount + Int(kind)] = kind
      }
      let isBengali =
        before == Int(Class.bengali)
        || (before >= Int(Class.firstSpecial)
          && (0x0980...0x09FF).contains(specials[before - Int(Class.firstSpecial)]))
      if isBengali, plan.colonReplacement != nil {
        table[before * classCount + Int(Class.colon)] = stop
      }
    }
    if plan.collapsesSpaces { table[Int(Class.space) * classCount + Int(Class.space)] = stop }
    for (first, scalar) in specials.enumerated() {
      for (second, other) in specials.enumerated()
      where plan.pairs.contains(FusedPlan.Pair(first: scalar, second: other)) {
        let row = (Int(Class.firstSpecial) + first) * classCount
        table[row + Int(Class.firstSpecial) + second] = stop
      }
    }
    return table
  }

  /// Bytes and their number in one word.
  static func pack(_ bytes: [UInt8]) -> UInt64 {
    var word = UInt64(bytes.count) << 56
    for (index, byte) in bytes.enumerated() { word |= UInt64(byte) << (8 * UInt64(index)) }
    return word
  }

  static func classify(
    _ scalar: UInt32, _ result: [UInt32], plan: FusedPlan
  ) -> (UInt8, UInt64?) {
    let isBengali = scalar >= 0x0980 && scalar <= 0x09FF
    if result == [scalar] { return (isBengali ? Class.bengali : Class.other, nil) }
    // Fixed only where the result is as closed to its neighbours as a letter is.
    let isPlain = result.allSatisfy {
      ($0 > 0x20 && $0 < 0x7F && $0 != 0x3A) || $0 == 0x0964 || $0 == 0x0965
        || ($0 >= 0x0995 && $0 <= 0x09B9 && $0 != 0x09AC && $0 != 0x09B0) || $0 == 0x09BC
    }
    guard isPlain, !result.isEmpty, result[0] != 0x09BC, result.count <= 2,
      !result.contains(where: plan.triggers.contains)
    else { return (Class.slow, nil) }
    let text = String(String.UnicodeScalarView(result.compactMap(Unicode.Scalar.init)))
    return (Class.fixed, pack(Array(text.utf8)))
  }

  /// Whether no normal form looks back across this scalar, nor puts a later mark inside it.
  static func isSelfContained(_ scalar: UInt32) -> Bool {
    guard UnicodeProperties.hasBoundaryBefore(scalar, compatible: true),
      UnicodeProperties.combiningClass(of: scalar) == 0,
      !UnicodeProperties.isNewerThanUnicode9(scalar)
    else { return false }
    // é and its like: a mark that follows may find its way between the letter and its accent.
    // A nukta (য়) stays first whatever follows, and virama orders behind it.
    let last = UnicodeProperties.decomposition(of: scalar, compatible: true).last ?? scalar
    return last == 0x09BC || UnicodeProperties.combiningClass(of: last) == 0
  }
}

extension PlainPipeline {
  /// A letter that no step of any plan changes, nor looks at: ꀀ, of the Yi syllables.
  private static let separator: UInt32 = 0xA000

  /// What becomes of each of `scalars` where it stands between letters that have nothing to do with
  /// it: one run over all of them, a separator on either side. nil where that cannot be told.
  func results(of scalars: [UInt32]) -> [[UInt32]]? {
    var bytes = ByteBuffer(capacity: scalars.count * 8)
    for scalar in scalars {
      UTF8Scalars.append(Self.separator, to: &bytes)
      UTF8Scalars.append(scalar, to: &bytes)
    }
    UTF8Scalars.append(Self.separator, to: &bytes)
    var output = ByteBuffer(capacity: bytes.count)
    var alignment: Alignment?
    let count = bytes.count
    let done: Bool = bytes.span.withUnsafeBufferPointer {
      (try? run($0, 0..<count, start: 0, into: &output, alignment: &alignment)) != nil
    }
    guard done else { return nil }
    return split(output.bytes, scalars)
  }

  private func split(_ bytes: [UInt8], _ scalars: [UInt32]) -> [[UInt32]]? {
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
    var results: [[UInt32]] = []
    results.reserveCapacity(scalars.count)
    var position = 0
    for scalar in scalars {
      guard position < text.count, text[position] == Self.separator else { return nil }
      position += 1
      // The separator itself stands for itself, and is the one result that holds one.
      var end = scalar == Self.separator ? position + 1 : position
      while end < text.count, text[end] != Self.separator { end += 1 }
      results.append(Array(text[position..<end]))
      position = end
    }
    return position + 1 == text.count ? results : nil
  }
}
