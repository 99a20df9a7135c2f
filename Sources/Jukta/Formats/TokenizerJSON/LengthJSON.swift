/// tokenizer.json's `truncation` and `padding` objects, read and written.
enum LengthJSON {
  /// More padding than any model takes, and less than memory: a file that asks for more is damaged.
  static let paddingLimit = 1 << 22

  static func readTruncation(_ value: JSONValue) throws(TokenizerFileError) -> Truncation? {
    if value == .null { return nil }
    let reader = JSONReader(value, "truncation")
    return Truncation(
      maximumLength: try reader.member("max_length").count(),
      strategy: try choice(reader, "strategy"), stride: try reader.member("stride").count(),
      direction: value["direction"] == nil ? .right : try choice(reader, "direction"))
  }

  static func write(_ truncation: Truncation?) -> JSONValue {
    guard let truncation else { return .null }
    return .object([
      .init("direction", .string(truncation.direction.rawValue)),
      // No text has so many tokens, and it must not be written as a fraction.
      .init("max_length", .integer(min(truncation.maximumLength, 999_999_999_999_999))),
      .init("strategy", .string(truncation.strategy.rawValue)),
      .init("stride", .integer(truncation.stride)),
    ])
  }

  static func readPadding(_ value: JSONValue) throws(TokenizerFileError) -> Padding? {
    if value == .null { return nil }
    let reader = JSONReader(value, "padding")
    let strategy = try reader.member("strategy")
    var length = Padding.Length.longest
    if case .object = strategy.value {
      length = .fixed(try limited(strategy.member("Fixed")))
    } else if try strategy.string() != "BatchLongest" {
      throw .invalid(path: strategy.path, reason: "expected BatchLongest or {\"Fixed\": n}")
    }
    var multiple: Int?
    if value["pad_to_multiple_of"] ?? .null != .null {
      multiple = try limited(reader.member("pad_to_multiple_of"))
    }
    return Padding(
      length: length, direction: try choice(reader, "direction"), multiple: multiple,
      id: try reader.member("pad_id").id(), typeID: try reader.member("pad_type_id").id(),
      token: try reader.string("pad_token"))
  }

  static func write(_ padding: Padding?) -> JSONValue {
    guard let padding else { return .null }
    let strategy: JSONValue =
      if case .fixed(let length) = padding.length {
        .object([.init("Fixed", .integer(length))])
      } else {
        .string("BatchLongest")
      }
    return .object([
      .init("strategy", strategy), .init("direction", .string(padding.direction.rawValue)),
      .init("pad_to_multiple_of", padding.multiple.map { .integer($0) } ?? .null),
      .init("pad_id", .integer(padding.id)), .init("pad_type_id", .integer(padding.typeID)),
      .init("pad_token", .string(padding.token)),
    ])
  }

  private static func limited(_ reader: JSONReader) throws(TokenizerFileError) -> Int {
    let count = try reader.count()
    guard count <= paddingLimit else {
      throw .invalid(path: reader.path, reason: "more than \(paddingLimit) tokens")
    }
    return count
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ reader: JSONReader, _ key: String
  ) throws(TokenizerFileError) -> Choice where Choice.RawValue == String {
    let member = try reader.member(key)
    let name = try member.string()
    guard let choice = Choice(rawValue: name) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid(path: member.path, reason: "expected one of \(all); found '\(name)'")
    }
    return choice
  }
}
