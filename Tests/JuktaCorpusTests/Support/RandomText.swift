import TestSupport

/// Text with all that may lie between lines, and the obvious way to read it.
enum RandomText {
  static func make(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let words = ["ক", "আমি", "বাংলায়", "গান", "গাই।", "x", "😀", "র‍্য", "{", "\t"]
    var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      let length =
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<3: 0
        case 3: Int.random(in: 50...120, using: &generator)
        default: Int.random(in: 1...12, using: &generator)
        }
      let line = (0..<length).map { _ in words.randomElement(using: &generator) ?? "" }
      text += line.joined(separator: " ")
      text +=
        ["\n", "\n", "\n", "\r\n", "\n\n", " \n", "\r\n\r\n"].randomElement(using: &generator)
        ?? "\n"
    }
    if Bool.random(using: &generator) { text += "শেষ" }
    return text
  }

  /// Lines by their numbers, without their ends; those of white space alone are empty.
  private static func lines(_ text: String) -> [(number: Int, text: String)] {
    var bytes = Array(text.utf8)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      var line = line
      if line.last == 0x0D { line.removeLast() }
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      return (index + 1, isBlank ? "" : String(decoding: line, as: UTF8.self))
    }
  }

  static func documents(_ text: String, _ layout: CorpusLayoutOfText) -> [Document] {
    var found: [Document] = []
    var isInside = false
    for (number, line) in lines(text) {
      if line.isEmpty {
        isInside = false
      } else if isInside, layout == .paragraphs, let last = found.indices.last {
        found[last].text += "\n" + line
      } else {
        found.append(Document(text: line, line: number))
        isInside = true
      }
    }
    return found
  }

  enum CorpusLayoutOfText: CaseIterable, Sendable { case lines, paragraphs }
}
