/// tokenizer.json's `pre_tokenizer` object, read and written.
enum PreTokenizerJSON {
  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError) -> PreTokenizer {
    if value == .null { return .sequence([]) }
    let reader = JSONReader(value, path)
    let type = try reader.string("type")
    switch type {
    case "Metaspace":
      let scheme = try prependScheme(reader)
      return .metaspace(
        replacement: try reader.member("replacement").scalar(), prependScheme: scheme,
        split: try reader.bool("split", default: true))
    case "Digits": return .digits(individual: try reader.bool("individual_digits"))
    case "Punctuation":
      guard let behavior = value["behavior"] else { return .punctuation(.isolated) }
      return .punctuation(try splitBehavior(JSONReader(behavior, path + ".behavior")))
    case "WhitespaceSplit": return .whitespaceSplit
    case "Whitespace": return .whitespace
    case "BertPreTokenizer": return .bert
    case "CharDelimiterSplit":
      return .charDelimiterSplit(try reader.member("delimiter").scalar())
    case "UnicodeScripts": return .unicodeScripts
    case "FixedLength": return .fixedLength(try fixedLength(reader))
    case "Split":
      return .split(
        try NormalizerJSON.pattern(reader.member("pattern")),
        try splitBehavior(reader.member("behavior")), inverts: try reader.bool("invert"))
    case "ByteLevel":
      return .byteLevel(
        addsPrefixSpace: try reader.bool("add_prefix_space"),
        trimsOffsets: try reader.bool("trim_offsets"),
        usesRegex: try reader.bool("use_regex", default: true))
    case "Sequence":
      var parts: [PreTokenizer] = []
      for item in try reader.array("pretokenizers") {
        try item.isNotNull()
        parts.append(try read(item.value, at: item.path))
      }
      return .sequence(parts)
    default: throw .unsupported(path: path, component: "pre_tokenizer", type: type)
    }
  }

  private static func fixedLength(_ reader: JSONReader) throws(TokenizerFileError) -> Int {
    guard reader.value["length"] != nil else { return 5 }
    let member = try reader.member("length")
    let length = try member.count()
    guard length > 0 else {
      throw .invalid(path: member.path, reason: "words of no characters are no words")
    }
    // No word is longer.
    return min(length, Int(Int32.max))
  }

  private static func splitBehavior(
    _ reader: JSONReader
  ) throws(TokenizerFileError) -> PreTokenizer.SplitBehavior {
    let name = try reader.string()
    guard let known = PreTokenizer.SplitBehavior(rawValue: name) else {
      throw .invalid(path: reader.path, reason: "there is no behavior '\(name)'")
    }
    return known
  }

  /// The scheme, or what the field of old files says in its place.
  static func prependScheme(_ reader: JSONReader) throws(TokenizerFileError)
    -> PreTokenizer.PrependScheme
  {
    guard let value = reader.value["prepend_scheme"] else {
      if reader.value["add_prefix_space"] == .null { return .always }
      return try reader.bool("add_prefix_space", default: true) ? .always : .never
    }
    let path = reader.path + ".prepend_scheme"
    let name = try JSONReader(value, path).string()
    guard let scheme = PreTokenizer.PrependScheme(rawValue: name) else {
      throw .invalid(path: path, reason: "expected always, first or never, found '\(name)'")
    }
    if reader.value["add_prefix_space"] == .bool(false), scheme != .never {
      throw .invalid(
        path: path, reason: "'\(name)' does not go with add_prefix_space, which is false")
    }
    return scheme
  }

  static func write(_ preTokenizer: PreTokenizer) -> JSONValue {
    switch preTokenizer {
    case .metaspace(let replacement, let scheme, let split):
      return .typed(
        "Metaspace",
        [
          .init("replacement", .string(String(Character(replacement)))),
          .init("prepend_scheme", .string(scheme.rawValue)), .init("split", .bool(split)),
        ])
    case .digits(let individual):
      return .typed("Digits", [.init("individual_digits", .bool(individual))])
    case .punctuation(let behavior):
      return .typed("Punctuation", [.init("behavior", .string(behavior.rawValue))])
    case .whitespaceSplit: return .typed("WhitespaceSplit")
    case .whitespace: return .typed("Whitespace")
    case .bert: return .typed("BertPreTokenizer")
    case .charDelimiterSplit(let delimiter):
      return .typed(
        "CharDelimiterSplit", [.init("delimiter", .string(String(Character(delimiter))))])
    case .unicodeScripts: return .typed("UnicodeScripts")
    case .fixedLength(let length):
      return .typed("FixedLength", [.init("length", .integer(length))])
    case .split(let pattern, let behavior, let inverts):
      return .typed(
        "Split",
        [
          .init("pattern", NormalizerJSON.write(pattern)),
          .init("behavior", .string(behavior.rawValue)), .init("invert", .bool(inverts)),
        ])
    case .byteLevel(let addsPrefixSpace, let trimsOffsets, let usesRegex):
      return .typed(
        "ByteLevel",
        [
          .init("add_prefix_space", .bool(addsPrefixSpace)),
          .init("trim_offsets", .bool(trimsOffsets)), .init("use_regex", .bool(usesRegex)),
        ])
    case .sequence(let parts):
      return parts.isEmpty
        ? .null : .typed("Sequence", [.init("pretokenizers", .array(parts.map { write($0) }))])
    }
  }
}
