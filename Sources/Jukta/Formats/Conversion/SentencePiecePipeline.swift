/// The steps by which tokenizers comes nearest to what SentencePiece does with a compiled map.
///
/// tokenizers has the same map as `Precompiled`, but looks up single characters and clusters of under six
/// bytes, and of a cluster it replaces all by what its shortest beginning becomes. So
/// - sources of several characters of an Indic script (ে and া, which compose) are never found: those are put
///   in front as replacements; all rules for several characters are, where there are few;
/// - a mark behind a short source (¯ and ্, an Arabic presentation form and a vowel sign) is lost: `guarded`
///   keeps the two apart.
///
/// Over 233,520 lines of Bengali web text `nmt_nfkc` is then the same in all; by `Precompiled` alone one line in
/// ninety differs.
enum SentencePiecePipeline {
  /// More replacements than this would cost more than they bring.
  private static let most = 256
  /// Parts clusters, is in no text and no rule: unassigned, a control for clusters.
  static let separator: Unicode.Scalar = "\u{FFF0}"
  static let dropSeparator = NormalizationStep.replace(
    .string(String(separator)), content: "")

  static func steps(
    _ bytes: [UInt8], _ log: inout ConversionNotes
  ) throws -> [NormalizationStep] {
    if bytes.isEmpty { return [] }
    let map = try PrecompiledMap(bytes)
    let rules = map.rules() ?? []
    let sequences = rules.filter { Self.isSequence($0) }
    let chosen = sequences.count <= most ? sequences : sequences.filter(isIndic)
    let longestFirst = chosen.sorted {
      $0.source.count != $1.source.count
        ? $0.source.count > $1.source.count : $0.source.lexicographicallyPrecedes($1.source)
    }
    let replacements = longestFirst.prefix(most).map { rule in
      NormalizationStep.replace(
        .string(String(decoding: rule.source, as: UTF8.self)),
        content: String(decoding: rule.target, as: UTF8.self))
    }
    if !replacements.isEmpty {
      log.carry(
        "normalizer",
        "\(replacements.count) rules for several characters stand before Precompiled, which does not "
          + "find them in the map")
    }
    if replacements.count < sequences.count {
      log.differ(
        .severalCharacters, "normalizer",
        "\(sequences.count - replacements.count) rules for several characters, as Latin letters with their "
          + "accents apart and parts of Hangul syllables: tokenizers' Precompiled finds few of them"
      )
    }
    return replacements + guarded(map, rules)
  }

  /// `Precompiled`, with steps around it that keep marks out of the clusters of sources.
  static func guarded(_ map: PrecompiledMap, _ rules: [PrecompiledMap.Rule]) -> [NormalizationStep]
  {
    var sources: [Int: [UInt32]] = [:]
    for rule in rules where !isSequence(rule) {
      guard let scalar = String(decoding: rule.source, as: UTF8.self).unicodeScalars.first else {
        continue
      }
      if scalar == separator { return [.precompiled(map)] }
      sources[rule.source.count, default: []].append(scalar.value)
    }
    let (two, three) = (sources[2, default: []], sources[3, default: []])
    // A cluster of the two is under six bytes.
    let short = extending(0x80..<0x800)
    let long = extending(0x800..<0x10000)
    let lineEnds: [UInt32] = sources[1, default: []].contains(0x0D) ? [0x0D] : []
    let pairs: [(after: [UInt32], before: [UInt32])] = [
      (short, two + three), (long, two), (lineEnds.map { _ in 0x0A }, lineEnds),
    ]
    let alternatives = pairs.filter { !$0.after.isEmpty && !$0.before.isEmpty }.map {
      (after: ListedClass($0.after), before: ListedClass($0.before))
    }
    if alternatives.isEmpty { return [.precompiled(map)] }
    return [
      .replace(.regex(BetweenPattern.text(alternatives)), content: String(separator)),
      .precompiled(map), dropSeparator,
    ]
  }

  /// The scalars that go on a grapheme cluster.
  private static func extending(_ range: Range<UInt32>) -> [UInt32] {
    let table = ScalarClassTable.shared
    return range.filter { scalar in
      let page = Int(table.index[Int(scalar >> 8)])
      switch table.kinds[Int(table.pages[page << 8 | Int(scalar & 255)])].grapheme {
      case .extend, .zwj, .spacingMark, .linker, .extendOnly: return true
      default: return false
      }
    }
  }

  /// Whether a rule is for two or more scalars.
  static func isSequence(_ rule: PrecompiledMap.Rule) -> Bool {
    rule.source.dropFirst().contains { $0 & 0xC0 != 0x80 }
  }

  /// Whether a rule is for Indic scripts alone (U+0900 to U+0DFF).
  private static func isIndic(_ rule: PrecompiledMap.Rule) -> Bool {
    String(decoding: rule.source, as: UTF8.self).unicodeScalars.allSatisfy {
      (0x900..<0xE00).contains($0.value)
    }
  }
}

extension TextFrontEnd {
  /// The front end that comes nearest to this one in tokenizer.json, which has no normaliser of
  /// SentencePiece's, and where it differs: itself, where it has none either.
  public func tokenizerJSONForm() throws -> (frontEnd: TextFrontEnd, notes: [ConversionNote]) {
    guard let sentencePiece = normalizer.sentencePiece else { return (self, []) }
    var log = ConversionNotes()
    var marksFront = false
    if case .metaspace(_, let scheme, _)? = preTokenizer.flattened.first {
      marksFront = scheme != .never
    }
    let steps =
      try SentencePiecePipeline.steps(sentencePiece.map?.bytes ?? [], &log)
      + SpaceSteps.steps(sentencePiece.options, leavesFront: marksFront)
    return (TextFrontEnd(normalizer: try Normalizer(steps), preTokenizer: preTokenizer), log.all)
  }
}
