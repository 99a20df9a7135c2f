import ArgumentParser

/// `jukta`: each subcommand parses its options and calls one library function.
@main
struct JuktaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jukta",
    abstract: "Bengali text for language models: normalise, train, encode, segment, inspect.",
    version: "0.1.0",
    subcommands: [
      DecodeCommand.self,
      EncodeCommand.self,
      NormalizeCommand.self,
      TrainCommand.self,
    ])
}
