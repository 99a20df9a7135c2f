/// tokenizer.json's `post_processor` object, read and written.
enum PostProcessorJSON {
  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError) -> PostProcessor?
  {
    if value == .null { return nil }
    let reader = JSONReader(value, path)
    switch try type(of: reader) {
    case "TemplateProcessing": return .template(try TemplateJSON.read(reader))
    case "BertProcessing":
      return .bert(cls: try token(reader.member("cls")), sep: try token(reader.member("sep")))
    case "RobertaProcessing":
      return .roberta(
        cls: try token(reader.member("cls")), sep: try token(reader.member("sep")),
        trimsOffsets: try reader.bool("trim_offsets"),
        addsPrefixSpace: try reader.bool("add_prefix_space"))
    case "ByteLevel":
      return .byteLevel(
        ByteLevelOffsets(
          addsPrefixSpace: try reader.bool("add_prefix_space"),
          trims: try reader.bool("trim_offsets"),
          usesRegex: try reader.bool("use_regex", default: true)))
    case "Sequence":
      var all: [PostProcessor] = []
      for item in try reader.array("processors") {
        guard let one = try read(item.value, at: item.path) else {
          throw .wrongType(path: item.path, expected: "an object", found: "null")
        }
        all.append(one)
      }
      return .sequence(all)
    case let other:
      throw .unsupported(path: path, component: "post_processor", type: other)
    }
  }

  /// The type's name; in old files it is told by the members.
  private static func type(of reader: JSONReader) throws(TokenizerFileError) -> String {
    if reader.value["type"] == nil {
      if reader.value["single"] != nil { return "TemplateProcessing" }
      if reader.value["sep"] != nil {
        return reader.value["trim_offsets"] == nil ? "BertProcessing" : "RobertaProcessing"
      }
    }
    return try reader.string("type")
  }

  /// `["[SEP]", 3]`
  private static func token(_ reader: JSONReader) throws(TokenizerFileError) -> PostProcessor.Token
  {
    let pair = try reader.array()
    guard pair.count == 2 else {
      throw .invalid(path: reader.path, reason: "expected a token and its id")
    }
    return PostProcessor.Token(try pair[0].string(), id: try pair[1].id())
  }

  static func write(_ processor: PostProcessor?) -> JSONValue {
    func pair(_ name: String, _ token: PostProcessor.Token) -> JSONValue.Member {
      .init(name, .array([.string(token.content), .integer(token.id)]))
    }
    switch processor {
    case nil: return .null
    case .template(let template): return TemplateJSON.write(template)
    case .bert(let cls, let sep):
      return .typed("BertProcessing", [pair("sep", sep), pair("cls", cls)])
    case .roberta(let cls, let sep, let trims, let addsPrefixSpace):
      return .typed(
        "RobertaProcessing",
        [
          pair("sep", sep), pair("cls", cls), .init("trim_offsets", .bool(trims)),
          .init("add_prefix_space", .bool(addsPrefixSpace)),
        ])
    case .byteLevel(let offsets):
      return .typed(
        "ByteLevel",
        [
          .init("add_prefix_space", .bool(offsets.addsPrefixSpace)),
          .init("trim_offsets", .bool(offsets.trims)),
          .init("use_regex", .bool(offsets.usesRegex)),
        ])
    case .sequence(let all):
      return .typed("Sequence", [.init("processors", .array(all.map { write($0) }))])
    }
  }
}
