import ArgumentParser
import Jukta

/// What SentencePiece's trainer may be told of rules and spaces.
struct SpaceOptions: ParsableArguments {
  /// The preset that a file of rules is, as SentencePiece names it.
  static let rulesName = "user_defined"

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
    normalizationRuleTsv != nil ? Self.rulesName : named ?? Preset.standard
  }

  /// The front end for words of characters.
  func frontEnd(preset: String) throws -> TextFrontEnd {
    if preset == Self.rulesName, normalizationRuleTsv == nil {
      throw ValidationError(
        "these words were counted with rules of their own: pass the same --normalization-rule-tsv.")
    }
    guard isGiven else {
      return TextFrontEnd(
        normalizer: try Preset.normalizer(named: preset), preTokenizer: .bengali)
    }
    var options = SentencePieceNormalizer.Options()
    options.addsDummyPrefix = addDummyPrefix
    options.removesExtraWhitespace = removeExtraWhitespaces
    options.treatsWhitespaceAsSuffix = treatWhitespaceAsSuffix
    do {
      let map = try normalizationRuleTsv.map { try PrecompiledMap(rulesAt: $0) }
      return try TextFrontEnd(
        rules: map ?? SentencePieceRuleSet(rawValue: preset)?.map, spaces: options)
    } catch let error as TokenizerFileError {
      throw error
    } catch {
      throw ModelLoadError(path: normalizationRuleTsv ?? preset, reason: "\(error)")
    }
  }
}
