extension Tokenizer {
  /// Saves the tokenizer: what `init(contentsOf:)` reads.
  ///
  ///     try tokenizer.write(to: "bn.json")       // tokenizer.json
  ///     try tokenizer.write(to: "bn.model")      // SentencePiece's, where it can say the tokenizer
  ///     try tokenizer.write(to: "bn-32k")        // a folder, as `write(toFolder:)`
  ///
  /// The name tells the format. A file appears whole or not at all, and a folder that is missing on the way to it
  /// is made.
  /// - Throws: `FolderError`; `TokenizerFileError` or `ConversionError` where the format has no form for
  ///   the tokenizer; `ConversionLossError` where a .model would lose something.
  public func write(to path: String) throws {
    guard path.hasSuffix(".json") || path.hasSuffix(".model") else {
      return try write(toFolder: path)
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let above = parts.dropLast().joined(separator: "/")
    let folder = try AtomicFolder(parts.count == 1 ? "." : above.isEmpty ? "/" : above)
    var file = ByteBuffer()
    if path.hasSuffix(".json") {
      try TokenizerJSON.write(converted(), to: &file)
    } else {
      SentencePieceFile.write(try sentencePieceModel(), to: &file)
    }
    try folder.commit([(String(parts[parts.count - 1]), file.bytes)])
  }

  /// Saves the tokenizer as a folder that transformers loads: `tokenizer.json`, `tokenizer_config.json` and
  /// `special_tokens_map.json`; of a SentencePiece model `spiece.model` and `spiece.vocab` besides.
  ///
  ///     try tokenizer.write(toFolder: "bn-32k")
  ///
  /// All files appear or none; what else is in the folder stays.
  /// - Parameter maximumLength: the number of tokens the model to be trained takes.
  /// - Throws: `FolderError`, `TokenizerFileError` or `ConversionError`.
  public func write(toFolder path: String, maximumLength: Int = 512) throws {
    let folder = try AtomicFolder(path)
    var files = try TransformersFolder.files(of: converted(), maximumLength: maximumLength)
    if let processor = model.sentencePiece {
      files += SentencePieceFile.files(of: processor.vocabulary.model)
    }
    try folder.commit(files.map { ($0.name, $0.bytes) })
  }

  /// The tokenizer that tokenizer.json can say.
  private func converted() throws -> Tokenizer {
    guard let processor = model.sentencePiece else { return self }
    return try TokenizerConversion(processor.vocabulary.model).tokenizer
  }

  private func sentencePieceModel() throws -> SentencePieceModel {
    if let processor = model.sentencePiece { return processor.vocabulary.model }
    let conversion = try SentencePieceConversion(self)
    let lost = conversion.notes.filter { $0.effect == .lost }
    guard lost.isEmpty else { throw ConversionLossError(lost: lost) }
    return conversion.model
  }
}

/// A conversion that would lose something, and so was not made.
public struct ConversionLossError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What would be lost.
  public let lost: [ConversionNote]

  /// What would be lost, a line each.
  public var description: String {
    "not converted, since this would be lost:\n"
      + lost.map { "  \($0.part): \($0.text)" }.joined(separator: "\n")
  }
}
