/// tokenizer.json's TemplateProcessing, read and written.
enum TemplateJSON {
  static func read(_ reader: JSONReader) throws(TokenizerFileError) -> Template {
    let specials = try reader.member("special_tokens")
    guard case .object(let members) = specials.value else {
      throw .wrongType(path: specials.path, expected: "an object", found: specials.value.kind)
    }
    var read: [Template.Special] = []
    for member in members {
      let special = JSONReader(member.value, specials.path + "." + member.key)
      var ids: [UInt32] = []
      for item in try special.array("ids") { ids.append(try item.id()) }
      var tokens: [String] = []
      for item in try special.array("tokens") { tokens.append(try item.string()) }
      guard ids.count == tokens.count else {
        throw .invalid(path: special.path, reason: "ids and tokens are not equally many")
      }
      read.append(.init(name: member.key, ids: ids, tokens: tokens))
    }
    let single = try parts(reader, "single", read)
    guard !single.contains(where: { if case .second = $0 { true } else { false } }) else {
      throw .invalid(
        path: reader.path + ".single", reason: "there is no sequence B in a single text")
    }
    return Template(single: single, pair: try parts(reader, "pair", read), specials: read)
  }

  private static func parts(
    _ reader: JSONReader, _ key: String, _ specials: [Template.Special]
  ) throws(TokenizerFileError) -> [Template.Part] {
    var parts: [Template.Part] = []
    for item in try reader.array(key) {
      if case .object(let members) = item.value, members.count != 1 {
        throw .invalid(path: item.path, reason: "expected either Sequence or SpecialToken")
      }
      let isSequence = item.value["Sequence"] != nil
      let inner = try item.member(isSequence ? "Sequence" : "SpecialToken")
      let name = try inner.string("id")
      let type = try inner.member("type_id").id()
      switch (isSequence, name) {
      case (true, "A"): parts.append(.first(typeID: type))
      case (true, "B"): parts.append(.second(typeID: type))
      case (true, _): throw .invalid(path: inner.path, reason: "expected A or B, found '\(name)'")
      case (false, _):
        guard specials.contains(where: { $0.name == name }) else {
          throw .invalid(path: inner.path, reason: "'\(name)' is not among special_tokens")
        }
        parts.append(.special(name, typeID: type))
      }
    }
    return parts
  }

  static func write(_ template: Template) -> JSONValue {
    func part(_ part: Template.Part) -> JSONValue {
      func object(_ kind: String, _ id: String, _ type: UInt32) -> JSONValue {
        .object([
          .init(
            kind,
            .object([.init("id", .string(id)), .init("type_id", .number(Double(type)))]))
        ])
      }
      switch part {
      case .first(let type): return object("Sequence", "A", type)
      case .second(let type): return object("Sequence", "B", type)
      case .special(let name, let type): return object("SpecialToken", name, type)
      }
    }
    let specials = template.specials.map { special in
      JSONValue.Member(
        special.name,
        .object([
          .init("id", .string(special.name)),
          .init("ids", .array(special.ids.map { .number(Double($0)) })),
          .init("tokens", .array(special.tokens.map { .string($0) })),
        ]))
    }
    return .typed(
      "TemplateProcessing",
      [
        .init("single", .array(template.single.map(part))),
        .init("pair", .array(template.pair.map(part))), .init("special_tokens", .object(specials)),
      ])
  }
}
