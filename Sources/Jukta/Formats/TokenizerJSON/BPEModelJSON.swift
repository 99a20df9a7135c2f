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
    options.isByteLevel = isByteLevel
    let vocabulary = try BPEVocabularyReader(try reader.member("vocab"))
    return try BPEModel(
      pieces: vocabulary.pieces, merges: try merges(try reader.member("merges"), vocabulary),
      options: options)
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
    _ reader: JSONReader, _ vocabulary: BPEVocabularyReader
  ) throws(TokenizerFileError) -> [BPEMerge] {
    guard case .array(let items) = reader.value else {
      throw .wrongType(path: reader.path, expected: "an array", found: reader.value.kind)
    }
    var merges: [BPEMerge] = []
    merges.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      let path = "\(reader.path)[\(index)]"
      switch item {
      case .string(let line):
        if let merge = try vocabulary.merge(line: line, at: path) { merges.append(merge) }
      case .array(let pair):
        guard pair.count == 2, case .string(let left) = pair[0], case .string(let right) = pair[1]
        else { throw .wrongType(path: path, expected: "two strings", found: item.kind) }
        merges.append(
          try vocabulary.merge(Array(left.utf8)[...], Array(right.utf8)[...], at: path))
      default: throw .wrongType(path: path, expected: "two strings", found: item.kind)
      }
    }
    return merges
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
    json.raw(",\n    \"vocab\": {")
    var isFirst = true
    for (id, piece) in model.pieces.enumerated() where !piece.isEmpty {
      json.raw(isFirst ? "\n      " : ",\n      ")
      isFirst = false
      json.string(piece)
      json.raw(": ")
      json.number(id)
    }
    json.raw("\n    },\n    \"merges\": [")
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

/// A vocabulary as JSON, `{token: id}`, and the merges over it.
struct BPEVocabularyReader {
  /// The pieces by id; empty where an id is left out.
  private(set) var pieces: [String] = []
  private var ids: [[UInt8]: UInt32] = [:]

  init(_ reader: JSONReader) throws(TokenizerFileError) {
    guard case .object(let members) = reader.value else {
      throw .wrongType(path: reader.path, expected: "an object", found: reader.value.kind)
    }
    ids.reserveCapacity(members.count)
    var highest: UInt32 = 0
    for member in members {
      let id = try JSONReader(member.value, "\(reader.path).\(member.key)").id()
      ids[Array(member.key.utf8)] = id
      highest = max(highest, id)
    }
    // Holes are allowed, but a stray id must not ask for gigabytes.
    guard Int(highest) < members.count * 16 + (1 << 20) else {
      throw .invalid(
        path: reader.path, reason: "the id \(highest) is far beyond the \(members.count) tokens")
    }
    pieces = [String](repeating: "", count: members.isEmpty ? 0 : Int(highest) + 1)
    for member in members {
      if let id = ids[Array(member.key.utf8)] { pieces[Int(id)] = member.key }
    }
  }

  /// A merge from a line of two tokens with a space between; nil for a `#version` line.
  func merge(line: String, at path: String) throws(TokenizerFileError) -> BPEMerge? {
    let bytes = Array(line.utf8)
    if bytes.starts(with: "#version".utf8) { return nil }
    let parts = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw .invalid(
        path: path, reason: "expected two tokens with a space between, found '\(line)'")
    }
    return try merge(parts[0], parts[1], at: path)
  }

  func merge(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, at path: String
  ) throws(TokenizerFileError) -> BPEMerge {
    BPEMerge(left: try id(left, path), right: try id(right, path))
  }

  private func id(_ token: ArraySlice<UInt8>, _ path: String) throws(TokenizerFileError) -> UInt32 {
    guard let id = ids[Array(token)] else {
      throw .invalid(
        path: path,
        reason: "the token '\(String(decoding: token, as: UTF8.self))' is not in the vocabulary")
    }
    return id
  }
}
