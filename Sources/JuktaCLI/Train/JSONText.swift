/// A small ordered JSON value, for the files that training writes.
indirect enum JSONText {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  /// The text, two spaces a level, an array of plain values on one line, and a line end.
  func text() -> String {
    var out = ""
    write(to: &out, indent: 0)
    return out + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to out: inout String, indent: Int) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .int(let value): out += String(value)
    case .double(let value): out += String(value)
    case .string(let value): Self.quote(value, to: &out)
    case .array(let items) where items.allSatisfy(\.isPlain):
      out += "["
      for (index, item) in items.enumerated() {
        if index > 0 { out += ", " }
        item.write(to: &out, indent: indent)
      }
      out += "]"
    case .array(let items):
      Self.write(items, "[", "]", to: &out, indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      Self.write(members, "{", "}", to: &out, indent) { member, out, indent in
        Self.quote(member.0, to: &out)
        out += ": "
        member.1.write(to: &out, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to out: inout String, _ indent: Int,
    _ each: (Item, inout String, Int) -> Void
  ) {
    out += open
    for (index, item) in items.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: indent + 1)
      each(item, &out, indent + 1)
    }
    if !items.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
    out += close
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
