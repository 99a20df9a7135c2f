/// Symbols whose compatibility form says something else: ১০ মি² is not ১০ মি2, ½ at the end of 1½ not
/// 11⁄2, a reference ¹ no figure, ™ no word.
///
/// No normal form makes exceptions, so they go through it in the shape of noncharacters, which Unicode
/// sets aside for such use inside a program. A noncharacter in the text itself comes out as the symbol.
enum KeptSymbols {
  /// Superscript digits, fractions, the trade mark, the formula of blessing.
  static let symbols: [Unicode.Scalar] = [
    "\u{B9}", "\u{B2}", "\u{B3}", "\u{2070}", "\u{2074}", "\u{2075}", "\u{2076}", "\u{2077}",
    "\u{2078}",
    "\u{2079}", "\u{BC}", "\u{BD}", "\u{BE}", "\u{2153}", "\u{2154}", "\u{2122}", "\u{FDFA}",
  ]

  static let shields = zip(symbols, places).map { symbol, place in
    NormalizationStep.replace(.string(String(symbol)), content: String(place))
  }
  static let returns = zip(symbols, places).map { symbol, place in
    NormalizationStep.replace(.string(String(place)), content: String(symbol))
  }

  private static let places = (0xFDD0..<0xFDD0 + UInt32(symbols.count)).compactMap(
    Unicode.Scalar.init)
}
