import ArgumentParser
import Jukta

/// Whether words are characters or bytes, and how they are cut then.
struct ByteLevelOptions: ParsableArguments {
  enum Pattern: String, ExpressibleByArgument, CaseIterable {
    case gpt2, gpt4, bengali

    var preTokenizer: PreTokenizer {
      switch self {
      case .gpt2: SplitPattern.gpt2.preTokenizer
      case .gpt4: SplitPattern.gpt4.preTokenizer
      case .bengali: SplitPattern.bengali.preTokenizer
      }
    }
  }

  @Flag(help: "Take words as bytes, as GPT-2 does; every text can then be encoded.")
  var byteLevel = false
  @Option(
    help: """
      How text is cut before byte-level training: gpt2, gpt4 or bengali, which never cuts a mark \
      from its base.
      """)
  var pattern = Pattern.bengali

  /// How the words are cut, for the recipe.
  var patternName: String { byteLevel ? pattern.rawValue : "metaspace" }

  func frontEnd(preset: String, _ spaces: SpaceOptions) throws -> TextFrontEnd {
    guard byteLevel else { return try spaces.frontEnd(preset: preset) }
    guard preset != SpaceOptions.rulesName, !spaces.treatWhitespaceAsSuffix else {
      throw ValidationError(
        "--normalization-rule-tsv and --treat-whitespace-as-suffix do not go with --byte-level.")
    }
    return TextFrontEnd(
      normalizer: try Preset.normalizer(named: preset, keepsSpaces: true),
      preTokenizer: pattern.preTokenizer)
  }
}
