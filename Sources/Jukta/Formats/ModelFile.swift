#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Tokenizer {
  /// Loads a tokenizer from a SentencePiece `.model`, from a tokenizer.json, or from a folder that
  /// holds one (with the tokens that `tokenizer_config.json`, `special_tokens_map.json` and
  /// `added_tokens.json` beside it name, as transformers adds them), or else
  /// `vocab.json` and `merges.txt`, read as transformers reads them for GPT-2's class (and RoBERTa's
  /// and Qwen2's, where `tokenizer_config.json` names them), or else `spiece.model` or `tokenizer.model`.
  ///
  ///     let tokenizer = try Tokenizer(contentsOf: "bn-32k")
  ///
  /// - Throws: `TokenizerFileError`, whose text names the file and the place in it.
  public init(contentsOf path: String) throws {
    if let file = SentencePieceModel.file(at: path) {
      self = try Tokenizer(SentencePieceModel(contentsOf: file))
      return
    }
    let isFolder = ModelFile.isFolder(path)
    let file = isFolder ? path + "/tokenizer.json" : path
    if isFolder, !ModelFile.exists(file) {
      self = try BPEFolder(path).tokenizer()
      return
    }
    let bytes = try ModelFile.read(file)
    let tokenizer = try TokenizerJSON.read(bytes.span)
    self = isFolder ? try FolderTokens(tokenizer, folder: path).added() : tokenizer
  }
}

/// Reading a whole model file: these are megabytes, not corpora.
enum ModelFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func read(_ path: String) throws(TokenizerFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: reason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: reason()) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw .unreadable(path: path, reason: "is a directory")
    }
    guard status.st_mode & S_IFMT != S_IFCHR else {
      throw .unreadable(path: path, reason: "is a device, and not a file")
    }
    // As much as the file is said to hold at once, within reason, and one more to see its end; a pipe
    // says nothing.
    var bytes = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 1 << 12), 1 << 26) + 1)
    var filled = 0
    while true {
      let (room, start) = (bytes.count - filled, filled)
      let count = bytes.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, room)
        #else
          Darwin.read(descriptor, buffer.baseAddress.map { $0 + start }, room)
        #endif
      }
      if count < 0 { throw .unreadable(path: path, reason: reason()) }
      filled += count
      if count == 0 {
        bytes.removeLast(bytes.count - filled)
        guard !bytes.isEmpty else { throw .unreadable(path: path, reason: "is empty") }
        return bytes
      }
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: filled) }
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}

extension Normalizer {
  /// Loads a pipeline from a file that holds a `normalizer` object of tokenizer.json, or a whole
  /// tokenizer.json.
  /// - Throws: `TokenizerFileError`, or `NormalizationError` where a pattern does not compile.
  public init(contentsOf path: String) throws {
    let bytes = try ModelFile.read(path)
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(bytes.span, columns: ["vocab", "merges"])
    } catch {
      throw TokenizerFileError.notJSON(error)
    }
    let isWhole =
      document["model"] != nil || document["type"] == nil && document["normalizer"] != nil
    self = try Normalizer(
      NormalizerJSON.read(
        isWhole ? document["normalizer"] ?? .null : document, at: isWhole ? "normalizer" : ""))
  }
}
