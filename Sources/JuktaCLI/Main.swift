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
      let arguments = CommandLine.arguments.dropFirst().map(withDashes)
      var command = try JuktaCommand.parseAsRoot(Array(arguments))
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
    complain("jukta: \(ErrorMessages.text(of: error))")
    return 1
  }
}

/// `--vocab_size=8000`, as people write it for `spm_train`, is `--vocab-size=8000`.
private func withDashes(_ argument: String) -> String {
  guard argument.hasPrefix("--") else { return argument }
  let name = argument.prefix { $0 != "=" }
  guard name.dropFirst(2).utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x5F }) else {
    return argument
  }
  return String(name.replacing("_", with: "-")) + String(argument.dropFirst(name.count))
}

/// Writes a line to standard error. What comes from files may stand in it: it must not drive the
/// terminal, nor fill it.
func complain(_ message: String) {
  let line = Array((withoutControls(message) + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
}
