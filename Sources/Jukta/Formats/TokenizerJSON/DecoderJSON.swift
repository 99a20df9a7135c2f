/// tokenizer.json's `decoder` object, read and written.
enum DecoderJSON {
  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError) -> Decoder? {
    if value == .null { return nil }
    let reader = JSONReader(value, path)
    let type = try reader.string("type")
    switch type {
    case "Metaspace":
      return .metaspace(
        replacement: try PreTokenizerJSON.scalar(reader.member("replacement")),
        prependScheme: try PreTokenizerJSON.prependScheme(reader))
    case "ByteFallback": return .byteFallback
    case "Fuse": return .fuse
    case "ByteLevel":
      return .byteLevel(
        addsPrefixSpace: try reader.bool("add_prefix_space"),
        trimsOffsets: try reader.bool("trim_offsets"),
        usesRegex: try reader.bool("use_regex", default: true))
    case "BPEDecoder": return .bpe(suffix: try reader.string("suffix"))
    case "Sequence":
      var decoders: [Decoder] = []
      for item in try reader.array("decoders") {
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
    case .sequence(let decoders):
      return .typed("Sequence", [.init("decoders", .array(decoders.map { write($0) }))])
    }
  }
}
