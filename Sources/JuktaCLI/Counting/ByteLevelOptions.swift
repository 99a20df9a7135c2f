import ArgumentParser
import Jukta
import JuktaTraining

/// Whether words are characters or bytes, and how they are cut then.
struct ByteLevelOptions: ParsableArguments {
  enum Pattern: String, ExpressibleByArgument, CaseIterable {
    case gpt2, gpt4, bengali

    var split: SplitPattern {
      switch self {
      case .gpt2: .gpt2
      case .gpt4: .gpt4
      case .bengali: .bengali
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

  /// How words are made.
  func recipe(preset: String, _ spaces: SpaceOptions) throws -> FrontEndRecipe {
    guard byteLevel else { return try spaces.recipe(preset: preset) }
    guard preset != FrontEndRecipe.rulesName, !spaces.treatWhitespaceAsSuffix else {
      throw ValidationError(
        "--normalization-rule-tsv and --treat-whitespace-as-suffix do not go with --byte-level.")
    }
    return .byteLevel(pattern.split, preset: preset)
  }
}
