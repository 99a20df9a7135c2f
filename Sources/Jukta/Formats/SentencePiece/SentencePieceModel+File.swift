extension SentencePieceModel {
  /// Reads a `.model` and checks it; see `SentencePieceFile.read(_:)`.
  /// - Throws: `TokenizerFileError`; `unreadable` where the file cannot be opened.
  public init(contentsOf path: String) throws(TokenizerFileError) {
    let bytes = try ModelFile.read(path)
    self = try SentencePieceFile.read(bytes.span)
  }

  /// The `.model` that stands for `path`: itself, or of a folder without tokenizer.json and vocab.json its
  /// `spiece.model` or `tokenizer.model`; nil where it is something else.
  public static func file(at path: String) -> String? {
    guard ModelFile.isFolder(path) else { return path.hasSuffix(".model") ? path : nil }
    func file(_ name: String) -> String? {
      ModelFile.exists(path + "/" + name) ? path + "/" + name : nil
    }
    guard file("tokenizer.json") == nil, file("vocab.json") == nil else { return nil }
    return file("spiece.model") ?? file("tokenizer.model")
  }
}

extension PrecompiledMap {
  /// Compiles a file of SentencePiece's rules; see `RuleFile`.
  /// - Throws: `TokenizerFileError` where the file cannot be read, `RuleFile.Failure` with the line,
  ///   or `CompileError`.
  public init(rulesAt path: String) throws {
    let bytes = try ModelFile.read(path)
    try self.init(rules: RuleFile.read(bytes.span))
  }
}
