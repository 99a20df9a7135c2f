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
    let model = try readModel(modelReader)
    return try Tokenizer(
      frontEnd: frontEnd, model: model,
      addedTokens: try readAddedTokens(document["added_tokens"], model),
      template: try TemplateJSON.read(document["post_processor"] ?? .null, at: "post_processor"),
      decoder: try DecoderJSON.read(document["decoder"] ?? .null, at: "decoder"))
  }

  private static func readModel(_ reader: JSONReader) throws -> UnigramModel {
    let type = reader.value["type"] == nil ? "Unigram" : try reader.string("type")
    guard type == "Unigram" else {
      throw TokenizerFileError.unsupported(path: "model", component: "model", type: type)
    }
    let vocabulary = try reader.member("vocab")
    guard case .array(let entries) = vocabulary.value else {
      throw TokenizerFileError.wrongType(
        path: vocabulary.path, expected: "an array", found: vocabulary.value.kind)
    }
    var pieces: [(piece: String, score: Double)] = []
    pieces.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      guard case .array(let pair) = entry, pair.count == 2, case .string(let piece) = pair[0],
        case .number(let score) = pair[1]
      else {
        throw TokenizerFileError.wrongType(
          path: "model.vocab[\(index)]", expected: "[piece, score]", found: entry.kind)
      }
      pieces.append((piece, score))
    }
    var unknown: Int?
    if let value = reader.value["unk_id"], value != .null {
      unknown = Int(try JSONReader(value, "model.unk_id").id())
    }
    return try UnigramModel(
      pieces: pieces, unknownID: unknown,
      byteFallback: try reader.bool("byte_fallback", default: false))
  }

  /// Ids in the file are not obeyed where the model knows the token; new ones are numbered in order.
  private static func readAddedTokens(
    _ value: JSONValue?, _ model: UnigramModel
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
    json.value(TemplateJSON.write(tokenizer.template), indent: 1)
    json.raw(",\n  \"decoder\": ")
    json.value(DecoderJSON.write(tokenizer.decoder), indent: 1)
    json.raw(",\n  \"model\": {\n    \"type\": \"Unigram\",\n    \"unk_id\": ")
    if let unknown = tokenizer.model.unknownID {
      json.number(Int(unknown))
    } else {
      json.raw("null")
    }
    json.raw(",\n    \"vocab\": [")
    for (id, piece) in tokenizer.model.pieces.enumerated() {
      json.raw(id == 0 ? "\n      [" : ",\n      [")
      json.string(piece)
      json.raw(", ")
      json.number(tokenizer.model.scores[id])
      json.raw("]")
    }
    json.raw("\n    ],\n    \"byte_fallback\": ")
    tokenizer.model.byteFallback ? json.raw("true") : json.raw("false")
    json.raw("\n  }\n}\n")
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
