import ArgumentParser
import Jukta
import JuktaTraining

/// What SentencePiece's trainer may be told of rules and spaces.
struct SpaceOptions: ParsableArguments {
  @Option(
    help: "A file of rules (hex TAB hex, as spm_train takes it) in place of a preset.")
  var normalizationRuleTsv: String?
  @Flag(
    inversion: .prefixedNo,
    help: """
      Put a ▁ in front of each text. This flag and the next two go with SentencePiece's presets and \
      --normalization-rule-tsv.
      """)
  var addDummyPrefix = true
  @Flag(inversion: .prefixedNo, help: "Drop spaces at the ends, and make runs of them one.")
  var removeExtraWhitespaces = true
  @Flag(help: "Let words end with a ▁ instead of beginning with one.")
  var treatWhitespaceAsSuffix = false

  /// Whether the front end is another one than the preset's own.
  private var isGiven: Bool {
    normalizationRuleTsv != nil || !addDummyPrefix || !removeExtraWhitespaces
      || treatWhitespaceAsSuffix
  }

  /// Checks that these options go with a preset.
  func check(preset: String?) throws {
    if normalizationRuleTsv != nil, preset != nil {
      throw ValidationError("give --preset or --normalization-rule-tsv, not both.")
    }
    guard isGiven, normalizationRuleTsv == nil else { return }
    guard preset.flatMap(SentencePieceRuleSet.init) != nil else {
      throw ValidationError(
        "--no-add-dummy-prefix, --no-remove-extra-whitespaces and --treat-whitespace-as-suffix go with "
          + "--normalization-rule-tsv or one of the presets \(NormalizeCommand.sentencePiecePresets)."
      )
    }
  }

  /// The preset to be told, where `named` was given.
  func preset(_ named: String?) -> String {
    normalizationRuleTsv != nil ? FrontEndRecipe.rulesName : named ?? FrontEndRecipe.bengali.name
  }

  /// How words of characters are made.
  func recipe(preset: String) throws -> FrontEndRecipe {
    if preset == FrontEndRecipe.rulesName, normalizationRuleTsv == nil {
      throw ValidationError(
        "these words were counted with rules of their own: pass the same --normalization-rule-tsv.")
    }
    guard isGiven else { return .preset(preset) }
    var options = SentencePieceNormalizer.Options()
    options.addsDummyPrefix = addDummyPrefix
    options.removesExtraWhitespace = removeExtraWhitespaces
    options.treatsWhitespaceAsSuffix = treatWhitespaceAsSuffix
    guard let path = normalizationRuleTsv else {
      return SentencePieceRuleSet(rawValue: preset).map {
        .sentencePiece($0, spaces: options)
      } ?? .preset(preset)
    }
    do {
      return .rules(try PrecompiledMap(rulesAt: path), spaces: options)
    } catch let error as TokenizerFileError {
      throw error
    } catch {
      throw ModelLoadError(path: path, reason: "\(error)")
    }
  }
}
