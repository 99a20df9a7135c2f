/// What a list of steps means for a `FusedTable`, if it means anything to one.
///
/// A table can say three things: what becomes of a scalar alone, which pairs of neighbours something
/// may happen to, and which scalars must always be looked at in their context. A step that is none
/// of these makes the whole list plain.
struct FusedPlan {
  struct Pair: Hashable {
    var first: UInt32
    var second: UInt32
  }

  /// Neighbours that some step changes, in this order.
  private(set) var pairs: Set<Pair> = []
  /// Scalars that some step looks at together with what stands before them.
  private(set) var triggers: Set<UInt32> = []
  /// Whether runs of spaces become one.
  private(set) var collapsesSpaces = false
  /// What a colon after a Bengali scalar becomes, where a step says so.
  private(set) var colonReplacement: String?

  /// Whether a text with one of `WholeTextScalars` is done plainly.
  private(set) var readsTexts = false

  /// The colon rule of the 2021 recipe.
  static let colonPattern = "(?<=[\\u0980-\\u09ff]):"

  /// nil where a step is not one that the scan knows.
  init?(_ steps: [NormalizationStep]) {
    var hasForm = false
    for step in steps {
      switch step {
      case .nmt, .lowercase: break
      case .nfc where hasForm && !collapsesSpaces && colonReplacement == nil: break
      case .nfkc:
        // After the collapse it could bring new spaces, after the colon rule new colons.
        guard !collapsesSpaces, colonReplacement == nil else { return nil }
        hasForm = true
        pairs.formUnion([
          Pair(first: 0x09C7, second: 0x09BE), Pair(first: 0x09C7, second: 0x09D7),
          Pair(first: 0x09CD, second: 0x09BC),
        ])
      case .replace(let pattern, let content):
        guard add(pattern, content) else { return nil }
      default: return nil
      }
    }
    guard hasForm else { return nil }
  }

  private mutating func add(_ pattern: NormalizationStep.Pattern, _ content: String) -> Bool {
    switch pattern {
    case .regex(" {2,}"):
      collapsesSpaces = true
      return content == " "
    case .regex(Self.colonPattern):
      guard colonReplacement == nil else { return false }
      colonReplacement = content
      return content == "\u{0983}"
    case .string(let needle): return add(needle: needle, content)
    case .regex(let regex): return add(regex: regex, content)
    }
  }

  private mutating func add(needle: String, _ content: String) -> Bool {
    let scalars = needle.unicodeScalars.map(\.value)
    // A space or a colon that comes or goes would reach beyond its neighbours.
    guard !needle.contains(where: { $0 == " " || $0 == ":" }),
      !content.contains(where: { $0 == " " || $0 == ":" }), colonReplacement == nil
    else { return false }
    guard scalars.count == 2 else { return scalars.count == 1 }
    // Other pairs could arise where a scalar that becomes another in any context stands beside one
    // of theirs; no repair has such a scalar.
    pairs.insert(Pair(first: scalars[0], second: scalars[1]))
    return Self.isRepair(.replace(.string(needle), content: content))
  }

  private static func isRepair(_ step: NormalizationStep) -> Bool {
    BengaliRepair.allCases.contains { $0.steps.contains(step) }
  }

  /// The repairs of the `bengali` preset that are written as regular expressions.
  private mutating func add(regex: String, _ content: String) -> Bool {
    let step = NormalizationStep.replace(.regex(regex), content: content)
    guard colonReplacement == nil, Self.isRepair(step) else { return false }
    let scalars = Array(content.unicodeScalars)
    if scalars.count == 1, regex == content + "{2,}" {
      pairs.insert(Pair(first: scalars[0].value, second: scalars[0].value))
    }
    // What the other repairs look for is never left alone by itself.
    if BengaliRepair.dandas.steps.contains(step) {
      triggers.formUnion([0x7C, 0x09F7])
      readsTexts = true
    }
    if BengaliRepair.khandaTa.steps.contains(step)
      || BengaliRepair.strayJoiners.steps.contains(step)
      || BengaliRepair.oldYaPhala.steps.contains(step)
    {
      triggers.formUnion([0x200C, 0x200D])
      readsTexts = true
    }
    // A text in which it could find something never comes here (`WholeTextScalars`).
    if BengaliRepair.signOrder.steps.contains(step) { readsTexts = true }
    return true
  }
}
