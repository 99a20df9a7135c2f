public import Jukta

/// What a training job gives for one size: the tokenizer, how it came about, and its folder.
public struct TrainedTokenizer: Sendable {
  /// What one kind of training alone has to say.
  public enum Details: Sendable {
    /// A Unigram training, and how its pieces fit the words it was trained on.
    case unigram(UnigramDiagnostics, SegmentationStatistics)
    /// A BPE training, and how many merges it made.
    case bpe(BPEDiagnostics, merges: Int)
    /// A WordPiece training.
    case wordPiece(BPEDiagnostics)
    /// Whole words, of so many.
    case wordLevel(words: UInt64, distinctWords: Int)
  }

  /// The tokenizer, ready to be used; tokenizer.json says the same.
  public let tokenizer: Tokenizer
  /// What became of spiece.model.
  public let sentencePiece: SentencePieceOutcome
  /// How it came about.
  public let recipe: TrainingRecipe
  /// What training saw and did.
  public let details: Details
  /// How it does on some lines: those held out, or else lines of the training text. Nil where there were
  /// none, as counts hold no lines.
  public let figures: LineFigures?

  /// Entries.
  public var size: Int { tokenizer.vocabularySize }

  /// The size, and why it was chosen.
  public var sizing: SizeChoice {
    switch details {
    case .unigram(let seen, _): seen.sizing
    case .bpe(let seen, _), .wordPiece(let seen): seen.sizing
    case .wordLevel: SizeChoice(size: size, reason: .asked)
    }
  }

  /// The characters of the corpus that stay unknown.
  public var unknown: UnknownCharacters {
    switch details {
    case .unigram(let seen, _): seen.unknown
    case .bpe(let seen, _), .wordPiece(let seen): seen.unknown
    case .wordLevel: UnknownCharacters()
    }
  }

  /// The files of its folder: `tokenizer.json`, `tokenizer_config.json`, `special_tokens_map.json`;
  /// `spiece.model` and `spiece.vocab` where SentencePiece's format can say what the tokenizer does; `vocab.json` and
  /// `merges.txt` of BPE; `recipe.json` and `report.html`.
  ///
  /// The same text and settings give the same bytes.
  /// - Throws: `TokenizerFileError`, as `TransformersFolder.files(of:)`.
  public func files() throws -> [TransformersFolder.File] {
    var files = try TransformersFolder.files(of: tokenizer) + sentencePiece.files
    if let model = tokenizer.model.bpe { files += try BPEFiles.files(of: model) }
    files.append(.init(name: "recipe.json", bytes: JSONWriter.document(recipe.json)))
    files.append(.init(name: "report.html", bytes: TrainingReport(self).html))
    return files
  }

  /// Writes the folder: all of its files or none.
  ///
  ///     try result.write(toFolder: "bn-32k")
  ///
  /// The folder is made where it is not there; what else is in it stays.
  /// - Throws: `FolderError`, or as `files()`.
  public func write(toFolder path: String) throws {
    try AtomicFolder(path).commit(try files().map { ($0.name, $0.bytes) })
  }
}
