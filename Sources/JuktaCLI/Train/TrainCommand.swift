import ArgumentParser

/// `jukta train`: vocabularies from text.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a tokenizer on text.",
    subcommands: [
      TrainUnigramCommand.self, TrainBPECommand.self, TrainWordPieceCommand.self,
      TrainWordLevelCommand.self,
    ])
}
