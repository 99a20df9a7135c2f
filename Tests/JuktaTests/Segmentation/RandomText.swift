import TestSupport

/// Texts that look like Bengali with everything that rules ask for, and bytes that look like nothing.
enum RandomText {
  private static let parts: [String] = [
    "আমি", "সে", "বলল", "করে", "ড", "মো", "এ", "কে", "কি.মি.", "যাব না", "আছে", "১", "২৩", "৪", "7",
    "।", "।", "।", "॥", "৷", "|", "?", "!", ".", ".", "...", "…", ",", ";", ":", "ঃ", "-", "—", "“",
    "”", "‘", "’", "\"", "'", "(", ")", "[", "]", "{", "}", " ", " ", " ", " ", "  ", "\u{A0}",
    "\t",
    "\n", "\n", "\r\n", "\r", "\u{2028}", "\u{200B}", "\u{FEFF}", "etc", "Inc", "U.S.", "www.a.com",
    "http://x.y/?a=b", "a@b.c", "😊", "❤️", ":)", ":(", "<3", "(১)", "[২]", "ইয়াহু", "নামে", "এই কথা",
    "\u{200C}", "\u{200D}", "্", "া",
  ]

  /// A text of `count` parts.
  static func text(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count {
      bytes += Array((parts.randomElement(using: &random) ?? " ").utf8)
    }
    return bytes
  }

  /// The same with some bytes changed, dropped or doubled: mostly no UTF-8.
  static func broken(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    text(count, &random).flatMap { byte -> [UInt8] in
      switch Int.random(in: 0..<20, using: &random) {
      case 0: [UInt8.random(in: 0...255, using: &random)]
      case 1: []
      case 2: [byte, byte]
      default: [byte]
      }
    }
  }
}
