extension SentencePieceModel {
  /// Reads a `.model` and checks it; see `SentencePieceFile.read(_:)`.
  /// - Throws: `TokenizerFileError`; `unreadable` where the file cannot be opened.
  public init(contentsOf path: String) throws(TokenizerFileError) {
    let bytes = try ModelFile.read(path)
    self = try SentencePieceFile.read(bytes.span)
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
