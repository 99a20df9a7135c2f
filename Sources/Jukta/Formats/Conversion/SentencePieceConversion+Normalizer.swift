extension SentencePieceConversion {
  /// Makes the map and the flags of a normaliser and of Metaspace.
  mutating func setNormalizer(_ frontEnd: TextFrontEnd) throws(ConversionError) {
    var spaces = SpaceSteps(frontEnd.normalizer.steps)
    try setMarker(frontEnd.preTokenizer.flattened, &spaces)
    if let normalizer = frontEnd.normalizer.sentencePiece {
      model.normalizer.precompiledMap = normalizer.map?.bytes ?? []
      if normalizer.options.addsDummyPrefix { model.normalizer.addsDummyPrefix = true }
      spaces.collapses = normalizer.options.removesExtraWhitespace
      (spaces.stripsLeft, spaces.stripsRight) = (spaces.collapses, spaces.collapses)
    } else {
      try setMap(spaces.rest, &spaces)
    }
    setSpaces(spaces)
  }

  private mutating func setMap(
    _ steps: [NormalizationStep], _ spaces: inout SpaceSteps
  ) throws(ConversionError) {
    if steps.isEmpty { return }
    for case .precompiled(let map) in steps { return setMap(map, beside: steps) }
    do {
      let compiled = try PipelineMap(try Normalizer(steps), leavingOut: true)
      model.normalizer.precompiledMap = compiled.map?.bytes ?? []
      if compiled.collapsesSpaces { spaces.collapses = true }
      for step in compiled.leftOut {
        log.lose("normalizer", "no map can say the step \(Self.text(step))")
      }
    } catch {
      throw ConversionError(part: "normalizer", reason: "\(error)")
    }
    let composes = steps.contains {
      switch $0 {
      case .nfc, .nfkc, .nfd, .nfkd: true
      default: false
      }
    }
    if composes {
      log.differ(
        .markOrder, "normalizer",
        "a map does not reorder marks and composes no further than two characters: rows of marks that "
          + "are out of order stay so")
    }
  }

  /// The map of a `Precompiled`, and what stands beside it.
  private mutating func setMap(_ map: PrecompiledMap, beside steps: [NormalizationStep]) {
    model.normalizer.precompiledMap = map.bytes
    let rules = map.rules() ?? []
    var targets: [[UInt8]: [UInt8]] = [:]
    for rule in rules { targets[rule.source] = rule.target }
    var rest = rules.count { SentencePiecePipeline.isSequence($0) }
    let guarded = SentencePiecePipeline.guarded(map, rules)
    var guards = 0
    for step in steps {
      switch step {
      case .precompiled(let other) where other == map: break
      case _ where guarded.contains(step): guards += 1
      // Said in front because tokenizers does not find it in the map.
      case .replace(.string(let source), let target)
      where targets[Array(source.utf8)] == Array(target.utf8):
        if source.unicodeScalars.count > 1 { rest -= 1 }
      default: log.lose("normalizer", "the step \(Self.text(step)), beside Precompiled")
      }
    }
    if guards + 1 < guarded.count {
      log.differ(
        .clusters, "normalizer",
        "tokenizers' Precompiled replaces grapheme clusters of under six bytes as a whole, by what their "
          + "shortest beginning becomes; SentencePiece keeps what follows it")
    }
    if rest > 0 {
      log.differ(
        .severalCharacters, "normalizer",
        "\(rest) rules for several characters: SentencePiece finds the longest source at every place, "
          + "tokenizers' Precompiled few of them")
    }
  }

  /// The steps that no map can say, found without making one.
  public static func inexpressibleSteps(of normalizer: Normalizer) -> [NormalizationStep] {
    SpaceSteps(normalizer.steps).rest.filter { step in
      switch step {
      case .nmt, .lowercase, .stripAccents, .nfc, .nfd, .nfkc, .nfkd, .precompiled: false
      case SpaceSteps.collapseSpaces: false
      case .replace(.string(let needle), _): WindowPattern(literal: needle) == nil
      case .replace(.regex(let pattern), _): WindowPattern(regex: pattern) == nil
      default: true
      }
    }
  }

  /// A step as tokenizer.json has it, cut short.
  static func text(_ step: NormalizationStep) -> String {
    var writer = JSONWriter()
    writer.value(NormalizerJSON.write([step]))
    let text = String(decoding: writer.output.bytes, as: UTF8.self)
    return text.unicodeScalars.count > 120
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(120))) + "…" : text
  }

  /// What Metaspace says: whether a space becomes ▁, and whether one is put in front.
  private mutating func setMarker(
    _ stages: [PreTokenizer], _ spaces: inout SpaceSteps
  ) throws(ConversionError) {
    var hasMarker = spaces.escapes
    for stage in stages {
      switch stage {
      case .metaspace(let replacement, let scheme, _):
        guard replacement == "\u{2581}" else {
          throw ConversionError(
            part: "pre_tokenizer", reason: "SentencePiece's marker is ▁, not \(replacement)")
        }
        hasMarker = true
        if scheme != .never { spaces.prefix = .unlessThere }
      case .whitespaceSplit:
        spaces.collapses = true
        (spaces.stripsLeft, spaces.stripsRight) = (true, true)
        log.differ(
          .whiteSpace, "pre_tokenizer",
          "white space other than U+0020 parts words only where the normaliser makes a space of it")
      case TextFrontEnd.markerBehind:
        hasMarker = true
        model.trainer.treatsWhitespaceAsSuffix = true
      case .byteLevel:
        throw ConversionError(part: "pre_tokenizer", reason: "byte-level words have no form")
      default: break
      }
    }
    let isBehind = model.trainer.treatsWhitespaceAsSuffix
    model.normalizer.escapesWhitespace = hasMarker
    model.normalizer.addsDummyPrefix = isBehind ? spaces.appends : spaces.prefix != .none
    if isBehind ? spaces.prefix != .none : spaces.appends {
      log.lose(
        "normalizer", "a ▁ stands in front where words end with one, or behind where they begin so")
    }
  }

  private mutating func setSpaces(_ spaces: SpaceSteps) {
    model.normalizer.removesExtraWhitespace = spaces.collapses
    if spaces.collapses {
      if !spaces.stripsRight {
        log.differ(
          .outerSpaces, "normalizer",
          "spaces at the end of a text go; tokenizer.json makes a ▁ of them")
      }
      let isMarked = spaces.prefix != .none && !model.trainer.treatsWhitespaceAsSuffix
      if !spaces.stripsLeft, !isMarked {
        log.differ(.outerSpaces, "normalizer", "spaces at the beginning of a text go")
      }
      return
    }
    if spaces.stripsLeft || spaces.stripsRight {
      log.lose(
        "normalizer",
        "spaces go from the ends and runs of them stay: SentencePiece does both or neither")
    }
    if spaces.prefix == .unlessThere {
      log.differ(
        .outerSpaces, "pre_tokenizer",
        "a text that begins with a space gets one more in front; Metaspace leaves it as it is")
    }
  }
}

