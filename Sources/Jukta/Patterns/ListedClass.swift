/// A character class of a regular expression that lists its members: `[,।\x{0}-\x{1F}]`.
///
/// Written so that every engine reads it alike, and read back without one: classes with names, with `^` or with
/// other classes inside are not listed ones.
struct ListedClass: Equatable {
  /// The members, ascending.
  let scalars: [UInt32]

  init(_ scalars: some Sequence<UInt32>) { self.scalars = Set(scalars).sorted() }

  /// Reads a pattern that is a listed class and nothing else; nil for any other.
  init?(pattern: String) {
    var rest = pattern.unicodeScalars[...]
    guard let read = Self.read(&rest), rest.isEmpty else { return nil }
    self = read
  }

  /// The class as a pattern. Digits and punctuation stand for themselves where they mean nothing else.
  var pattern: String {
    var text = "["
    var place = 0
    while place < scalars.count {
      var end = place
      while end + 1 < scalars.count, scalars[end + 1] == scalars[end] + 1 { end += 1 }
      // Two neighbours are no range: easier to read.
      if end < place + 2 { end = place }
      text += Self.text(scalars[place])
      if end > place { text += "-" + Self.text(scalars[end]) }
      place = end + 1
    }
    return text + "]"
  }

  private static let syntax: [UInt32] = "[]^-&\\".unicodeScalars.map(\.value)

  private static func text(_ value: UInt32) -> String {
    let isPlain = UnicodeProperties.isNumeric(value) || UnicodeProperties.isPunctuation(value)
    if isPlain, !syntax.contains(value), let scalar = Unicode.Scalar(value) {
      return String(scalar)
    }
    return "\\x{" + String(value, radix: 16, uppercase: true) + "}"
  }

  /// Reads a class off the front of `text`.
  static func read(_ text: inout Substring.UnicodeScalarView) -> ListedClass? {
    guard text.popFirst() == "[" else { return nil }
    var members: [UInt32] = []
    while let next = text.first {
      if next == "]" {
        text.removeFirst()
        return members.isEmpty ? nil : ListedClass(members)
      }
      guard let first = readMember(&text) else { return nil }
      var last = first
      if text.first == "-" {
        text.removeFirst()
        guard let end = readMember(&text), end >= first, end < 0x110000 else { return nil }
        last = end
      }
      members += first...last
      // No set is longer, and a file may say one range over and over.
      guard members.count <= 0x110000 else { return nil }
    }
    return nil
  }

  private static func readMember(_ text: inout Substring.UnicodeScalarView) -> UInt32? {
    guard let next = text.popFirst() else { return nil }
    if next == "\\" {
      guard text.popFirst() == "x", text.popFirst() == "{", let end = text.firstIndex(of: "}")
      else { return nil }
      let value = UInt32(String(text[..<end]), radix: 16)
      text = text[text.index(after: end)...]
      return value
    }
    return syntax.contains(next.value) ? nil : next.value
  }
}
