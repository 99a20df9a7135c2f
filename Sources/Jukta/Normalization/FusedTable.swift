/// A pipeline of common steps compiled into one class for each scalar, so that a single scan does
/// the work of all of them.
///
/// Bengali and English text is nearly always unchanged: the scan copies it in long runs and stops
/// only where something may happen. A stop is either *fixed* (this scalar becomes those bytes, in
/// any context: য়, A, |) or *slow*: then the stretch between two scalars that nothing can reach
/// across goes through the plain pipeline. The table decides nothing by itself; it is built by asking
/// the plain pipeline about each scalar.
///
/// Layout: one byte a scalar of the Basic Multilingual Plane (64 KiB, of which Bengali and ASCII
/// touch a few cache lines); scalars beyond are slow. States and classes index a table of
/// transitions; `stop` means that the scan has to look closer.
final class FusedTable: Sendable {
  /// What a scalar is to the scan.
  enum Class: UInt8 {
    /// Unchanged in any context, and nothing looks back across it.
    case other, bengali
    /// ে, which া and ৗ compose with.
    case signE
    /// া and ৗ: unchanged unless right after ে.
    case secondHalf
    /// Unchanged unless right after a hasanta, with which it changes places.
    case nukta
    case hasanta
    /// Unchanged unless right after another space.
    case space
    /// Unchanged unless right after a scalar of the Bengali block.
    case colon
    /// Becomes `replacements[scalar]` in any context.
    case fixed
    /// Ask the plain pipeline.
    case slow
  }
  static let classCount = 10
  static let stop: UInt8 = 0xFF

  /// What the scan remembers of the scalar before.
  enum State: UInt8 { case other, bengali, signE, hasanta, space }

  /// The class of each scalar of the Basic Multilingual Plane.
  let classes: [UInt8]
  /// `state * classCount + class` → next state, or `stop`.
  let transitions: [UInt8]
  /// What a fixed scalar becomes: up to 7 bytes, little-endian, their number in the top byte.
  let replacements: [UInt16: UInt64]
  /// What follows a colon after a Bengali scalar, in the same form; nil where nothing happens to it.
  let colonReplacement: UInt64?

  /// Compiles `steps`, or gives nil where they hold something that no table can say.
  init?(_ steps: [NormalizationStep]) {
    guard let plan = FusedPlan(steps), let plain = try? PlainPipeline(steps) else { return nil }
    var classes = [UInt8](repeating: Class.slow.rawValue, count: 0x10000)
    var replacements: [UInt16: UInt64] = [:]
    for scalar in UInt32(0)..<0x10000 where scalar < 0xD800 || scalar > 0xDFFF {
      let (kind, replacement) = Self.classify(scalar, plan: plan, plain: plain)
      classes[Int(scalar)] = kind.rawValue
      if let replacement { replacements[UInt16(scalar)] = replacement }
    }
    self.classes = classes
    self.replacements = replacements
    colonReplacement = plan.colonReplacement.map { Self.pack(Array($0.utf8)) }
    transitions = Self.makeTransitions(plan)
  }

