import Jukta

/// Normalisers by name, for training: pipelines, and SentencePiece's rule sets.
enum Preset {
  static let standard = "bengali"
  static let names = NormalizeCommand.presets

  /// - Parameter keepsSpaces: for byte-level models, which say every text as it stands: spaces at the
  ///   ends and in rows then stay, and `identity` is no step at all.
  /// - Throws: `NormalizationError.unknownPreset`.
  static func normalizer(named name: String, keepsSpaces: Bool = false) throws -> Normalizer {
    if let set = SentencePieceRuleSet(rawValue: name) {
      if keepsSpaces, set == .identity { return try Normalizer([]) }
      // The marker is left to the pre-tokenizer.
      var options = SentencePieceNormalizer.Options.mapOnly
      options.removesExtraWhitespace = !keepsSpaces
      return Normalizer(try SentencePieceNormalizer(map: set.map, options: options))
    }
    return try Normalizer.preset(named: name == NormalizeCommand.unicodeNFKC ? "nfkc" : name)
  }
}
