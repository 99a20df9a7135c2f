import ArgumentParser

/// `jukta corpus`: what a dump holds.
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Look into a dump: what it holds, and its text after filters.",
    subcommands: [CorpusStatsCommand.self, CorpusTextCommand.self])
}
