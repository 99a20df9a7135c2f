/// A vocabulary as JSON, `{token: id}`, and merges over it.
struct VocabularyReader {
  /// The pieces by id; empty where an id is left out.
  private(set) var pieces: [String] = []
  private var ids: [[UInt8]: UInt32] = [:]

  init(_ reader: JSONReader) throws(TokenizerFileError) {
    guard case .object(let members) = reader.value else {
      throw .wrongType(path: reader.path, expected: "an object", found: reader.value.kind)
    }
    ids.reserveCapacity(members.count)
    var highest: UInt32 = 0
    for member in members {
      let id = try JSONReader(member.value, "\(reader.path).\(member.key)").id()
      ids[Array(member.key.utf8)] = id
      highest = max(highest, id)
    }
    // Holes are allowed, but a stray id must not ask for gigabytes.
    guard Int(highest) < members.count * 16 + (1 << 20) else {
      throw .invalid(
        path: reader.path, reason: "the id \(highest) is far beyond the \(members.count) tokens")
    }
    pieces = [String](repeating: "", count: members.isEmpty ? 0 : Int(highest) + 1)
    for (index, member) in members.enumerated() {
      // Of two members of one name the later counts, as in the reference.
      guard let id = ids[Array(member.key.utf8)] else { continue }
      let held = pieces[Int(id)]
      guard held.isEmpty || held.utf8.elementsEqual(member.key.utf8) else {
        throw .invalid(
          path: "\(reader.path).\(members[index].key)",
          reason: "the id \(id) is that of '\(held)' too")
      }
      pieces[Int(id)] = member.key
    }
  }

  /// The id of a token, by its bytes.
  func id(of token: String) -> UInt32? { ids[Array(token.utf8)] }

  /// A merge from a line of two tokens with a space between; nil for a `#version` line.
  func merge(line: String, at path: String) throws(TokenizerFileError) -> BPEMerge? {
    let bytes = Array(line.utf8)
    if bytes.starts(with: "#version".utf8) { return nil }
    let parts = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw .invalid(
        path: path, reason: "expected two tokens with a space between, found '\(line)'")
    }
    return try merge(parts[0], parts[1], at: path)
  }

  func merge(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, at path: String
  ) throws(TokenizerFileError) -> BPEMerge {
    BPEMerge(left: try id(left, path), right: try id(right, path))
  }

  private func id(_ token: ArraySlice<UInt8>, _ path: String) throws(TokenizerFileError) -> UInt32 {
    guard let id = ids[Array(token)] else {
      throw .invalid(
        path: path,
        reason: "the token '\(String(decoding: token, as: UTF8.self))' is not in the vocabulary")
    }
    return id
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
