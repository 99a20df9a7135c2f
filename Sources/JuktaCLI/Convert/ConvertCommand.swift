import ArgumentParser
import Jukta

/// `jukta convert`: a tokenizer.json from a SentencePiece model, or the other way round.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert between tokenizer.json and SentencePiece's .model.",
    discussion: """
      Examples:
        jukta convert bn.model -o bn/               # a folder for transformers
        jukta convert bn-32k -o bn.model --dry-run  # what would differ

      What is written is told by the name: .model, .json, or a folder. Each line \
      of the report has an effect (carried, differs or lost), a part of \
      tokenizer.json, and what happens. Where something would be lost, nothing is \
      written unless --lossy is given. Ids stay what they are.
      """)

  @Argument(help: "A folder, a tokenizer.json or a .model.")
  var model: String
  @Option(name: [.short, .long], help: "What to write: a name in .model or .json, or a folder.")
  var output: String
  @Flag(help: "Tell what would be carried over, differ or be lost, and write nothing.")
  var dryRun = false
  @Flag(help: "Write even where the other format cannot say everything.")
  var lossy = false
  @Flag(name: [.short, .long], help: "No report.")
  var quiet = false

  func run() throws {
    let place = dryRun ? nil : try Place(output)
    let source = try loadTokenizer(model)
    let target = try Target(source, output)
    if dryRun {
      for note in target.notes { print(note) }
      return
    }
    let lost = target.notes.filter { $0.effect == .lost }
    guard lost.isEmpty || lossy else { throw Refusal(model: model, lost: lost) }
    try place?.write(target)
    if !quiet { for note in target.notes { complain("\(note)") } }
  }

  /// A conversion that would lose something.
  struct Refusal: Error, CustomStringConvertible {
    let model: String
    let lost: [ConversionNote]

    var description: String {
      "\(model): not converted, since this would be lost (--lossy converts all the same):\n"
        + lost.map { "  \($0.part): \($0.text)" }.joined(separator: "\n")
    }
  }

  /// Where it is written: opened before the work, which shows whether it can be.
  private enum Place: ~Copyable {
    case file(Output)
    case folder(AtomicFolder)

    init(_ path: String) throws {
      let isFile = path.hasSuffix(".model") || path.hasSuffix(".json")
      self = isFile ? .file(try Output.open(path)) : .folder(try AtomicFolder(path))
    }

    consuming func write(_ target: Target) throws {
      switch consume self {
      case .file(var output):
        try output.write { try target.writeFile(to: &$0) }
        try output.finish()
      case .folder(let folder):
        let files = try target.files().map { ($0.name, $0.bytes) }
        try Interruption.holdOff { () throws(FolderError) in try folder.commit(files) }
      }
    }
  }

  /// What is to be written.
  private struct Target {
    let path: String
    let sentencePiece: SentencePieceModel?
    let tokenizer: Tokenizer?
    let notes: [ConversionNote]

    init(_ source: Tokenizer, _ path: String) throws {
      self.path = path
      if case .sentencePiece(let processor) = source.model {
        let model = processor.vocabulary.model
        if path.hasSuffix(".model") {
          (sentencePiece, tokenizer, notes) = (model, nil, [])
          return
        }
        let conversion = try TokenizerConversion(model)
        sentencePiece = path.hasSuffix(".json") ? nil : model
        (tokenizer, notes) = (conversion.tokenizer, conversion.notes)
      } else if path.hasSuffix(".json") {
        (sentencePiece, tokenizer, notes) = (nil, source, [])
      } else {
        let conversion = try SentencePieceConversion(source)
        tokenizer = path.hasSuffix(".model") ? nil : source
        (sentencePiece, notes) = (conversion.model, conversion.notes)
      }
    }

    func writeFile(to buffer: inout ByteBuffer) throws {
      if path.hasSuffix(".model"), let sentencePiece {
        SentencePieceFile.write(sentencePiece, to: &buffer)
      } else if let tokenizer {
        try TokenizerJSON.write(tokenizer, to: &buffer)
      }
    }

    func files() throws -> [TransformersFolder.File] {
      let files = try tokenizer.map { try TransformersFolder.files(of: $0) } ?? []
      return files + (sentencePiece.map(SentencePieceFile.files) ?? [])
    }
  }
}
