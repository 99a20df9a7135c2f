/// A folder of `vocab.json` and `merges.txt` without a tokenizer.json, as GPT-2 was published: what
/// transformers 5.24 makes of its files.
///
/// Special tokens come from `tokenizer_config.json`; where that lists none by id, from
/// `special_tokens_map.json` and `added_tokens.json` too; else they are the class's own.
struct BPEFolder {
  private let folder: String
  private let kind: BPEFolderKind
  private let configuration: JSONReader
  /// What special tokens are, by role.
  private var roles: [String: JSONValue] = [:]
  private var extra: [JSONReader] = []
  /// Tokens that a file gives an id, by that.
  private var numbered: [(id: UInt32, token: AddedToken)] = []

  init(_ folder: String) throws {
    let missing = ["vocab.json", "merges.txt"].filter { !ModelFile.exists(folder + "/" + $0) }
    if missing.count == 1 { throw TokenizerFileError.missing(path: folder + "/" + missing[0]) }
    guard missing.isEmpty else {
      throw TokenizerFileError.unreadable(
        path: folder,
        reason:
          "holds no tokenizer.json, no spiece.model or tokenizer.model, and not vocab.json with "
          + "merges.txt either")
    }
    self.folder = folder
    configuration =
      try Self.object(folder, "tokenizer_config.json") ?? JSONReader(.object([]), "")
    kind = try BPEFolderKind(configuration)
    roles = kind.specials.mapValues { .string($0) }
    try readSpecials(configuration)
    if let listed = configuration.value["added_tokens_decoder"], listed != .null {
      try readNumbered(JSONReader(listed, configuration.path + ": added_tokens_decoder"))
    } else {
      if let map = try Self.object(folder, "special_tokens_map.json") { try readSpecials(map) }
      if let added = try Self.object(folder, "added_tokens.json") { try readAdded(added) }
    }
  }