  private static func makeTransitions(_ plan: FusedPlan) -> [UInt8] {
    var table = [UInt8](repeating: stop, count: 5 * classCount)
    for state in UInt8(0)..<5 {
      func set(_ kind: Class, _ next: State) {
        table[Int(state) * classCount + Int(kind.rawValue)] = next.rawValue
      }
      set(.other, .other)
      set(.bengali, .bengali)
      set(.signE, .signE)
      if state != State.signE.rawValue || !plan.composes { set(.secondHalf, .bengali) }
      if state != State.hasanta.rawValue || !plan.reorders { set(.nukta, .bengali) }
      set(.hasanta, .hasanta)
      if state != State.space.rawValue || !plan.collapsesSpaces { set(.space, .space) }
      if plan.colonReplacement == nil || state == State.other.rawValue
        || state == State.space.rawValue
      {
        set(.colon, .other)
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

  private static func classify(
    _ scalar: UInt32, plan: FusedPlan, plain: PlainPipeline
  ) -> (Class, UInt64?) {
    switch scalar {
    case 0x20: return (.space, nil)
    case 0x3A: return (.colon, nil)
    case 0x09C7: return (.signE, nil)
    case 0x09BE, 0x09D7: return (.secondHalf, nil)
    case 0x09BC: return (.nukta, nil)
    case 0x09CD: return (.hasanta, nil)
    default: break
    }
    guard !plan.triggers.contains(scalar) else { return (.slow, nil) }
    if plan.hasForm {
      guard UnicodeProperties.hasBoundaryBefore(scalar, compatible: true),
        UnicodeProperties.combiningClass(of: scalar) == 0,
        !UnicodeProperties.isNewerThanUnicode9(scalar)
      else { return (.slow, nil) }
    }
    guard let result = plain.result(of: scalar) else { return (.slow, nil) }
    let isBengali = scalar >= 0x0980 && scalar <= 0x09FF
    if result == [scalar] {
      // é and its like: a mark that follows may find its way between the letter and its accent.
      let parts = UnicodeProperties.decomposition(of: scalar, compatible: true)
      let trailing = parts.last.map(UnicodeProperties.combiningClass(of:)) ?? 0
      return trailing != 0 && plan.hasForm
        ? (.slow, nil) : (isBengali ? .bengali : .other, nil)
    }
    // Fixed only where the result is as closed to its neighbours as a letter is.
    let isPlain = result.allSatisfy {
      ($0 > 0x20 && $0 < 0x7F && $0 != 0x3A) || $0 == 0x0964 || $0 == 0x0965
        || ($0 >= 0x0995 && $0 <= 0x09B9) || $0 == 0x09BC
    }
    guard isPlain, !result.isEmpty, result[0] != 0x09BC, result.count <= 2 else {
      return (.slow, nil)
    }
    let text = String(String.UnicodeScalarView(result.compactMap(Unicode.Scalar.init)))
    return (.fixed, pack(Array(text.utf8)))
  }
}

/// What a list of steps means for a table, if it means anything to one.
struct FusedPlan {
  /// Whether a normal form is among the steps.
  private(set) var hasForm = false
  private(set) var composes = false
  private(set) var reorders = false
  private(set) var collapsesSpaces = false
  /// What a colon after a Bengali scalar becomes, where a step says so.
  private(set) var colonReplacement: String?
  /// Scalars that some step looks at together with their neighbours.
  private(set) var triggers: Set<UInt32> = []

  /// nil where a step is not one that the scan knows.
  init?(_ steps: [NormalizationStep]) {
    guard !steps.isEmpty else { return nil }
    for step in steps {
      switch step {
      case .nmt, .lowercase: break
      case .nfkc:
        guard !collapsesSpaces, colonReplacement == nil else { return nil }
        hasForm = true
        composes = true
        reorders = true
      case .replace(.regex(" {2,}"), content: " "): collapsesSpaces = true
      case .replace(.regex("(?<=[\\u0980-\\u09ff]):"), let content):
        guard content == "\u{0983}", colonReplacement == nil else { return nil }
        colonReplacement = content
      case .replace(.string(let needle), let content):
        // One character for one that no other step looks at.
        guard needle.unicodeScalars.count == 1, content.unicodeScalars.count == 1,
          colonReplacement == nil, !" :".contains(needle), !" :".contains(content)
        else { return nil }
      default: return nil
      }
    }
    guard hasForm else { return nil }
  }
}

extension PlainPipeline {
  /// What becomes of one scalar that stands alone.
  func result(of scalar: UInt32) -> [UInt32]? {
    var bytes = ByteBuffer(capacity: 8)
    UTF8Scalars.append(scalar, to: &bytes)
    var output = ByteBuffer(capacity: 64)
    var alignment: Alignment?
    let count = bytes.count
    let done: Bool = bytes.span.withUnsafeBufferPointer {
      (try? run($0, 0..<count, start: 0, into: &output, alignment: &alignment)) != nil
    }
    guard done else { return nil }
    return output.span.withUnsafeBufferPointer {
      String(decoding: $0, as: UTF8.self).unicodeScalars.map(\.value)
    }
  }
}
