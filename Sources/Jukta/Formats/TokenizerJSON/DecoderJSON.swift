/// tokenizer.json's `decoder` object, read and written.
enum DecoderJSON {
  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError) -> Decoder? {
    if value == .null { return nil }
    let reader = JSONReader(value, path)
    let type = try reader.typeName(orOf: [
      ("BPEDecoder", ["suffix"]), ("WordPiece", ["prefix", "cleanup"]),
      ("CTC", ["pad_token", "word_delimiter_token", "cleanup"]),
      ("Replace", ["pattern", "content"]),
      ("Strip", ["content", "start", "stop"]),
    ])
    switch type {
    case "Metaspace":
      return .metaspace(
        replacement: try reader.member("replacement").scalar(),
        prependScheme: try PreTokenizerJSON.prependScheme(reader))
    case "ByteFallback": return .byteFallback
    case "Fuse": return .fuse
    case "ByteLevel":
      return .byteLevel(
        addsPrefixSpace: try reader.bool("add_prefix_space"),
        trimsOffsets: try reader.bool("trim_offsets"),
        usesRegex: try reader.bool("use_regex", default: true))
    case "BPEDecoder": return .bpe(suffix: try reader.string("suffix"))
    case "WordPiece":
      return .wordPiece(
        prefix: try reader.string("prefix"), cleansUp: try reader.bool("cleanup"))
    case "CTC":
      return .ctc(
        pad: try reader.string("pad_token"),
        wordDelimiter: try reader.string("word_delimiter_token"),
        cleansUp: try reader.bool("cleanup"))
    case "Replace":
      return .replace(
        try NormalizerJSON.pattern(reader.member("pattern")), content: try reader.string("content"))
    case "Strip":
      return .strip(
        try reader.member("content").scalar(), start: try reader.member("start").count(),
        stop: try reader.member("stop").count())
    case "Sequence":
      var decoders: [Decoder] = []
      for item in try reader.array("decoders") {
        try item.isNotNull()
        if let decoder = try read(item.value, at: item.path) { decoders.append(decoder) }
      }
      return .sequence(decoders)
    default: throw .unsupported(path: path, component: "decoder", type: type)
    }
  }

  static func write(_ decoder: Decoder?) -> JSONValue {
    switch decoder {
    case nil: return .null
    case .metaspace(let replacement, let scheme):
      return PreTokenizerJSON.write(.metaspace(replacement: replacement, prependScheme: scheme))
    case .byteFallback: return .typed("ByteFallback")
    case .fuse: return .typed("Fuse")
    case .byteLevel(let addsPrefixSpace, let trimsOffsets, let usesRegex):
      return PreTokenizerJSON.write(
        .byteLevel(
          addsPrefixSpace: addsPrefixSpace, trimsOffsets: trimsOffsets, usesRegex: usesRegex))
    case .bpe(let suffix): return .typed("BPEDecoder", [.init("suffix", .string(suffix))])
    case .wordPiece(let prefix, let cleansUp):
      return .typed(
        "WordPiece", [.init("prefix", .string(prefix)), .init("cleanup", .bool(cleansUp))])
    case .ctc(let pad, let wordDelimiter, let cleansUp):
      return .typed(
        "CTC",
        [
          .init("pad_token", .string(pad)), .init("word_delimiter_token", .string(wordDelimiter)),
          .init("cleanup", .bool(cleansUp)),
        ])
    case .replace(let pattern, let content):
      return .typed(
        "Replace",
        [.init("pattern", NormalizerJSON.write(pattern)), .init("content", .string(content))])
    case .strip(let content, let start, let stop):
      return .typed(
        "Strip",
        [
          .init("content", .string(String(Character(content)))), .init("start", .integer(start)),
          .init("stop", .integer(stop)),
        ])
    case .sequence(let decoders):
      return .typed("Sequence", [.init("decoders", .array(decoders.map { write($0) }))])
    }
  }
}
