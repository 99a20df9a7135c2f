/// Hugging Face's tokenizer.json, as tokenizers 0.23.3 reads and writes it.
public enum TokenizerJSON {
  /// Reads a file's bytes.
  /// - Throws: `TokenizerFileError` with the path in the file.
  public static func read(_ bytes: Span<UInt8>) throws -> Tokenizer {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(
        bytes, columns: ["vocab", "merges"], maximumDepth: maximumDepth)
    } catch {
      throw TokenizerFileError.notJSON(error)
    }
    let root = JSONReader(document, "")
    try checkMembers(root)
    let modelReader = try root.member("model")
    let normalizer = try TokenizerFileError.at("normalizer") {
      try Normalizer(NormalizerJSON.read(document["normalizer"] ?? .null, at: "normalizer"))
    }
    let preTokenizer = try TokenizerFileError.at("pre_tokenizer") {
      let read = try PreTokenizerJSON.read(
        document["pre_tokenizer"] ?? .null, at: "pre_tokenizer")
      try read.checkPatterns()
      return read
    }
    let model = try TokenizerFileError.at("model") {
      try ModelJSON.read(modelReader, isByteLevel: preTokenizer.isByteLevel)
    }
    let tokens = try readAddedTokens(document["added_tokens"], model)
    let processor = try PostProcessorJSON.read(
      document["post_processor"] ?? .null, at: "post_processor")
    let decoder = try DecoderJSON.read(document["decoder"] ?? .null, at: "decoder")
    let truncation = try LengthJSON.readTruncation(document["truncation"] ?? .null)
    let padding = try LengthJSON.readPadding(document["padding"] ?? .null)
    return try TokenizerFileError.at("added_tokens") {
      try Tokenizer(
        frontEnd: TextFrontEnd(
          normalizer: normalizer, preTokenizer: preTokenizer, spellsBytes: !model.takesBytes),
        model: model, addedTokens: tokens, postProcessor: processor, decoder: decoder,
        truncation: truncation, padding: padding)
    }
  }

  /// As deep as the reference reads.
  private static let maximumDepth = 127
  private static let members = [
    "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
    "post_processor", "decoder", "model",
  ]

  /// Another version may mean something else by the same words, and what nobody knows would be lost.
  private static func checkMembers(_ root: JSONReader) throws(TokenizerFileError) {
    if let version = root.value["version"] {
      let name = try JSONReader(version, "version").string()
      guard name == "1.0" else {
        throw .unsupported(path: "version", component: "tokenizer.json version", type: name)
      }
    }
    guard case .object(let members) = root.value else { return }
    for member in members where !Self.members.contains(member.key) {
      throw .invalid(path: member.key, reason: "tokenizer.json has no such member")
    }
  }

  /// Ids in the file are not obeyed where the model knows the token; new ones are numbered in order.
  private static func readAddedTokens(
    _ value: JSONValue?, _ model: TokenizerModel
  ) throws(TokenizerFileError) -> [AddedToken] {
    guard let value else { return [] }
    var list = AddedTokenList(model)
    for item in try JSONReader(value, "added_tokens").array() {
      _ = try item.member("id").id()
      var token = AddedToken(try item.string("content"), id: 0)
      token.singleWord = try item.bool("single_word")
      token.stripsLeft = try item.bool("lstrip")
      token.stripsRight = try item.bool("rstrip")
      token.isNormalized = try item.bool("normalized")
      token.isSpecial = try item.bool("special")
      _ = list.add(token.content) { id in
        token.id = id
        return token
      }
    }
    return list.tokens
  }

  /// Appends the file of `tokenizer` to `output`; the same tokenizer gives the same bytes.
  /// - Throws: `TokenizerFileError.invalid` for a SentencePiece model, which is a file of its own.
  public static func write(
    _ tokenizer: Tokenizer, to output: inout ByteBuffer
  ) throws(TokenizerFileError) {
    var json = JSONWriter()
    json.raw("{\n  \"version\": \"1.0\",\n  \"truncation\": ")
    json.value(LengthJSON.write(tokenizer.truncation), indent: 1)
    json.raw(",\n  \"padding\": ")
    json.value(LengthJSON.write(tokenizer.padding), indent: 1)
    json.raw(",\n  \"added_tokens\": ")
    json.value(.array(tokenizer.addedTokens.map(object)), indent: 1)
    json.raw(",\n  \"normalizer\": ")
    json.value(NormalizerJSON.write(tokenizer.frontEnd.normalizer.steps), indent: 1)
    json.raw(",\n  \"pre_tokenizer\": ")
    json.value(PreTokenizerJSON.write(tokenizer.frontEnd.preTokenizer), indent: 1)
    json.raw(",\n  \"post_processor\": ")
    json.value(PostProcessorJSON.write(tokenizer.postProcessor), indent: 1)
    json.raw(",\n  \"decoder\": ")
    json.value(DecoderJSON.write(tokenizer.decoder), indent: 1)
    json.raw(",\n  \"model\": ")
    try ModelJSON.write(tokenizer.model, to: &json)
    json.raw("\n}\n")
    output.append(json.output.span)
  }

  private static func object(_ token: AddedToken) -> JSONValue {
    .object([
      .init("id", .number(Double(token.id))), .init("content", .string(token.content)),
      .init("single_word", .bool(token.singleWord)), .init("lstrip", .bool(token.stripsLeft)),
      .init("rstrip", .bool(token.stripsRight)), .init("normalized", .bool(token.isNormalized)),
      .init("special", .bool(token.isSpecial)),
    ])
  }
}
