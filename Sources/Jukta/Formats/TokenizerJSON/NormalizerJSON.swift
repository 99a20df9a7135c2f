/// tokenizer.json's `normalizer` object, read and written.
enum NormalizerJSON {
  /// The steps of a `normalizer` object at `path`.
  static func read(_ value: JSONValue, at path: String) throws(TokenizerFileError)
    -> [NormalizationStep]
  {
    if value == .null { return [] }
    let reader = JSONReader(value, path)
    let type = try reader.typeName(orOf: [
      ("BertNormalizer", ["clean_text", "handle_chinese_chars", "strip_accents", "lowercase"]),
      ("Strip", ["strip_left", "strip_right"]), ("Sequence", ["normalizers"]),
      ("Precompiled", ["precompiled_charsmap"]), ("Replace", ["pattern", "content"]),
      ("Prepend", ["prepend"]),
    ])
    switch type {
    case "Nmt": return [.nmt]
    case "NFC": return [.nfc(.unicode9)]
    case "NFD": return [.nfd(.unicode9)]
    case "NFKC": return [.nfkc(.unicode9)]
    case "NFKD": return [.nfkd(.unicode9)]
    case "Lowercase": return [.lowercase]
    case "StripAccents": return [.stripAccents]
    case "BertNormalizer", "Bert": return [.bert(try bert(reader))]
    case "ByteLevel": return [.byteLevel]
    case "Strip":
      return [.strip(left: try reader.bool("strip_left"), right: try reader.bool("strip_right"))]
    case "Prepend": return [.prepend(try reader.string("prepend"))]
    case "Replace":
      return [
        .replace(try pattern(reader.member("pattern")), content: try reader.string("content"))
      ]
    case "Precompiled":
      return [.precompiled(try precompiledMap(reader.member("precompiled_charsmap")))]
    case "Sequence":
      var steps: [NormalizationStep] = []
      for item in try reader.array("normalizers") {
        try item.isNotNull()
        steps += try read(item.value, at: item.path)
      }
      return steps
    default: throw .unsupported(path: path, component: "normalizer", type: type)
    }
  }

  private static func precompiledMap(
    _ reader: JSONReader
  ) throws(TokenizerFileError) -> PrecompiledMap {
    guard let bytes = Base64.decode(try reader.string()) else {
      throw .invalid(path: reader.path, reason: "not Base64")
    }
    do throws(PrecompiledMapError) {
      return try PrecompiledMap(bytes)
    } catch {
      throw .invalid(path: reader.path, reason: "\(error)")
    }
  }

  private static func bert(_ reader: JSONReader) throws(TokenizerFileError) -> BertNormalization {
    let strips = reader.value["strip_accents"] ?? .null
    return BertNormalization(
      cleansText: try reader.bool("clean_text"),
      separatesChinese: try reader.bool("handle_chinese_chars"),
      stripsAccents: strips == .null ? nil : try reader.bool("strip_accents"),
      lowercases: try reader.bool("lowercase"))
  }

  static func pattern(_ reader: JSONReader) throws(TokenizerFileError) -> NormalizationStep.Pattern
  {
    if reader.value["String"] != nil, reader.value["Regex"] != nil {
      throw .invalid(path: reader.path, reason: "expected String or Regex, found both")
    }
    if case .object(let members) = reader.value, members.count > 1 {
      throw .invalid(path: reader.path, reason: "expected String or Regex and nothing else")
    }
    if reader.value["String"] != nil { return .string(try reader.string("String")) }
    let pattern = NormalizationStep.Pattern.regex(try reader.string("Regex"))
    do throws(NormalizationError) {
      _ = try PatternSearch(pattern)
    } catch {
      throw .invalid(path: reader.path + ".Regex", reason: "\(error)")
    }
    return pattern
  }

  /// The `normalizer` object of these steps.
  static func write(_ steps: [NormalizationStep]) -> JSONValue {
    if steps.isEmpty { return .null }
    if steps.count == 1 { return write(steps[0]) }
    return .typed("Sequence", [.init("normalizers", .array(steps.map { write($0) }))])
  }

  static func write(_ pattern: NormalizationStep.Pattern) -> JSONValue {
    switch pattern {
    case .string(let text): .object([.init("String", .string(text))])
    case .regex(let text): .object([.init("Regex", .string(text))])
    }
  }

  private static func write(_ step: NormalizationStep) -> JSONValue {
    switch step {
    case .nmt: return .typed("Nmt")
    case .nfc: return .typed("NFC")
    case .nfd: return .typed("NFD")
    case .nfkc: return .typed("NFKC")
    case .nfkd: return .typed("NFKD")
    case .lowercase: return .typed("Lowercase")
    case .stripAccents: return .typed("StripAccents")
    case .byteLevel: return .typed("ByteLevel")
    case .bert(let bert):
      return .typed(
        "BertNormalizer",
        [
          .init("clean_text", .bool(bert.cleansText)),
          .init("handle_chinese_chars", .bool(bert.separatesChinese)),
          .init("strip_accents", bert.stripsAccents.map { .bool($0) } ?? .null),
          .init("lowercase", .bool(bert.lowercases)),
        ])
    case .strip(let left, let right):
      return .typed(
        "Strip", [.init("strip_left", .bool(left)), .init("strip_right", .bool(right))])
    case .prepend(let prefix): return .typed("Prepend", [.init("prepend", .string(prefix))])
    case .replace(let pattern, let content):
      return .typed(
        "Replace", [.init("pattern", write(pattern)), .init("content", .string(content))])
    case .precompiled(let map):
      return .typed(
        "Precompiled", [.init("precompiled_charsmap", .string(Base64.encode(map.bytes)))])
    case .sequence(let steps): return write(steps)
    }
  }
}

extension JSONValue {
  /// An object with a `type`, as tokenizer.json's components are.
  static func typed(_ type: String, _ members: [Member] = []) -> JSONValue {
    .object([Member("type", .string(type))] + members)
  }
}
