public import Jukta

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files of Tests/Fixtures, made by the tools that their folders are named after.
public enum Fixture {
  /// What is wrong with a fixture.
  public struct Unreadable: Error {
    /// Where it was looked for.
    public let path: String
  }

  /// The value of a JSON file, by its path in Tests/Fixtures.
  public static func json(_ path: String) throws -> JSONValue {
    let bytes = try bytes(path)
    return try JSONParser.parse(bytes.span)
  }

  /// The values of a file of JSON lines, by its path in Tests/Fixtures or from the root.
  public static func jsonLines(_ path: String) throws -> [JSONValue] {
    var values: [JSONValue] = []
    for part in try bytes(path).split(separator: UInt8(ascii: "\n")) {
      let line = Array(part)
      values.append(try JSONParser.parse(line.span))
    }
    return values
  }

  /// The bytes of a file, by its path in Tests/Fixtures or from the root.
  public static func bytes(_ path: String) throws -> [UInt8] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    let whole =
      path.hasPrefix("/") ? path : folder.joined(separator: "/") + "/Fixtures/" + path
    guard let handle = fopen(whole, "r") else { throw Unreadable(path: whole) }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, handle), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }
}

extension JSONValue {
  /// The items of an array; none for other values.
  public var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  /// A string; nil for other values.
  public var text: String? { if case .string(let text) = self { text } else { nil } }
  /// A whole number; nil for other values.
  public var whole: Int? {
    if case .number(let number) = self { Int(exactly: number) } else { nil }
  }
  /// A pair of whole numbers as a range.
  public var range: Range<Int>? {
    guard items.count == 2, let start = items[0].whole, let end = items[1].whole else { return nil }
    return start..<end
  }
}