/// The steps of a pipeline that are about spaces, taken off its end.
struct SpaceSteps {
  /// How a space comes to stand in front.
  enum Prefix {
    case none
    /// In front of every text.
    case always
    /// In front of a text that does not begin with one.
    case unlessThere
  }

  /// Runs of spaces become one.
  var collapses = false
  var stripsLeft = false
  var stripsRight = false
  /// A space becomes ▁.
  var escapes = false
  var prefix = Prefix.none
  /// A ▁ stands behind the text.
  var appends = false
  /// The steps before.
  private(set) var rest: [NormalizationStep]

  /// What takes exactly the spaces off both ends.
  static let stripSpaces = NormalizationStep.replace(.regex("\\A +| +\\z"), content: "")
  /// What takes the spaces off the end: enough where a marker in front takes those before.
  static let stripTrailing = NormalizationStep.replace(.regex(" +\\z"), content: "")
  static let escapeSpaces = NormalizationStep.replace(.string(" "), content: "\u{2581}")
  static let appendMarker = NormalizationStep.replace(.regex("\\z"), content: "\u{2581}")
  static let collapseSpaces = NormalizationStep.replace(.regex(" {2,}"), content: " ")

  init(_ steps: [NormalizationStep]) {
    rest = steps
    while let last = rest.last, take(last) { rest.removeLast() }
  }

  private mutating func take(_ step: NormalizationStep) -> Bool {
    switch step {
    case Self.collapseSpaces, .replace(.regex(" {2,}"), "\u{2581}"): collapses = true
    case Self.stripSpaces: (stripsLeft, stripsRight) = (true, true)
    case Self.stripTrailing: stripsRight = true
    case .strip(let left, let right):
      stripsLeft = stripsLeft || left
      stripsRight = stripsRight || right
    case .prepend("\u{2581}"): prefix = .always
    case Self.escapeSpaces: escapes = true
    case Self.appendMarker: appends = true
    default: return false
    }
    return true
  }

  /// The steps for what SentencePiece does with spaces.
  /// - Parameter leavesFront: a space in front is left to Metaspace, which makes the marker of it, where spaces are
  ///   collapsed.
  static func steps(
    _ options: SentencePieceNormalizer.Options, leavesFront: Bool
  ) -> [NormalizationStep] {
    var steps: [NormalizationStep] = []
    if options.removesExtraWhitespace {
      steps += [collapseSpaces, leavesFront ? stripTrailing : stripSpaces]
    }
    if options.treatsWhitespaceAsSuffix {
      steps.append(escapeSpaces)
      if options.addsDummyPrefix { steps.append(appendMarker) }
    } else if options.addsDummyPrefix, !options.removesExtraWhitespace {
      steps.append(.prepend("\u{2581}"))
    }
    return steps
  }
}
