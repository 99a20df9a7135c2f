public import Jukta

/// A JSON document with one part of it changed.
public struct JSONMutation: Sendable {
  /// Where, as Jukta's messages write it: `model.vocab[1]`.
  public let path: String
  /// What was done there.
  public let change: String
  /// The whole document.
  public let document: JSONValue

  /// What stands in for a part: each other type, and numbers and texts that no file should have.
  public static let strangers: [(name: String, value: JSONValue)] = [
    ("null", .null), ("true", .bool(true)), ("0", .number(0)), ("-1", .number(-1)),
    ("0.5", .number(0.5)), ("2^32", .number(4_294_967_296)), ("2^32 - 1", .number(4_294_967_295)),
    ("1e300", .number(1e300)), ("\"\"", .string("")), ("a text", .string("\u{0}[x]🙂")),
    ("[]", .array([])), ("[null]", .array([.null])), ("{}", .object([])),
    ("{\"type\":\"Sequence\"}", .object([.init("type", .string("Sequence"))])),
  ]

  /// Every part of a document replaced by each stranger, every member left out, every member and
  /// element there twice.
  public static func all(of document: JSONValue) -> [JSONMutation] {
    var found: [JSONMutation] = []
    walk(document, "") { path, change, value in
      found.append(JSONMutation(path: path, change: change, document: value))
    }
    return found
  }

  private static func walk(
    _ value: JSONValue, _ path: String, _ found: (String, String, JSONValue) -> Void
  ) {
    for (name, stranger) in strangers where stranger != value { found(path, name, stranger) }
    switch value {
    case .array(let items):
      for (index, item) in items.enumerated() {
        func with(_ new: [JSONValue]) -> JSONValue {
          .array(Array(items[..<index]) + new + Array(items[(index + 1)...]))
        }
        let place = "\(path)[\(index)]"
        found(place, "left out", with([]))
        found(place, "there twice", with([item, item]))
        walk(item, place) { found($0, $1, with([$2])) }
      }
    case .object(let members):
      for (index, member) in members.enumerated() {
        func with(_ new: [JSONValue.Member]) -> JSONValue {
          .object(Array(members[..<index]) + new + Array(members[(index + 1)...]))
        }
        let place = path.isEmpty ? member.key : path + "." + member.key
        found(place, "left out", with([]))
        found(place, "there twice", with([member, member]))
        walk(member.value, place) { found($0, $1, with([.init(member.key, $2)])) }
      }
    default: break
    }
  }
}
