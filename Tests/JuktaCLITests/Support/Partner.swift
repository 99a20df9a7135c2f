import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program with its standard input and output as pipes.
final class Partner {
  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())
  private var rest: [UInt8] = []

  struct NoAnswer: Error { let got: String }

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: try Jukta.path())
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  func send(_ text: String) throws { try send(Data(text.utf8)) }

  func send(_ bytes: Data) throws { try input.fileHandleForWriting.write(contentsOf: bytes) }

  /// The next line, without its end.
  func line() throws -> String {
    let file = output.fileHandleForReading.fileDescriptor
    while true {
      if let end = rest.firstIndex(of: 0x0A) {
        defer { rest.removeFirst(end + 1) }
        return String(decoding: rest[..<end], as: UTF8.self)
      }
      var entry = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 60_000) == 1 else { throw NoAnswer(got: "nothing in a minute") }
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(file, &room, room.count)
      guard count > 0 else { throw NoAnswer(got: "the end") }
      rest += room[..<count]
    }
  }

  /// Waits until the program has a file open in a folder: one with a name, or, on Linux, without.
  func waitForOutput(in folder: Scratch) throws {
    let before = folder.names
    let descriptors = "/proc/\(process.processIdentifier)/fd"
    let manager = FileManager.default
    for _ in 0..<60_000 where process.isRunning {
      if folder.names != before { return }
      let numbers = (try? manager.contentsOfDirectory(atPath: descriptors)) ?? []
      for number in numbers {
        let file = try? manager.destinationOfSymbolicLink(atPath: descriptors + "/" + number)
        if file?.contains(folder.path) ?? false { return }
      }
      usleep(1000)
    }
    throw NoAnswer(got: "no file in a minute")
  }

  /// Sends a signal; the status, or the signal's number where that ended the program.
  func end(with signal: Int32) throws -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends the input; what still comes out, and the status.
  func end() throws -> (text: String, status: Int32) {
    try input.fileHandleForWriting.close()
    let more = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: rest + more, as: UTF8.self), process.terminationStatus)
  }
}
