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

  @Option(name: [.customShort("m"), .long], help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Flag(inversion: .prefixedNo, help: "Leave special tokens out.")
  var skipSpecialTokens = true
  @OptionGroup var lines: LineOptions

  func run() throws {
    let tokenizer = try loadTokenizer(model)
    try lines.pipeline.run(to: try Output.open(lines.output)) {
      DecodeWorker(tokenizer: tokenizer, skipsSpecialTokens: skipSpecialTokens)
    }
  }
}

/// Decodes lines of ids.
private struct DecodeWorker: LineWorker {
  let tokenizer: Tokenizer
  let skipsSpecialTokens: Bool

  func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    let ids = try text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map {
      word in
      guard let id = UInt32(word), id < tokenizer.vocabularySize else {
        throw BadID(text: String(word), count: tokenizer.vocabularySize)
      }
      return id
    }
    var decoded = tokenizer.decode(ids, skipsSpecialTokens: skipsSpecialTokens) + "\n"
    decoded.withUTF8 { output.append($0) }
  }
}

/// Something that is no id among the ids to decode.
private struct BadID: Error, CustomStringConvertible {
  let text: String
  let count: Int
  var description: String { "'\(text)' is not an id of this model: they go from 0 to \(count - 1)" }
}
