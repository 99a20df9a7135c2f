/// SentencePiece's rule sets by name, rule for rule those of 0.2.3 (Unicode 17.0).
///
///     let map = SentencePieceRuleSet.nmtNFKC.map      // 225,276 rules
///
/// They are made from Unicode's data, not from SentencePiece's: see Documentation/decisions/0071.
public enum SentencePieceRuleSet: String, CaseIterable, Sendable {
  /// Compatibility forms go, letters and marks compose; controls go, odd spaces become spaces.
  /// **ZWNJ becomes a space**, ZWJ stays.
  case nmtNFKC = "nmt_nfkc"
  /// Compatibility forms go, letters and marks compose.
  case nfkc
  /// `nmt_nfkc` in lower case.
  case nmtNFKCCaseFolded = "nmt_nfkc_cf"
  /// `nfkc` in lower case.
  case nfkcCaseFolded = "nfkc_cf"
  /// Nothing is replaced.
  case identity

  /// The compiled rules; nil for `identity`. Made once a process and shared.
  public var map: PrecompiledMap? {
    switch self {
    case .nmtNFKC: Self.nmtNFKCMap
    case .nfkc: Self.nfkcMap
    case .nmtNFKCCaseFolded: Self.nmtNFKCCaseFoldedMap
    case .nfkcCaseFolded: Self.nfkcCaseFoldedMap
    case .identity: nil
    }
  }

  private static let nmtNFKCMap = made(isNMT: true, isFolded: false)
  private static let nfkcMap = made(isNMT: false, isFolded: false)
  private static let nmtNFKCCaseFoldedMap = made(isNMT: true, isFolded: true)
  private static let nfkcCaseFoldedMap = made(isNMT: false, isFolded: true)

  private static func made(isNMT: Bool, isFolded: Bool) -> PrecompiledMap? {
    let unicode = Unicode17()
    var rules = compatibility(unicode)
    if isNMT { addNMT(to: &rules) }
    if isFolded { fold(&rules, unicode) }
    return try? PrecompiledMap(rules: rules.compilable)
  }

  /// Scalars from here on have no decomposition in Unicode 17.
  private static let end: UInt32 = 0x30000

  /// NFKC as far as rules without context can say it: each scalar, and each way to spell a
  /// decomposition that composes.
  private static func compatibility(_ unicode: Unicode17) -> ScalarRules {
    var rules = ScalarRules()
    var spellings: [UInt32: [UInt32]] = [:]
    var sequences: [[UInt32]] = []
    for scalar in 1..<end where !(0xD800...0xDFFF).contains(scalar) {
      let parts = unicode.decomposition(of: scalar)
      guard !parts.isEmpty else { continue }
      let composed = unicode.composed(parts)
      if composed != [scalar] { rules[[scalar]] = composed }
      if parts.count == 1 {
        spellings[parts[0], default: []].append(scalar)
      } else {
        sequences.append(parts)
      }
    }
    for parts in Set(sequences) {
      let composed = unicode.composed(parts)
      guard composed != parts else { continue }
      forEachSpelling(of: parts, spellings) { spelling in
        if !rules.addSyllable(spelling, parts) { rules[spelling] = composed }
      }
    }
    rules.removeRedundant()
    return rules
  }

  /// Every way to write `parts` with one scalar for each part.
  private static func forEachSpelling(
    of parts: [UInt32], _ spellings: [UInt32: [UInt32]], _ body: ([UInt32]) -> Void
  ) {
    var spelling = parts
    func choose(_ place: Int) {
      guard place < parts.count else { return body(spelling) }
      for scalar in [parts[place]] + spellings[parts[place], default: []] {
        spelling[place] = scalar
        choose(place + 1)
      }
    }
    choose(0)
  }

  /// The clean-up of SentencePiece's translation systems, as 0.2.3 has it: unlike tokenizer.json's
  /// `Nmt` it leaves ZWJ, and takes U+061C.
  private static func addNMT(to rules: inout ScalarRules) {
    for scalar in UInt32(1)...0xFFFF where isDropped(scalar) { rules[[scalar]] = [] }
    for scalar in UInt32(1)...0xFFFF where isSpace(scalar) { rules[[scalar]] = [0x20] }
    rules[[0xFF5E]] = nil
    rules.removeRedundant()
  }

  private static func isDropped(_ scalar: UInt32) -> Bool { NMT.isRemoved(scalar) }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    scalar != 0x200D && NMT.becomesSpace(scalar) || scalar == 0x061C
  }

  /// Lower case: of every target, and of every scalar that has no rule.
  private static func fold(_ rules: inout ScalarRules, _ unicode: Unicode17) {
    rules.mapTargets(unicode.folded)
    for scalar in 1..<end where !(0xD800...0xDFFF).contains(scalar) {
      let folded = unicode.folded(scalar)
      if folded != scalar, rules[[scalar]] == nil { rules[[scalar]] = [folded] }
    }
    rules.removeRedundant()
  }
}
