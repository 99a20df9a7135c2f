/// tokenizer.json's `post_processor`: a template, ByteLevel's ranges, or the second before the first.
enum PostProcessorJSON {
  struct Processors {
    var template: Template?
    var byteLevel: ByteLevelOffsets?
  }

  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError) -> Processors {
    if value == .null { return Processors() }
    let reader = JSONReader(value, path)
    switch try reader.string("type") {
    case "ByteLevel":
      return Processors(
        byteLevel: ByteLevelOffsets(
          addsPrefixSpace: try reader.bool("add_prefix_space"),
          trims: try reader.bool("trim_offsets"),
          usesRegex: try reader.bool("use_regex", default: true)))
    case "Sequence":
      var all = Processors()
      for item in try reader.array("processors") {
        let one = try read(item.value, at: item.path)
        guard one.template == nil || all.template == nil,
          one.byteLevel == nil || all.byteLevel == nil
        else {
          throw .unsupported(path: item.path, component: "post_processor", type: "given twice")
        }
        all.template = all.template ?? one.template
        all.byteLevel = all.byteLevel ?? one.byteLevel
      }
      return all
    default: return Processors(template: try TemplateJSON.read(value, at: path))
    }
  }

  static func write(_ template: Template?, _ byteLevel: ByteLevelOffsets?) -> JSONValue {
    guard let byteLevel else { return TemplateJSON.write(template) }
    let first = JSONValue.typed(
      "ByteLevel",
      [
        .init("add_prefix_space", .bool(byteLevel.addsPrefixSpace)),
        .init("trim_offsets", .bool(byteLevel.trims)),
        .init("use_regex", .bool(byteLevel.usesRegex)),
      ])
    guard let template else { return first }
    return .typed(
      "Sequence", [.init("processors", .array([first, TemplateJSON.write(template)]))])
  }
}
