import ArgumentParser
import Jukta

/// `jukta decode`: ids to text, one text a line.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Decode ids, one text a line.",
    discussion: """
      Example:
        jukta encode -m bn-32k text.txt | jukta decode -m bn-32k
      """)

  @Option(name: [.customShort("m"), .long], help: "A folder or a tokenizer.json.")
  var model: String
  @Flag(inversion: .prefixedNo, help: "Leave special tokens out.")
  var skipSpecialTokens = true
  @Argument(help: "Files of ids, separated by spaces; none or - for standard input.")
  var files: [String] = []

  func run() throws {
    let tokenizer = try loadTokenizer(model)
    var output = Output()
    var lineNumber = 0
    try Input.forEachLine(files) { line in
      lineNumber += 1
      let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
      let ids = try text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map {
        word in
        guard let id = UInt32(word) else { throw BadID(line: lineNumber, text: String(word)) }
        return id
      }
      try output.write(tokenizer.decode(ids, skipsSpecialTokens: skipSpecialTokens) + "\n")
    }
    try output.flush()
  }
}

/// Something that is no id among the ids to decode.
private struct BadID: Error, CustomStringConvertible {
  let line: Int
  let text: String
  var description: String { "line \(line): '\(text)' is not an id" }
}
