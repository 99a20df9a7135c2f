/// A tokenizer file that cannot be read, with the place in it.
public enum TokenizerFileError: Error, Equatable, CustomStringConvertible {
  /// Not JSON.
  case notJSON(JSONError)
  /// A member that must be there is not.
  case missing(path: String)
  /// A value of another kind than the format asks for.
  case wrongType(path: String, expected: String, found: String)
  /// A component that Jukta does not run.
  case unsupported(path: String, component: String, type: String)
  /// A value that the format does not allow.
  case invalid(path: String, reason: String)
  /// Bytes that do not say what the format asks for at this field, and where they are in the file.
  case malformed(path: String, offset: Int, reason: String)
  /// The file cannot be opened or read.
  case unreadable(path: String, reason: String)

  /// Place, cause and, where there is one, a remedy.
  public var description: String {
    switch self {
    case .notJSON(let error): "not JSON: \(error)"
    case .missing(let path): "\(path): missing"
    case .wrongType(let path, let expected, let found):
      "\(path.isEmpty ? "the file" : path): expected \(expected), found \(found)"
    case .unsupported(let path, let component, let type):
      "\(path): the \(component) '\(type)' is not supported yet"
    case .invalid(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let offset, let reason):
      (path.isEmpty ? "" : path + ", ") + "byte \(offset): \(reason)"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    }
  }
}

extension TokenizerFileError {
  /// Runs `body`; an error that does not name a place in the file gets `path`, or where in the model
  /// it is.
  static func at<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws(TokenizerFileError) -> Result {
    do {
      return try body()
    } catch let error as TokenizerFileError {
      throw error
    } catch let error as ModelError {
      throw .invalid(path: path + error.place, reason: "\(error)")
    } catch {
      throw .invalid(path: path, reason: "\(error)")
    }
  }
}

extension ModelError {
  /// Where in a `model` object it is.
  fileprivate var place: String {
    switch self {
    case .unknownIDOutOfRange: ".unk_id"
    case .scoreIsNotANumber(let id): ".vocab[\(id)]"
    case .mergeOfMissingPieces(let rank), .mergeMakesNoPiece(let rank, _): ".merges[\(rank)]"
    case .dropoutOutOfRange: ".dropout"
    default: ""
    }
  }
}

/// A JSON value and its path in the file, for errors that name the place.
struct JSONReader {
  let value: JSONValue
  let path: String

  init(_ value: JSONValue, _ path: String) {
    self.value = value
    self.path = path
  }

  private func join(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

  func member(_ key: String) throws(TokenizerFileError) -> JSONReader {
    guard case .object = value else {
      throw .wrongType(path: path, expected: "an object", found: value.kind)
    }
    guard let member = value[key] else { throw .missing(path: join(key)) }
    return JSONReader(member, join(key))
  }

  func string() throws(TokenizerFileError) -> String {
    guard case .string(let text) = value else {
      throw .wrongType(path: path, expected: "a string", found: value.kind)
    }
    return text
  }

  func string(_ key: String) throws(TokenizerFileError) -> String { try member(key).string() }

  func bool(_ key: String, default fallback: Bool? = nil) throws(TokenizerFileError) -> Bool {
    if let fallback, value[key] == nil { return fallback }
    let member = try member(key)
    guard case .bool(let flag) = member.value else {
      throw .wrongType(path: member.path, expected: "true or false", found: member.value.kind)
    }
    return flag
  }

  func number() throws(TokenizerFileError) -> Double {
    guard case .number(let number) = value else {
      throw .wrongType(path: path, expected: "a number", found: value.kind)
    }
    return number
  }

  func id() throws(TokenizerFileError) -> UInt32 {
    guard let id = UInt32(exactly: try number()) else {
      throw .invalid(path: path, reason: "an id must be a whole number from 0 to 4294967295")
    }
    return id
  }

  /// How many of something. The reference holds it in 64 bits without a sign; what an Int does not
  /// hold is more than there can be of anything.
  func count() throws(TokenizerFileError) -> Int {
    let number = try number()
    guard number >= 0, number <= 0x1p64, number == number.rounded() else {
      throw .invalid(path: path, reason: "expected a whole number that is not negative")
    }
    return Int(exactly: number) ?? .max
  }

  /// A component's `type`; where an old file does not say it, the first of `shapes` all of whose
  /// members are there.
  func typeName(
    orOf shapes: [(type: String, members: [String])]
  ) throws(TokenizerFileError) -> String {
    if value["type"] ?? .null == .null, case .object = value {
      let shape = shapes.first { $0.members.allSatisfy { value[$0] != nil } }
      if let shape { return shape.type }
    }
    return try string("type")
  }

  /// Throws for `null`, which is no component of a sequence.
  func isNotNull() throws(TokenizerFileError) {
    if value == .null { throw .wrongType(path: path, expected: "an object", found: "null") }
  }

  /// One character.
  func scalar() throws(TokenizerFileError) -> Unicode.Scalar {
    let text = try string()
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else {
      throw .invalid(path: path, reason: "expected one character, found '\(text)'")
    }
    return scalar
  }

  func array() throws(TokenizerFileError) -> [JSONReader] {
    guard case .array(let items) = value else {
      throw .wrongType(path: path, expected: "an array", found: value.kind)
    }
    return items.enumerated().map { JSONReader($1, "\(path)[\($0)]") }
  }

  func array(_ key: String) throws(TokenizerFileError) -> [JSONReader] { try member(key).array() }
}
