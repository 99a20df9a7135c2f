import ArgumentParser
import Jukta

/// `jukta`: each subcommand parses its options and calls one library function.
struct JuktaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jukta",
    abstract: "Bengali text for language models: normalise, train, encode, segment, inspect.",
    discussion: """
      All commands read files or standard input (-), gzip and zstd too, and write \
      to standard output or -o. Exit status: 0 done, 1 bad data or failed, 2 bad \
      usage, 130 interrupted.
      """,
    version: JuktaVersion.current,
    subcommands: [
      ConvertCommand.self,
      CorpusCommand.self,
      CountCommand.self,
      DecodeCommand.self,
      EncodeCommand.self,
      EvaluateCommand.self,
      ExtendCommand.self,
      InspectCommand.self,
      MergeCommand.self,
      NormalizeCommand.self,
      PruneCommand.self,
      SegmentCommand.self,
      TrainCommand.self,
    ])
}
