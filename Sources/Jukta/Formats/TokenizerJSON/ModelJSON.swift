/// tokenizer.json's `model` object, read and written.
enum ModelJSON {
  /// - Parameter isByteLevel: whether the pre-tokenizer spells words in bytes.
  static func read(_ reader: JSONReader, isByteLevel: Bool) throws -> TokenizerModel {
    let hasType = reader.value["type"] != nil
    switch hasType ? try reader.string("type") : shape(of: reader.value) {
    case "Unigram": return .unigram(try readUnigram(reader))
    case "BPE": return .bpe(try BPEModelJSON.read(reader, isByteLevel: isByteLevel))
    case "WordPiece": return .wordPiece(try readWordPiece(reader))
    case "WordLevel":
      return .wordLevel(
        WordLevelModel(
          pieces: try VocabularyReader(reader.member("vocab")).pieces,
          unknownToken: try reader.string("unk_token")))
    case let type:
      throw TokenizerFileError.unsupported(path: "model", component: "model", type: type)
    }
  }

  /// The type of a model that does not say it, as old files.
  private static func shape(of model: JSONValue) -> String {
    if model["merges"] != nil { return "BPE" }
    if model["max_input_chars_per_word"] != nil { return "WordPiece" }
    if model["vocab"]?.kind == JSONValue.object([]).kind { return "WordLevel" }
    return "Unigram"
  }

  private static func readWordPiece(_ reader: JSONReader) throws(TokenizerFileError)
    -> WordPieceModel
  {
    WordPieceModel(
      pieces: try VocabularyReader(reader.member("vocab")).pieces,
      unknownToken: try reader.string("unk_token"),
      continuingSubwordPrefix: try reader.string("continuing_subword_prefix"),
      longestWord: try reader.member("max_input_chars_per_word").count())
  }

  private static func readUnigram(_ reader: JSONReader) throws -> UnigramModel {
    let vocabulary = try scored(reader.member("vocab"))
    var unknown: Int?
    if let value = reader.value["unk_id"], value != .null {
      unknown = Int(try JSONReader(value, "model.unk_id").id())
    }
    return try UnigramModel(
      pieces: vocabulary.strings, scores: vocabulary.numbers, unknownID: unknown,
      byteFallback: try reader.bool("byte_fallback", default: false))
  }

  /// Pieces with their scores.
  private static func scored(_ reader: JSONReader) throws(TokenizerFileError) -> JSONColumns {
    switch reader.value {
    case .columns(let columns) where columns.form == .scored: return columns
    case .array(let entries):
      var pieces: [String] = []
      var scores: [Double] = []
      for (index, entry) in entries.enumerated() {
        guard case .array(let pair) = entry, pair.count == 2, case .string(let piece) = pair[0],
          case .number(let score) = pair[1]
        else {
          throw .wrongType(
            path: "\(reader.path)[\(index)]", expected: "[piece, score]", found: entry.kind)
        }
        pieces.append(piece)
        scores.append(score)
      }
      return JSONColumns(.scored, Pieces(pieces), scores)
    case .columns(let columns) where columns.form != .members:
      throw .wrongType(
        path: "\(reader.path)[0]", expected: "[piece, score]",
        found: columns.form == .strings ? "a string" : "an array")
    default:
      throw .wrongType(path: reader.path, expected: "an array", found: reader.value.kind)
    }
  }

  static func write(
    _ model: TokenizerModel, to json: inout JSONWriter
  ) throws(TokenizerFileError) {
    switch model {
    case .unigram(let model): write(model, to: &json)
    case .bpe(let model): BPEModelJSON.write(model, to: &json)
    case .wordPiece(let model): write(model, to: &json)
    case .wordLevel(let model):
      json.raw("{\n    \"type\": \"WordLevel\",\n    \"vocab\": ")
      VocabularyJSON.write(model.pieces, to: &json)
      json.raw(",\n    \"unk_token\": ")
      json.string(model.unknownToken)
      json.raw("\n  }")
    case .sentencePiece:
      throw .invalid(
        path: "model",
        reason: "a SentencePiece model cannot be written as it is into a tokenizer.json; "
          + "jukta convert makes one of it where both can say the same")
    }
  }

  private static func write(_ model: WordPieceModel, to json: inout JSONWriter) {
    json.raw("{\n    \"type\": \"WordPiece\",\n    \"unk_token\": ")
    json.string(model.unknownToken)
    json.raw(",\n    \"continuing_subword_prefix\": ")
    json.string(model.continuingSubwordPrefix)
    json.raw(",\n    \"max_input_chars_per_word\": ")
    json.number(model.longestWord)
    json.raw(",\n    \"vocab\": ")
    VocabularyJSON.write(model.pieces, to: &json)
    json.raw("\n  }")
  }

  private static func write(_ model: UnigramModel, to json: inout JSONWriter) {
    json.raw("{\n    \"type\": \"Unigram\",\n    \"unk_id\": ")
    if let unknown = model.unknownID {
      json.number(Int(unknown))
    } else {
      json.raw("null")
    }
    json.raw(",\n    \"vocab\": [")
    for (id, piece) in model.pieces.enumerated() {
      json.raw(id == 0 ? "\n      [" : ",\n      [")
      json.string(piece)
      json.raw(", ")
      json.number(model.scores[id])
      json.raw("]")
    }
    json.raw("\n    ],\n    \"byte_fallback\": ")
    model.byteFallback ? json.raw("true") : json.raw("false")
    json.raw("\n  }")
  }
}
