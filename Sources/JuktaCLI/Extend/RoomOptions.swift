import ArgumentParser
import JuktaTraining

/// What commands take that count for a model: how much room there is, and how much they say.
struct RoomOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("num-threads")],
    help: "Workers (default: one a core). The result does not depend on it.")
  var threads: Int?
  @Option(help: "What counting may take, as 512M or 4G; more goes to disk, in TMPDIR.")
  var memory: ByteSize?
  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  var workers: Int { threads ?? defaultThreads() }

  func validate() throws {
    if let memory, memory.bytes < 16 << 20 {
      throw ValidationError("--memory must be 16M or more.")
    }
    guard workers >= 1 else { throw ValidationError("--threads must be 1 or more.") }
  }

  var counter: WordCounter {
    WordCounter(threads: workers, memory: memory?.bytes, temporaryFolder: temporaryFolder())
  }
}