  /// A file of the folder that may be missing.
  static func object(_ folder: String, _ name: String) throws -> JSONReader? {
    guard ModelFile.exists(folder + "/" + name) else { return nil }
    let bytes = try ModelFile.read(folder + "/" + name)
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes.span)
    } catch {
      throw TokenizerFileError.invalid(path: name, reason: "not JSON: \(error)")
    }
    guard case .object = value else {
      throw TokenizerFileError.wrongType(path: name, expected: "an object", found: value.kind)
    }
    return JSONReader(value, name)
  }

  private mutating func readSpecials(_ reader: JSONReader) throws {
    for role in BPEFolderKind.roles {
      if let value = reader.value[role] { roles[role] = value == .null ? nil : value }
    }
    for key in ["additional_special_tokens", "extra_special_tokens"] {
      guard case .array? = reader.value[key] else { continue }
      extra += try reader.array(key)
    }
  }

  private mutating func readNumbered(_ reader: JSONReader) throws {
    guard case .object(let members) = reader.value else {
      throw TokenizerFileError.wrongType(
        path: reader.path, expected: "an object", found: reader.value.kind)
    }
    for member in members {
      let item = JSONReader(member.value, reader.path + "." + member.key)
      guard let id = UInt32(member.key) else {
        throw TokenizerFileError.invalid(path: item.path, reason: "the name is no id")
      }
      numbered.append((id, try Self.token(item, isSpecial: false)))
    }
    numbered.sort { $0.id < $1.id }
  }

  private mutating func readAdded(_ reader: JSONReader) throws {
    guard case .object(let members) = reader.value else { return }
    let special = Set(try specials().map { Array($0.content.utf8) })
    for member in members {
      let id = try JSONReader(member.value, reader.path + "." + member.key).id()
      var token = AddedToken(member.key, id: 0)
      token.isSpecial = special.contains(Array(member.key.utf8))
      token.isNormalized = !token.isSpecial
      numbered.append((id, token))
    }
    numbered.sort { $0.id < $1.id }
  }

  /// A token as a string or as an object with its flags.
  static func token(_ reader: JSONReader, isSpecial: Bool) throws -> AddedToken {
    if case .string(let content) = reader.value { return AddedToken(content, id: 0) }
    var token = AddedToken(try reader.string("content"), id: 0)
    token.singleWord = try reader.bool("single_word", default: false)
    token.stripsLeft = try reader.bool("lstrip", default: false)
    token.stripsRight = try reader.bool("rstrip", default: false)
    token.isSpecial = try isSpecial || reader.bool("special", default: false)
    token.isNormalized = try reader.bool("normalized", default: !token.isSpecial)
    return token
  }

  /// The special tokens in the order in which transformers adds them. It adds each content once as a
  /// string and once as an object with flags; of two the later one counts.
  private func specials() throws -> [AddedToken] {
    let given =
      BPEFolderKind.roles.compactMap { role in roles[role].map { JSONReader($0, role) } } + extra
    var tokens: [AddedToken] = []
    var seen: Set<[UInt8]> = []
    for reader in given {
      let token = try Self.token(reader, isSpecial: true)
      let isObject: UInt8 = if case .object = reader.value { 1 } else { 0 }
      if seen.insert([isObject] + token.content.utf8).inserted { tokens.append(token) }
    }
    return tokens
  }

  /// Joins the files to a tokenizer.
  func tokenizer() throws -> Tokenizer {
    var options = BPEOptions()
    (options.continuingSubwordPrefix, options.endOfWordSuffix) = ("", "")
    options.isByteLevel = true
    let vocabulary = try ModelFile.read(folder + "/vocab.json")
    let merges = try ModelFile.read(folder + "/merges.txt")
    let model = try BPEFiles.read(
      vocabulary: vocabulary.span, merges: merges.span, options: options)
    let tokens = Self.numbering(try specials(), behind: numbered.map(\.token), model)
    let addsPrefixSpace = try flag("add_prefix_space")
    return try Tokenizer(
      frontEnd: TextFrontEnd(
        normalizer: Normalizer(kind.normalizer),
        preTokenizer: kind.preTokenizer(addsPrefixSpace: addsPrefixSpace),
        spellsBytes: !model.options.isByteLevel),
      model: .bpe(model), addedTokens: tokens,
      postProcessor: try postProcessor(tokens, addsPrefixSpace: addsPrefixSpace),
      decoder: .byteLevel())
  }

  /// Tokens with their ids: the model's, where it knows them, else the next one.
  private static func numbering(
    _ specials: [AddedToken], behind listed: [AddedToken], _ model: BPEModel
  ) -> [AddedToken] {
    let known = Set(listed.map { Array($0.content.utf8) })
    var list = AddedTokenList(.bpe(model))
    for token in listed + specials.filter({ !known.contains(Array($0.content.utf8)) }) {
      _ = list.add(token.content) { id in
        var numbered = token
        numbered.id = id
        return numbered
      }
    }
    return list.tokens
  }

  private func flag(_ key: String, default fallback: Bool = false) throws -> Bool {
    if configuration.value[key] ?? .null == .null { return fallback }
    return try configuration.bool(key)
  }

  private func postProcessor(
    _ tokens: [AddedToken], addsPrefixSpace: Bool
  ) throws -> PostProcessor {
    func token(_ role: String) throws -> AddedToken? {
      guard let value = roles[role] else { return nil }
      let content = try Self.token(JSONReader(value, role), isSpecial: true).content
      return tokens.first { $0.content.utf8.elementsEqual(content.utf8) }
    }
    if kind == .roberta, let start = try token("cls_token"), let end = try token("sep_token") {
      return .roberta(
        cls: .init(start), sep: .init(end),
        trimsOffsets: try flag("trim_offsets", default: true), addsPrefixSpace: addsPrefixSpace)
    }
    return .template(
      .around(
        start: try flag("add_bos_token") ? token("bos_token") : nil,
        end: try flag("add_eos_token") ? token("eos_token") : nil))
  }
}

extension Template {
  /// A token before each text, one behind, both or none.
  static func around(start: AddedToken?, end: AddedToken?) -> Template {
    func parts(_ text: Part, type: UInt32) -> [Part] {
      [start.map { .special($0.content, typeID: type) }, text].compactMap(\.self)
        + [end.map { .special($0.content, typeID: type) }].compactMap(\.self)
    }
    let single = parts(.first(typeID: 0), type: 0)
    var specials: [Special] = []
    for token in [start, end].compactMap(\.self)
    where !specials.contains(where: { $0.ids == [token.id] }) {
      specials.append(Special(name: token.content, ids: [token.id], tokens: [token.content]))
    }
    return Template(
      single: single, pair: single + parts(.second(typeID: 1), type: 1), specials: specials)
  }
}
