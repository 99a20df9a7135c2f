/// The steps by which tokenizers comes nearest to what SentencePiece does with a compiled map.
///
/// tokenizers has the same map as `Precompiled`, but looks up single characters and clusters of under six
/// bytes, so that sources of several characters of an Indic script (ে and া, which compose) are never
/// found. Those are put in front as replacements; all rules for several characters are, where there
/// are few. Over 33,520 lines of Bengali web text `nmt_nfkc` then differs in 8 lines, against 380 by
/// `Precompiled` alone: rows of Arabic vowel signs.
enum SentencePiecePipeline {
  /// More replacements than this would cost more than they bring.
  private static let most = 256

  static func steps(
    _ bytes: [UInt8], _ log: inout ConversionNotes
  ) throws -> [NormalizationStep] {
    if bytes.isEmpty { return [] }
    let map = try PrecompiledMap(bytes)
    let sequences = (map.rules() ?? []).filter { Self.isSequence($0) }
    let rules = sequences.count <= most ? sequences : sequences.filter(isIndic)
    let longestFirst = rules.sorted {
      $0.source.count != $1.source.count
        ? $0.source.count > $1.source.count : $0.source.lexicographicallyPrecedes($1.source)
    }
    let replacements = longestFirst.prefix(most).map { rule in
      NormalizationStep.replace(
        .string(String(decoding: rule.source, as: UTF8.self)),
        content: String(decoding: rule.target, as: UTF8.self))
    }
    if !replacements.isEmpty {
      log.add(
        .carried, "normalizer",
        "\(replacements.count) rules for several characters stand before Precompiled, which does not "
          + "find them in the map")
    }
    log.add(
      .differs, "normalizer",
      "tokenizers' Precompiled looks up grapheme clusters of under six bytes, by their shortest beginning, "
        + "and else single characters; SentencePiece finds the longest source at every place")
    return replacements + [.precompiled(map)]
  }

  /// The steps for a whole normaliser, spaces too; the marker is left to Metaspace, which makes one of
  /// a space in front.
  static func steps(_ normalizer: SentencePieceNormalizer) throws -> [NormalizationStep] {
    var log = ConversionNotes()
    let steps = try steps(normalizer.map?.bytes ?? [], &log)
    return normalizer.options.removesExtraWhitespace
      ? steps + [SpaceSteps.collapseSpaces, SpaceSteps.stripTrailing] : steps
  }

  /// Whether a rule is for two or more scalars.
  private static func isSequence(_ rule: PrecompiledMap.Rule) -> Bool {
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
  /// SentencePiece's: itself, where it has none either.
  public func tokenizerJSONForm() throws -> TextFrontEnd {
    guard let sentencePiece = normalizer.sentencePiece else { return self }
    return TextFrontEnd(
      normalizer: try Normalizer(SentencePiecePipeline.steps(sentencePiece)),
      preTokenizer: preTokenizer)
  }
}
