/// SentencePiece's files of rules (`normalization_rule_tsv`): a rule a line, `source TAB target`, both
/// as hexadecimal scalars with spaces between them, `U+` in front allowed.
///
/// What stands behind a second TAB is passed over. No target deletes; of two lines with one source
/// the later holds. There are no comments and no empty lines.
public enum RuleFile {
  /// A line that is no rule.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// The line's number, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: String

    /// Place, cause and remedy.
    public var description: String { "line \(line): \(reason)" }
  }

  /// Reads the rules of a file, in its order.
  /// - Throws: `Failure` for the first line that is no rule.
  public static func read(_ bytes: Span<UInt8>) throws(Failure) -> [PrecompiledMap.Rule] {
    var rules: [PrecompiledMap.Rule] = []
    var start = 0
    var number = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      number += 1
      rules.append(try rule(bytes.extracting(start..<end), number))
      start = end + 1
    }
    return rules
  }

  private static func rule(
    _ bytes: Span<UInt8>, _ number: Int
  ) throws(Failure) -> PrecompiledMap.Rule {
    let line = bytes.withUnsafeBufferPointer { Array($0) }
    let columns = line.split(
      separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
    let source = try scalars(columns.first ?? [], number)
    guard !source.isEmpty else {
      throw Failure(line: number, reason: "no source; a rule is hex, TAB, hex")
    }
    return PrecompiledMap.Rule(
      source: source, target: columns.count > 1 ? try scalars(columns[1], number) : [])
  }

  /// The UTF-8 of a column.
  private static func scalars(
    _ column: ArraySlice<UInt8>, _ number: Int
  ) throws(Failure) -> [UInt8] {
    var output = ByteBuffer()
    for word in column.split(whereSeparator: { $0 == 0x20 || $0 == 0x0D }) {
      let text = String(decoding: word, as: UTF8.self)
      var digits = text[...]
      for prefix in ["U+", "0x"] where digits.hasPrefix(prefix) { digits = digits.dropFirst(2) }
      guard let first = digits.first, first.isHexDigit, let value = UInt32(digits, radix: 16),
        value > 0, Unicode.Scalar(value) != nil
      else {
        throw Failure(
          line: number, reason: "'\(text)' is not a character in hexadecimal, such as 09DF")
      }
      UTF8Scalars.append(value, to: &output)
    }
    return output.bytes
  }
}
