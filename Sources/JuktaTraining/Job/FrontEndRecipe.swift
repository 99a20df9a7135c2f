public import Jukta

/// How a training makes words of text, by name: a normaliser and a pre-tokenizer.
///
///     FrontEndRecipe.bengali
///     FrontEndRecipe.preset("nmt_nfkc")
///     FrontEndRecipe.byteLevel(.bengali)
///
/// The name stands in recipe.json and in files of counts, so that words counted elsewhere are trained on as they
/// were made.
public struct FrontEndRecipe: Sendable {
  /// The name of the preset.
  public let name: String
  /// How words are cut: `metaspace`, or the pattern of byte-level words.
  public let pattern: String
  /// Whether words are bytes, as in GPT-2.
  public let isByteLevel: Bool
  private let make: @Sendable () throws -> TextFrontEnd

  private init(
    _ name: String, pattern: String = "metaspace", isByteLevel: Bool = false,
    _ make: @escaping @Sendable () throws -> TextFrontEnd
  ) {
    (self.name, self.pattern, self.isByteLevel) = (name, pattern, isByteLevel)
    self.make = make
  }

  /// The front end.
  /// - Throws: `TrainingError.frontEnd`.
  public func frontEnd() throws(TrainingError) -> TextFrontEnd {
    do {
      return try make()
    } catch {
      throw .frontEnd(name: name, error)
    }
  }
}

extension FrontEndRecipe {
  /// Safe for joiners, with the repairs that no normal form makes: the usual one.
  public static let bengali = preset("bengali")
  /// The recipe of 2021, its known damage included.
  public static let sahajbert = preset("sahajbert")

  /// Unicode's NFKC, whose short name is SentencePiece's rule set here.
  public static let unicodeNFKC = "unicode-nfkc"
  /// The name of rules of one's own, as SentencePiece has it.
  public static let rulesName = "user_defined"
  /// What `preset(_:)` takes: pipelines, then SentencePiece's rule sets.
  public static let presetNames: [String] =
    Normalizer.presetNames.filter { SentencePieceRuleSet(rawValue: $0) == nil } + [unicodeNFKC]
    + SentencePieceRuleSet.allCases.map(\.rawValue)

  /// A preset by name, words of characters with ▁ in front. One that does not exist is told where the
  /// front end is made.
  public static func preset(_ name: String) -> FrontEndRecipe {
    FrontEndRecipe(name) {
      TextFrontEnd(
        normalizer: try normalizer(named: name, keepsSpaces: false), preTokenizer: .bengali)
    }
  }

  /// What SentencePiece trains with: one of its rule sets, and what becomes of spaces.
  public static func sentencePiece(
    _ rules: SentencePieceRuleSet, spaces: SentencePieceNormalizer.Options
  ) -> FrontEndRecipe {
    FrontEndRecipe(rules.rawValue) { try TextFrontEnd(rules: rules.map, spaces: spaces) }
  }

  /// Rules of one's own, and what becomes of spaces.
  public static func rules(
    _ map: PrecompiledMap, spaces: SentencePieceNormalizer.Options
  ) -> FrontEndRecipe {
    FrontEndRecipe(rulesName) { try TextFrontEnd(rules: map, spaces: spaces) }
  }

  /// Words as bytes, so that every text can be encoded.
  /// - Parameters:
  ///   - pattern: how text is cut first.
  ///   - preset: what normalises it; `identity` is no step at all here.
  public static func byteLevel(
    _ pattern: SplitPattern = .bengali, preset name: String = "bengali"
  ) -> FrontEndRecipe {
    FrontEndRecipe(name, pattern: pattern.rawValue, isByteLevel: true) {
      TextFrontEnd(
        normalizer: try normalizer(named: name, keepsSpaces: true),
        preTokenizer: pattern.preTokenizer)
    }
  }

  /// Words between spaces, punctuation apart, without marks: what WordPiece and WordLevel are trained on, as in
  /// BERT.
  public static func words(preset name: String = "bengali") -> FrontEndRecipe {
    FrontEndRecipe(name, pattern: "bert") {
      TextFrontEnd(
        normalizer: try normalizer(named: name, keepsSpaces: false), preTokenizer: .bert)
    }
  }

  /// A front end of one's own.
  public static func custom(_ frontEnd: TextFrontEnd, named name: String) -> FrontEndRecipe {
    FrontEndRecipe(name, pattern: "custom", isByteLevel: frontEnd.preTokenizer.isByteLevel) {
      frontEnd
    }
  }

  /// - Parameter keepsSpaces: for byte-level models, which say every text as it stands: spaces at the
  ///   ends and in rows then stay.
  private static func normalizer(named name: String, keepsSpaces: Bool) throws -> Normalizer {
    if let set = SentencePieceRuleSet(rawValue: name) {
      if keepsSpaces, set == .identity { return try Normalizer([]) }
      // The marker is left to the pre-tokenizer.
      var options = SentencePieceNormalizer.Options.mapOnly
      options.removesExtraWhitespace = !keepsSpaces
      return Normalizer(try SentencePieceNormalizer(map: set.map, options: options))
    }
    return try Normalizer.preset(named: name == unicodeNFKC ? "nfkc" : name)
  }
}
