/// How documents lie in a file.
public enum CorpusLayout: String, Sendable, CaseIterable {
  /// One document a line: OSCAR 2019, and most plain text.
  case lines
  /// Documents with a blank line between them: OSCAR 21.09.
  case paragraphs
  /// One JSON object a line: OSCAR 22.01 and 23.01, and any other with a text field.
  case jsonl
  /// Pages between lines `<doc …>` and `</doc>`, as WikiExtractor writes them; other lines that are not
  /// blank are the document's.
  case wiki
  /// Rows of a Parquet file. Told by its content alone, whatever layout is asked for.
  case parquet

  /// The layout of a file that begins with `text`.
  ///
  /// A `{` means JSON lines; a blank line between lines of text means paragraphs.
  static func detect(_ text: UnsafeBufferPointer<UInt8>) -> CorpusLayout {
    guard let first = text.firstIndex(where: { !isSpace($0) }) else { return .lines }
    if text[first] == UInt8(ascii: "{") { return .jsonl }
    if text[first...].starts(with: WikiLines.begin) { return .wiki }
    return firstBlankLine(text, from: first) != nil ? .paragraphs : .lines
  }

  /// Whether text begins as an array of objects does: no layout that can be read line by line.
  static func isArrayOfRecords(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.firstIndex(where: { !isSpace($0) }), text[first] == UInt8(ascii: "["),
      let next = text[(first + 1)...].first(where: { !isSpace($0) })
    else { return false }
    return next == UInt8(ascii: "{")
  }

  /// Where the first blank line with text behind it starts.
  private static func firstBlankLine(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var position = start
    while let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) {
      var next = end + 1
      if next < text.count, text[next] == UInt8(ascii: "\r") { next += 1 }
      if next < text.count, text[next] == UInt8(ascii: "\n") {
        return text[next...].contains { !isSpace($0) } ? next : nil
      }
      position = end + 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
