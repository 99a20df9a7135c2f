/// Hugging Face's tokenizer.json, as tokenizers 0.23.3 reads and writes it.
public enum TokenizerJSON {
  /// Reads a file's bytes.
  /// - Throws: `TokenizerFileError` with the path in the file, or what the parts throw.
  public static func read(_ bytes: Span<UInt8>) throws -> Tokenizer {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(bytes)
    } catch {
      throw TokenizerFileError.notJSON(error)
    }
    let root = JSONReader(document, "")
    let modelReader = try root.member("model")
    for key in ["truncation", "padding"] where document[key] ?? .null != .null {
      throw TokenizerFileError.unsupported(path: key, component: key, type: "not null")
    }
    let frontEnd = TextFrontEnd(
      normalizer: try Normalizer(
        NormalizerJSON.read(document["normalizer"] ?? .null, at: "normalizer")),
      preTokenizer: try PreTokenizerJSON.read(
        document["pre_tokenizer"] ?? .null, at: "pre_tokenizer"))
    let model = try ModelJSON.read(modelReader, isByteLevel: frontEnd.preTokenizer.isByteLevel)
    let processors = try PostProcessorJSON.read(
      document["post_processor"] ?? .null, at: "post_processor")
    return try Tokenizer(
      frontEnd: frontEnd, model: model,
      addedTokens: try readAddedTokens(document["added_tokens"], model),
      template: processors.template,
      decoder: try DecoderJSON.read(document["decoder"] ?? .null, at: "decoder"),
      byteLevelOffsets: processors.byteLevel)
  }

  /// Ids in the file are not obeyed where the model knows the token; new ones are numbered in order.
  private static func readAddedTokens(
    _ value: JSONValue?, _ model: TokenizerModel
  ) throws(TokenizerFileError) -> [AddedToken] {
    guard let value else { return [] }
    var tokens: [AddedToken] = []
    var next = UInt32(model.pieces.count)
    for item in try JSONReader(value, "added_tokens").array() {
      let content = try item.string("content")
      _ = try item.member("id").id()
      guard !content.isEmpty else { continue }
      let known = model.id(of: content)
      var token = AddedToken(content, id: known ?? next)
      if known == nil { next += 1 }
      token.singleWord = try item.bool("single_word")
      token.stripsLeft = try item.bool("lstrip")
      token.stripsRight = try item.bool("rstrip")
      token.isNormalized = try item.bool("normalized")
      token.isSpecial = try item.bool("special")
      // By bytes: Swift takes canonically equivalent strings for equal.
      tokens.removeAll { $0.content.utf8.elementsEqual(content.utf8) }
      tokens.append(token)
    }
    return tokens
  }

  /// Appends the file of `tokenizer` to `output`; the same tokenizer gives the same bytes.
  public static func write(_ tokenizer: Tokenizer, to output: inout ByteBuffer) {
    var json = JSONWriter()
    json.raw("{\n  \"version\": \"1.0\",\n  \"truncation\": null,\n  \"padding\": null,\n")
    json.raw("  \"added_tokens\": ")
    json.value(.array(tokenizer.addedTokens.map(object)), indent: 1)
    json.raw(",\n  \"normalizer\": ")
    json.value(NormalizerJSON.write(tokenizer.frontEnd.normalizer.steps), indent: 1)
    json.raw(",\n  \"pre_tokenizer\": ")
    json.value(PreTokenizerJSON.write(tokenizer.frontEnd.preTokenizer), indent: 1)
    json.raw(",\n  \"post_processor\": ")
    json.value(
      PostProcessorJSON.write(tokenizer.template, tokenizer.byteLevelOffsets), indent: 1)
    json.raw(",\n  \"decoder\": ")
    json.value(DecoderJSON.write(tokenizer.decoder), indent: 1)
    json.raw(",\n  \"model\": ")
    ModelJSON.write(tokenizer.model, to: &json)
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
