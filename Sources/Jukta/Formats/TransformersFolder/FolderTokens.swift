/// The tokens that a folder's other files name beside its tokenizer.json, as transformers 5.24 reads
/// them: `added_tokens_decoder`, the roles (`eos_token` …) and further special tokens of
/// `tokenizer_config.json`; where that has no `added_tokens_decoder`, what the older files
/// `special_tokens_map.json` and `added_tokens.json` say too.
///
/// Ids in these files are not obeyed, they only order: a token that tokenizer.json or the model knows
/// keeps its id, and others get the next ones.
struct FolderTokens {
  private typealias Named = (role: String, token: JSONReader)

  private let tokenizer: Tokenizer
  private let configuration: JSONReader
  /// Tokens by role: the usual roles in transformers' order, then the model's own.
  private var roles: [Named] = []
  private var extra: [JSONReader] = []
  /// Contents of further tokens that the older map names: those are special whatever their flags say.
  private var special: Set<[UInt8]> = []
  private var numbered: [UInt32: AddedToken] = [:]

  /// - Parameters:
  ///   - tokenizer: what the folder's tokenizer.json says.
  ///   - folder: the path.
  init(_ tokenizer: Tokenizer, folder: String) throws {
    self.tokenizer = tokenizer
    let found = try BPEFolder.object(folder, "tokenizer_config.json")
    configuration = found ?? JSONReader(.object([]), "tokenizer_config.json")
    readRoles(configuration)
    readModelRoles(configuration)
    let more = configuration.value["extra_special_tokens"] ?? .null
    if case .object(let members) = more {
      for member in members { set(member.key, JSONReader(member.value, member.key)) }
    }
    for key in ["additional_special_tokens", "extra_special_tokens"] {
      guard case .array(let items)? = configuration.value[key], !items.isEmpty else { continue }
      extra = try configuration.array(key)
    }
    if let listed = configuration.value["added_tokens_decoder"], listed != .null {
      try readNumbered(JSONReader(listed, configuration.path + ": added_tokens_decoder"))
    } else {
      let hasExtra = more != .null || !extra.isEmpty
      if let map = try BPEFolder.object(folder, "special_tokens_map.json") {
        try readMap(map, hasExtra: hasExtra)
      }
      if let added = try BPEFolder.object(folder, "added_tokens.json") { try readAdded(added) }
      for token in tokenizer.addedTokens { numbered[token.id] = token }
    }
    // What padding is done with is a token too.
    if let padding = tokenizer.padding, configuration.value["pad_token"] == nil,
      !roles.contains(where: { $0.role == "pad_token" })
    {
      set("pad_token", JSONReader(.string(padding.token), "padding.pad_token"))
    }
  }

  private mutating func set(_ role: String, _ token: JSONReader) {
    if let place = roles.firstIndex(where: { $0.role == role }) {
      roles[place].token = token
    } else {
      roles.append((role, token))
      // The usual roles come first, in their own order, whichever file names them first.
      let usual = BPEFolderKind.roles
      func place(_ role: String) -> Int { usual.firstIndex(of: role) ?? usual.count }
      let sorted = roles.enumerated().sorted {
        (place($0.element.role), $0.offset) < (place($1.element.role), $1.offset)
      }
      roles = sorted.map(\.element)
    }
  }

  private mutating func readRoles(_ reader: JSONReader) {
    for role in BPEFolderKind.roles {
      guard let value = reader.value[role] else { continue }
      roles.removeAll { $0.role == role && value == .null }
      if value != .null { set(role, JSONReader(value, reader.path + ": " + role)) }
    }
  }

  /// Roles that only this model has: `image_token` and the like.
  private mutating func readModelRoles(_ reader: JSONReader) {
    guard case .object(let members) = reader.value else { return }
    for member in members where member.key.hasSuffix("_token") {
      guard !BPEFolderKind.roles.contains(member.key), case .string = member.value else { continue }
      set(member.key, JSONReader(member.value, reader.path + ": " + member.key))
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
      guard case .object = item.value else {
        throw TokenizerFileError.wrongType(
          path: item.path, expected: "an object", found: item.value.kind)
      }
      numbered[id] = try BPEFolder.token(item, isSpecial: false)
    }
  }

  private mutating func readMap(_ map: JSONReader, hasExtra: Bool) throws {
    readRoles(map)
    readModelRoles(map)
    switch map.value["extra_special_tokens"] {
    case .array?:
      let known = try Set(extra.map { try BPEFolder.token($0, isSpecial: true).content.utf8Bytes })
      let more = try map.array("extra_special_tokens").filter {
        try !known.contains(BPEFolder.token($0, isSpecial: true).content.utf8Bytes)
      }
      for reader in more {
        special.insert(try BPEFolder.token(reader, isSpecial: true).content.utf8Bytes)
      }
      extra += more
    case .object(let members)?:
      for member in members { set(member.key, JSONReader(member.value, member.key)) }
    default:
      if !hasExtra, case .array? = map.value["additional_special_tokens"] {
        extra = try map.array("additional_special_tokens")
      }
    }
  }

  private mutating func readAdded(_ reader: JSONReader) throws {
    guard case .object(let members) = reader.value else { return }
    let special = try Set(
      (roles.map(\.token) + extra).map {
        try BPEFolder.token($0, isSpecial: true).content.utf8Bytes
      })
    for member in members {
      let id = try JSONReader(member.value, reader.path + "." + member.key).id()
      var token = AddedToken(member.key, id: 0)
      token.isSpecial = special.contains(member.key.utf8Bytes)
      token.isNormalized = !token.isSpecial
      numbered[id] = token
    }
  }

  /// The tokens to add, in transformers' order.
  private func tokens() throws -> [AddedToken] {
    var tokens = numbered.sorted { $0.key < $1.key }.map(\.value)
    let known = Set((tokenizer.addedTokens + tokens).map(\.content.utf8Bytes))
    let named = try Set(
      roles.map { try BPEFolder.token($0.token, isSpecial: true).content.utf8Bytes })
    for reader in roles.map(\.token) + extra {
      let content = try BPEFolder.token(reader, isSpecial: true).content.utf8Bytes
      var token = try BPEFolder.token(reader, isSpecial: special.contains(content))
      guard !known.contains(token.content.utf8Bytes), !tokens.contains(token) else { continue }
      token.isSpecial = token.isSpecial || named.contains(token.content.utf8Bytes)
      tokens.append(token)
    }
    for place in tokens.indices where named.contains(tokens[place].content.utf8Bytes) {
      tokens[place].isSpecial = true
    }
    return tokens
  }

  /// The tokenizer with these tokens. What stands around a text is tokenizer.json's to say: `add_bos_token`
  /// and `add_eos_token` of the configuration change nothing, as in transformers.
  func added() throws -> Tokenizer {
    var list = AddedTokenList(tokenizer.model, tokenizer.addedTokens)
    for token in try tokens() {
      _ = list.add(token.content) { id in
        var numbered = token
        numbered.id = id
        return numbered
      }
    }
    let isSame = list.tokens.sorted { $0.id < $1.id } == tokenizer.addedTokens
    guard !isSame else { return tokenizer }
    return try TokenizerFileError.at("tokenizer_config.json") {
      try Tokenizer(
        frontEnd: tokenizer.frontEnd, model: tokenizer.model, addedTokens: list.tokens,
        postProcessor: tokenizer.postProcessor, decoder: tokenizer.decoder,
        truncation: tokenizer.truncation, padding: tokenizer.padding)
    }
  }
}

extension String {
  /// For comparing: Swift takes canonically equivalent strings for equal.
  fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
