/// Many rows of one form, in columns: a vocabulary of 32,000 pieces is a few arrays, where a tree of
/// values would be 100,000 allocations.
public struct JSONColumns: Sendable, Equatable {
  /// How the rows stand in the document.
  public enum Form: Sendable {
    /// `[["a", 1.5], …]`
    case scored
    /// `{"a": 1, …}`
    case members
    /// `[["a", "b"], …]`
    case pairs
    /// `["a", …]`
    case strings
  }

  /// How the rows stand in the document.
  public let form: Form
  /// The strings, row by row; a pair has two.
  public let strings: Pieces
  /// The number of each row; none in `pairs` and `strings`.
  public let numbers: [Double]

  /// The number of rows.
  public var count: Int { form == .pairs ? strings.count / 2 : strings.count }

  init(_ form: Form, _ strings: Pieces, _ numbers: [Double]) {
    (self.form, self.strings, self.numbers) = (form, strings, numbers)
  }
}

extension JSONWriter {
  /// Appends rows on one line.
  mutating func columns(_ columns: JSONColumns) {
    raw(columns.form == .members ? "{" : "[")
    for row in 0..<columns.count {
      if row > 0 { raw(",") }
      switch columns.form {
      case .strings: string(columns.strings[row])
      case .scored:
        value(.array([.string(columns.strings[row]), .number(columns.numbers[row])]))
      case .members:
        string(columns.strings[row])
        raw(":")
        value(.number(columns.numbers[row]))
      case .pairs:
        value(
          .array([
            .string(columns.strings[row * 2]), .string(columns.strings[row * 2 + 1]),
          ]))
      }
    }
    raw(columns.form == .members ? "}" : "]")
  }
}
