/// A pattern of a fixed number of scalars, each out of a set: what a compiled map can look for.
///
/// Read from a plain string, or from a regular expression without repetition: literals, escapes,
/// classes, and a look-behind of one class in front (which then counts as the first scalar).
struct WindowPattern {
  /// What each scalar may be.
  var positions: [Set<UInt32>] = []

  /// The scalars of a string, as they stand; nil for none.
  init?(literal: String) {
    positions = literal.unicodeScalars.map { [$0.value] }
    if positions.isEmpty { return nil }
  }

  /// nil where the expression holds anything else, or a class of over 4096 scalars.
  init?(regex: String) {
    var rest = regex.unicodeScalars.map(\.value)[...]
    if rest.starts(with: "(?<=".unicodeScalars.map(\.value)) {
      rest = rest.dropFirst(4)
      guard let context = Self.atom(&rest), rest.popFirst() == 0x29 else { return nil }
      positions.append(context)
      if rest.isEmpty { return nil }
    }
    while !rest.isEmpty {
      guard let atom = Self.atom(&rest) else { return nil }
      positions.append(atom)
    }
    if positions.isEmpty { return nil }
  }

  /// One literal, escape or class.
  private static func atom(_ rest: inout ArraySlice<UInt32>) -> Set<UInt32>? {
    guard rest.first == 0x5B else { return scalar(&rest).map { [$0] } }
    rest.removeFirst()
    var members = Set<UInt32>()
    while rest.first != 0x5D {
      guard let first = scalar(&rest) else { return nil }
      var last = first
      if rest.first == 0x2D {
        rest.removeFirst()
        guard let end = scalar(&rest), end >= first else { return nil }
        last = end
      }
      guard members.count + Int(last - first) < 4096 else { return nil }
      members.formUnion(first...last)
    }
    rest.removeFirst()
    return members
  }

  /// A scalar that stands for itself, or `\uXXXX`.
  private static func scalar(_ rest: inout ArraySlice<UInt32>) -> UInt32? {
    guard let first = rest.popFirst() else { return nil }
    guard first == 0x5C else {
      let meta = "^$.|?*+()[]{}&-\\".unicodeScalars
      return meta.contains { $0.value == first } ? nil : first
    }
    guard rest.popFirst() == 0x75, rest.count >= 4 else { return nil }
    let digits = String(String.UnicodeScalarView(rest.prefix(4).compactMap(Unicode.Scalar.init)))
    rest = rest.dropFirst(4)
    return UInt32(digits, radix: 16)
  }
}
