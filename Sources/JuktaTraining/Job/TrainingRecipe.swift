public import Jukta

/// How a tokenizer came about: enough to make it again and to tell whether two are of one origin.
///
/// Holds neither paths nor times: the same text and settings give the same bytes.
public struct TrainingRecipe: Sendable {
  /// The kind of model: `unigram`, `bpe`.
  public let model: String
  /// The name of the preset.
  public let preset: String
  /// The settings, under the names of the command's options.
  public let settings: JSONValue
  /// What was counted.
  public let corpus: CorpusSummary
  /// What training saw and did.
  public let training: JSONValue
  /// Figures on the training text.
  public let figures: JSONValue
  /// What became of spiece.model.
  let spiece: JSONValue
  /// Figures on text that was held out; null where none was.
  let heldOut: JSONValue

  /// The whole of recipe.json.
  public var json: JSONValue {
    let heldOut: [JSONValue.Member] = heldOut == .null ? [] : [.init("on_held_out_text", heldOut)]
    return .object(
      [
        .init("format", .integer(1)), .init("jukta", .string(JuktaVersion.current)),
        .init("model", .string(model)), .init("preset", .string(preset)),
        .init("settings", settings), .init("corpus", corpus.json), .init("training", training),
        .init("on_training_text", figures),
      ] + heldOut + [.init("spiece", spiece)])
  }
}
