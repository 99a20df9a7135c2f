import Jukta

/// Normalisers by name, for training: pipelines, and SentencePiece's rule sets.
enum Preset {
  static let standard = "bengali"
  static let names = NormalizeCommand.presets

  /// - Throws: `NormalizationError.unknownPreset`.
  static func normalizer(named name: String) throws -> Normalizer {
    if let set = SentencePieceRuleSet(rawValue: name) {
      // The marker is left to the pre-tokenizer.
      var options = SentencePieceNormalizer.Options.mapOnly
      options.removesExtraWhitespace = true
      return Normalizer(try SentencePieceNormalizer(map: set.map, options: options))
    }
    return try Normalizer.preset(named: name == NormalizeCommand.unicodeNFKC ? "nfkc" : name)
  }
}
