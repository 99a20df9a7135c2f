import ArgumentParser
import Jukta

/// The options of `normalize` that SentencePiece's normaliser has.
struct SentencePieceOptions: ParsableArguments {
  @Option(
    name: [.customLong("rules")],
    help: "A file of SentencePiece's rules: hex TAB hex (normalization_rule_tsv).")
  var rules: String?
  @Flag(inversion: .prefixedNo, help: "Put a space in front of each text.")
  var addDummyPrefix: Bool?
  @Flag(
    inversion: .prefixedNo,
    help:
      "Drop spaces at the ends, and make runs of them one. These three flags are for SentencePiece's presets, which leave spaces alone without them, and for models."
  )
  var removeExtraWhitespaces: Bool?
  @Flag(inversion: .prefixedNo, help: "Write U+2581 for a space.")
  var escapeWhitespaces: Bool?

  var hasFlags: Bool {
    addDummyPrefix != nil || removeExtraWhitespaces != nil || escapeWhitespaces != nil
  }

  /// The settings, with what was asked for.
  private func changed(
    _ options: SentencePieceNormalizer.Options
  ) -> SentencePieceNormalizer.Options {
    var options = options
    options.addsDummyPrefix = addDummyPrefix ?? options.addsDummyPrefix
    options.removesExtraWhitespace = removeExtraWhitespaces ?? options.removesExtraWhitespace
    options.escapesWhitespace = escapeWhitespaces ?? options.escapesWhitespace
    return options
  }

  /// The normaliser of a preset, a file of rules or a `.model`; nil where none of them is meant.
  func normalizer(preset: String?, model: String?) throws -> SentencePieceNormalizer? {
    if let rules { return try normalizer(ofRules: rules) }
    if let set = preset.flatMap(SentencePieceRuleSet.init) {
      return try SentencePieceNormalizer(map: set.map, options: changed(.mapOnly))
    }
    guard let model, let file = SentencePieceModel.file(at: model) else { return nil }
    return try named(model) {
      let whole = try SentencePieceNormalizer(SentencePieceModel(contentsOf: file))
      return whole.with(changed(whole.options))
    }
  }

  private func normalizer(ofRules path: String) throws -> SentencePieceNormalizer {
    try named(path) {
      try SentencePieceNormalizer(
        map: PrecompiledMap(rulesAt: path), options: changed(.mapOnly))
    }
  }

  /// Puts the file's name in front of what is wrong in it.
  private func named(
    _ path: String, _ load: () throws -> SentencePieceNormalizer
  ) throws -> SentencePieceNormalizer {
    do {
      return try load()
    } catch let error as TokenizerFileError {
      if case .unreadable = error { throw error }
      throw ModelLoadError(path: path, reason: "\(error)")
    } catch {
      throw ModelLoadError(path: path, reason: "\(error)")
    }
  }
}
