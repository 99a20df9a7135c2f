import ArgumentParser
import Jukta
import Synchronization

/// `jukta decode`: ids to text, one text a line.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Decode ids, one text a line.",
    discussion: """
      Example:
        jukta encode -m bn-32k text.txt | jukta decode -m bn-32k

      jsonl: {"text": …} a line, so that a text with line ends in it stays one line.
      Ids that no token has are left out, as by tokenizers, and counted.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

  @Option(name: [.customShort("m"), .long], help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Option(help: "What to write: text or jsonl.")
  var format = Format.text
  @Flag(inversion: .prefixedNo, help: "Leave special tokens out.")
  var skipSpecialTokens = true
  @OptionGroup var lines: LineOptions

  func run() throws {
    let tokenizer = try loadTokenizer(model)
    let strangers = StrangeIDs()
    let (format, skips) = (format, skipSpecialTokens)
    try lines.pipeline.run(to: try Output.open(lines.output)) {
      DecodeWorker(
        tokenizer: tokenizer, format: format, skipsSpecialTokens: skips, strangers: strangers)
    }
    let count = strangers.count.load(ordering: .relaxed)
    guard count > 0, !lines.quiet else { return }
    complain(
      "jukta: \(grouped(count)) \(count == 1 ? "id" : "ids") left out, which no token of \(model) "
        + "has: its ids go from 0 to \(tokenizer.vocabularySize - 1)")
  }
}

/// How many ids of no token there were.
private final class StrangeIDs: Sendable {
  let count = Atomic(0)
}

/// Decodes lines of ids.
private struct DecodeWorker: LineWorker {
  let tokenizer: Tokenizer
  let format: DecodeCommand.Format
  let skipsSpecialTokens: Bool
  let strangers: StrangeIDs

  func process(_ line: Span<UInt8>, into output: inout ByteBuffer) throws {
    let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    var ids: [UInt32] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    ) {
      guard let id = UInt32(word) else {
        throw BadID(text: String(word), count: tokenizer.vocabularySize)
      }
      guard id < tokenizer.vocabularySize else {
        strangers.count.add(1, ordering: .relaxed)
        continue
      }
      ids.append(id)
    }
    var decoded = tokenizer.decode(ids, skipsSpecialTokens: skipsSpecialTokens)
    switch format {
    case .text:
      decoded += "\n"
      decoded.withUTF8 { output.append($0) }
    case .jsonl:
      var json = JSONWriter()
      json.raw("{\"text\":")
      json.string(decoded)
      json.raw("}\n")
      output.append(json.output.span)
    }
  }
}

/// Something that is no id among the ids to decode.
private struct BadID: Error, CustomStringConvertible {
  let text: String
  let count: Int
  var description: String {
    "'\(shown(text))' is not an id: ids are numbers, of this model from 0 to \(count - 1)"
  }
}
