/// A vocabulary as JSON, `{token: id}`, and merges over it.
struct VocabularyReader {
  /// The pieces by id; empty where an id is left out.
  private(set) var pieces: [String] = []
  private let ids: PieceIndex

  init(_ reader: JSONReader) throws(TokenizerFileError) {
    guard case .object(let members) = reader.value else {
      throw .wrongType(path: reader.path, expected: "an object", found: reader.value.kind)
    }
    var list = PieceList()
    var highest: UInt32 = 0
    for member in members {
      // The path is put together for an error only: there are as many members as pieces.
      guard case .number(let number) = member.value, let id = UInt32(exactly: number) else {
        _ = try JSONReader(member.value, "\(reader.path).\(member.key)").id()
        continue
      }
      list.append(member.key.utf8, id: id)
      highest = max(highest, id)
    }
    // Holes are allowed, but a stray id must not ask for gigabytes.
    guard Int(highest) < members.count * 16 + (1 << 20) else {
      throw .invalid(
        path: reader.path, reason: "the id \(highest) is far beyond the \(members.count) tokens")
    }
    // Of two members of one name the later counts, as in the reference.
    ids = PieceIndex(list)
    pieces = [String](repeating: "", count: members.isEmpty ? 0 : Int(highest) + 1)
    for member in members {
      guard let id = ids.id(of: member.key) else { continue }
      let held = pieces[Int(id)]
      guard held.isEmpty || held.utf8.elementsEqual(member.key.utf8) else {
        throw .invalid(
          path: "\(reader.path).\(member.key)", reason: "the id \(id) is that of '\(held)' too")
      }
      pieces[Int(id)] = member.key
    }
  }

  /// The id of a token, by its bytes.
  func id(of token: String) -> UInt32? { ids.id(of: token) }

  /// A merge from a line of two tokens with a space between; nil for a `#version` line.
  func merge(
    line: String, at path: @autoclosure () -> String
  ) throws(TokenizerFileError) -> BPEMerge? {
    let bytes = line.utf8
    if bytes.starts(with: "#version".utf8) { return nil }
    guard let space = bytes.firstIndex(of: UInt8(ascii: " ")),
      !bytes[bytes.index(after: space)...].contains(UInt8(ascii: " "))
    else {
      throw .invalid(
        path: path(), reason: "expected two tokens with a space between, found '\(line)'")
    }
    return try merge(
      String(line[..<space]), String(line[bytes.index(after: space)...]), at: path())
  }

  /// The merge of two tokens.
  func merge(
    _ left: String, _ right: String, at path: @autoclosure () -> String
  ) throws(TokenizerFileError) -> BPEMerge {
    guard let first = ids.id(of: left) else { throw Self.missing(left, path()) }
    guard let second = ids.id(of: right) else { throw Self.missing(right, path()) }
    return BPEMerge(left: first, right: second)
  }

  private static func missing(_ token: String, _ path: String) -> TokenizerFileError {
    .invalid(path: path, reason: "the token '\(token)' is not in the vocabulary")
  }
}

/// A vocabulary written.
enum VocabularyJSON {
  /// Writes pieces by id; empty ones are holes.
  static func write(_ pieces: [String], to json: inout JSONWriter) {
    json.raw("{")
    var isFirst = true
    for (id, piece) in pieces.enumerated() where !piece.isEmpty {
      json.raw(isFirst ? "\n      " : ",\n      ")
      isFirst = false
      json.string(piece)
      json.raw(": ")
      json.number(id)
    }
    isFirst ? json.raw("}") : json.raw("\n    }")
  }
}
