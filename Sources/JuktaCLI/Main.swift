import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program: exit statuses are a contract (0 done, 1 bad data or failed, 2 bad usage, 130
/// interrupted), so errors are told apart here and not left to the parser's own numbers.
@main
struct Main {
  static func main() {
    Interruption.install()
    do {
      var command = try JuktaCommand.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  /// Tells the user, and gives the exit status.
  private static func report(_ error: any Error) -> Int32 {
    let code = JuktaCommand.exitCode(for: error)
    // Help and --version are asked for, and come out as errors.
    if code == .success {
      print(JuktaCommand.fullMessage(for: error))
      return 0
    }
    if code == .validationFailure {
      complain(JuktaCommand.fullMessage(for: error))
      return 2
    }
    complain("jukta: \(error)")
    return 1
  }
}

/// Writes a line to standard error.
func complain(_ message: String) {
  let line = Array((message + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
}
