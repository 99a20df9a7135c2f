/// A vocabulary as JSON, `{token: id}`, and merges over it.
struct VocabularyReader {
  /// The pieces by id; empty where an id is left out.
  let pieces: Pieces
  /// The ids, by the pieces' bytes.
  let ids: PieceIndex

  init(_ reader: JSONReader) throws(TokenizerFileError) {
    let members = try Self.members(reader)
    let tokens = members.strings
    var list = PieceList()
    var highest: UInt32 = 0
    for (index, number) in members.numbers.enumerated() {
      // The path is put together for an error only: there are as many members as pieces.
      guard let id = UInt32(exactly: number) else {
        _ = try JSONReader(.number(number), "\(reader.path).\(tokens[index])").id()
        continue
      }
      list.append(tokens.utf8(of: index), id: id)
      highest = max(highest, id)
    }
    // Holes are allowed, but a stray id must not ask for gigabytes.
    guard Int(highest) < tokens.count * 16 + (1 << 20) else {
      throw .invalid(
        path: reader.path, reason: "the id \(highest) is far beyond the \(tokens.count) tokens")
    }
    // Of two members of one name the later counts, as in the reference.
    ids = PieceIndex(list)
    pieces = try Self.byID(
      tokens, list.ids, ids, count: tokens.isEmpty ? 0 : Int(highest) + 1, reader.path)
  }

  /// The members in columns, each a token and its id.
  private static func members(_ reader: JSONReader) throws(TokenizerFileError) -> JSONColumns {
    switch reader.value {
    case .columns(let columns) where columns.form == .members: return columns
    case .object(let members):
      var numbers: [Double] = []
      for member in members {
        numbers.append(
          Double(try JSONReader(member.value, "\(reader.path).\(member.key)").id()))
      }
      return JSONColumns(.members, Pieces(members.lazy.map(\.key)), numbers)
    default:
      throw .wrongType(path: reader.path, expected: "an object", found: reader.value.kind)
    }
  }

  /// Tokens in the order of their ids.
  /// - Parameter given: the id that each has in the file, which a later token of that name may change.
  private static func byID(
    _ tokens: Pieces, _ given: [UInt32], _ ids: PieceIndex, count: Int, _ path: String
  ) throws(TokenizerFileError) -> Pieces {
    let utf8 = tokens.utf8
    var holders = [Int](repeating: -1, count: count)
    for index in tokens.indices {
      let range = tokens.range(of: index)
      guard let id = ids.hasTwins ? ids.id(of: range, in: utf8) : given[index] else { continue }
      let other = holders[Int(id)]
      guard other < 0 || utf8[tokens.range(of: other)] == utf8[range] else {
        throw .invalid(
          path: "\(path).\(tokens[index])", reason: "the id \(id) is that of '\(tokens[other])' too"
        )
      }
      holders[Int(id)] = index
    }
    var bytes: [UInt8] = []
    var ends: [Int] = []
    bytes.reserveCapacity(utf8.count)
    ends.reserveCapacity(count)
    for holder in holders {
      if holder >= 0 { bytes.append(contentsOf: utf8[tokens.range(of: holder)]) }
      ends.append(bytes.count)
    }
    return Pieces(utf8: bytes, ends: ends)
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

  /// The merge of two neighbouring strings of `pairs`.
  func merge(
    _ strings: Pieces, at index: Int, path: @autoclosure () -> String
  ) throws(TokenizerFileError) -> BPEMerge {
    func id(_ index: Int) throws(TokenizerFileError) -> UInt32 {
      let range = strings.range(of: index)
      let found = ids.id(of: range, in: strings.utf8)
      guard let found else { throw Self.missing(strings[index], path()) }
      return found
    }
    return BPEMerge(left: try id(index), right: try id(index + 1))
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
  static func write(_ pieces: Pieces, to json: inout JSONWriter) {
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
