/// A JSON document in memory; objects keep their order.
public enum JSONValue: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as a double.
  case number(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object: its members in order.
  case object([Member])
  /// An array or an object that was asked for in columns and is of such a form.
  case columns(JSONColumns)

  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// The member's name.
    public var key: String
    /// The member's value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of the member `key`, the last of that name; nil where there is none.
  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members.last { $0.key == key }?.value } else { nil }
  }

  /// A whole number; exact up to 2^53.
  public static func integer(_ value: some BinaryInteger) -> JSONValue { .number(Double(value)) }

  /// What kind of value this is, for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    case .columns(let columns): columns.form == .members ? "an object" : "an array"
    }
  }
}

extension JSONWriter {
  /// Appends a value, with an indent of two spaces a level where `indent` is not nil.
  public mutating func value(_ value: JSONValue, indent: Int? = nil) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): flag ? raw("true") : raw("false")
    case .number(let number):
      if number == number.rounded(), abs(number) < 1e15 {
        self.number(Int(number))
      } else {
        self.number(number)
      }
    case .string(let text): string(text)
    case .array(let items):
      raw("[")
      for (index, item) in items.enumerated() {
        separate(index, indent)
        self.value(item, indent: indent.map { $0 + 1 })
      }
      close(items.isEmpty, indent)
      raw("]")
    case .columns(let columns): self.columns(columns)
    case .object(let members):
      raw("{")
      for (index, member) in members.enumerated() {
        separate(index, indent)
        string(member.key)
        indent == nil ? raw(":") : raw(": ")
        self.value(member.value, indent: indent.map { $0 + 1 })
      }
      close(members.isEmpty, indent)
      raw("}")
    }
  }

  private mutating func separate(_ index: Int, _ indent: Int?) {
    if index > 0 { raw(",") }
    if let indent { newLine(indent + 1) }
  }

  private mutating func close(_ isEmpty: Bool, _ indent: Int?) {
    if let indent, !isEmpty { newLine(indent) }
  }

  private mutating func newLine(_ depth: Int) {
    raw("\n")
    for _ in 0..<depth { raw("  ") }
  }
}
