/// The lines that WikiExtractor puts around a page.
enum WikiLines {
  static let begin = Array("<doc id=".utf8)
  private static let end = Array("</doc>".utf8)

  /// Whether a line stands between documents.
  static func isBetween(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.starts(with: begin) || (line.starts(with: end) && LineScan.isBlank(line[end.count...]))
  }

  /// What lies behind the last line that ends a page; nil where there is none.
  static func lastEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = LineScan.lastLineEnd(bytes, before: bytes.count)
    while let last = end {
      let previous = LineScan.lastLineEnd(bytes, before: last)
      let start = (previous ?? -1) + 1
      if bytes[start..<last].starts(with: self.end) { return last + 1 }
      end = previous
    }
    return nil
  }
}
