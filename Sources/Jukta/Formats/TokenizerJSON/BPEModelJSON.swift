/// A BPE model in tokenizer.json: `vocab` by token, `merges` as pairs (or, in files of before 2024,
/// as strings with a space between the two).
enum BPEModelJSON {
  static func read(_ reader: JSONReader, isByteLevel: Bool) throws -> BPEModel {
    var options = BPEOptions()
    options.unknownToken = try text("unk_token", reader)
    options.continuingSubwordPrefix = try text("continuing_subword_prefix", reader)
    options.endOfWordSuffix = try text("end_of_word_suffix", reader)
    options.fusesUnknown = try flag("fuse_unk", reader)
    options.byteFallback = try flag("byte_fallback", reader)
    options.ignoresMerges = try flag("ignore_merges", reader)
    if let value = reader.value["dropout"], value != .null {
      options.dropout = try JSONReader(value, "model.dropout").number()
    }
    let vocabulary = try VocabularyReader(try reader.member("vocab"))
    options.isByteLevel = isByteLevel && canTakeBytes(options, vocabulary)
    return try BPEModel(
      pieces: vocabulary.pieces, vocabulary.ids,
      merges: try merges(try reader.member("merges"), vocabulary), options: options)
  }

  static func canTakeBytes(_ options: BPEOptions, _ vocabulary: VocabularyReader) -> Bool {
    options.allowsBytes { vocabulary.id(of: $0) != nil }
  }

  private static func text(_ key: String, _ reader: JSONReader) throws(TokenizerFileError)
    -> String?
  {
    guard let value = reader.value[key], value != .null else { return nil }
    return try JSONReader(value, reader.path + "." + key).string()
  }

  private static func flag(_ key: String, _ reader: JSONReader) throws(TokenizerFileError) -> Bool {
    if reader.value[key] == .null { return false }
    return try reader.bool(key, default: false)
  }

  private static func merges(
    _ reader: JSONReader, _ vocabulary: VocabularyReader
  ) throws(TokenizerFileError) -> [BPEMerge] {
    var merges: [BPEMerge] = []
    if case .columns(let columns) = reader.value, columns.form != .members {
      return try Self.merges(columns, reader.path, vocabulary)
    }
    guard case .array(let items) = reader.value else {
      throw .wrongType(path: reader.path, expected: "an array", found: reader.value.kind)
    }
    merges.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      guard item.kind == items[0].kind else {
        throw .wrongType(
          path: "\(reader.path)[\(index)]", expected: "\(items[0].kind), as the merges before",
          found: item.kind)
      }
      switch item {
      case .string(let line):
        if let merge = try vocabulary.merge(line: line, at: "\(reader.path)[\(index)]") {
          merges.append(merge)
        }
      case .array(let pair):
        guard pair.count == 2, case .string(let left) = pair[0], case .string(let right) = pair[1]
        else { throw Self.notTwoStrings(item, reader.path, index) }
        merges.append(try vocabulary.merge(left, right, at: "\(reader.path)[\(index)]"))
      default: throw Self.notTwoStrings(item, reader.path, index)
      }
    }
    return merges
  }

  private static func merges(
    _ columns: JSONColumns, _ path: String, _ vocabulary: VocabularyReader
  ) throws(TokenizerFileError) -> [BPEMerge] {
    var merges: [BPEMerge] = []
    merges.reserveCapacity(columns.count)
    for row in 0..<columns.count {
      switch columns.form {
      case .pairs:
        merges.append(
          try vocabulary.merge(columns.strings, at: row * 2, path: "\(path)[\(row)]"))
      case .strings:
        if let merge = try vocabulary.merge(line: columns.strings[row], at: "\(path)[\(row)]") {
          merges.append(merge)
        }
      case .scored, .members: throw notTwoStrings(.array([]), path, row)
      }
    }
    return merges
  }

  private static func notTwoStrings(
    _ item: JSONValue, _ path: String, _ index: Int
  ) -> TokenizerFileError {
    .wrongType(path: "\(path)[\(index)]", expected: "two strings", found: item.kind)
  }

  static func write(_ model: BPEModel, to json: inout JSONWriter) {
    let options = model.options
    json.raw("{\n    \"type\": \"BPE\",\n    \"dropout\": ")
    json.value(options.dropout.map { .number($0) } ?? .null)
    for (key, text) in [
      ("unk_token", options.unknownToken),
      ("continuing_subword_prefix", options.continuingSubwordPrefix),
      ("end_of_word_suffix", options.endOfWordSuffix),
    ] {
      json.raw(",\n    ")
      json.string(key)
      json.raw(": ")
      json.value(text.map { .string($0) } ?? .null)
    }
    for (key, flag) in [
      ("fuse_unk", options.fusesUnknown), ("byte_fallback", options.byteFallback),
      ("ignore_merges", options.ignoresMerges),
    ] {
      json.raw(",\n    ")
      json.string(key)
      json.raw(": ")
      json.value(.bool(flag))
    }
    json.raw(",\n    \"vocab\": ")
    VocabularyJSON.write(model.pieces, to: &json)
    json.raw(",\n    \"merges\": [")
    for (rank, merge) in model.merges.enumerated() {
      json.raw(rank == 0 ? "\n      [" : ",\n      [")
      json.string(model.pieces[Int(merge.left)])
      json.raw(", ")
      json.string(model.pieces[Int(merge.right)])
      json.raw("]")
    }
    json.raw("\n    ]\n  }")
  }
}
