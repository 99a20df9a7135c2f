public import Jukta

/// Which characters have pieces beside those that the corpus gives by itself.
public enum TrainingAlphabet: String, Sendable, Hashable, CaseIterable {
  /// None: characters that the corpus does not have, or hardly, are unknown.
  case corpus
  /// Every assigned character of the Bengali block, the two joiners, the two dandas and ASCII's
  /// printable characters, so that no Bengali letter is lost however small the corpus.
  case bengali

  /// The characters in the form that `frontEnd` gives them, alone and in words, each once: what goes
  /// into `preferredCharacters` of the settings. Bengali comes first.
  ///
  /// A character that is always rewritten (a precomposed letter under NFC, a capital where letters are
  /// made small) is there as what it becomes.
  /// - Throws: `NormalizationError` where a pattern of `frontEnd` does not compile.
  public func characters(writtenBy frontEnd: TextFrontEnd) throws -> String {
    guard self == .bengali else { return "" }
    var splitter = try frontEnd.makeWordSplitter()
    var words = WordBuffer()
    var seen: Set<Unicode.Scalar> = []
    var written = String.UnicodeScalarView()
    func add(_ text: String) throws {
      words.removeAll()
      let given = Array(text.utf8)
      try splitter.split(given.span, into: &words)
      let bytes = words.bytes.span.withUnsafeBufferPointer { Array($0) }
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars
      where seen.insert(scalar).inserted {
        written.append(scalar)
      }
    }
    for scalar in Self.bengaliScalars { try add(String(scalar)) }
    // What is dropped or rewritten alone may do its work in a word, as the joiners do.
    for scalar in Self.bengaliScalars {
      for (before, behind) in [("ক", "ক"), ("ক্", "ষ"), ("র", "্য")] {
        try add(before + String(scalar) + behind)
      }
    }
    return String(written)
  }

  private static let bengaliScalars: [Unicode.Scalar] = {
    let block = (0x0980...0x09FF as ClosedRange<UInt32>).compactMap { Unicode.Scalar($0) }
    return block.filter { $0.properties.generalCategory != .unassigned }
      + ["\u{200C}", "\u{200D}", "\u{0964}", "\u{0965}"]
      + (0x20...0x7E as ClosedRange<UInt8>).map { Unicode.Scalar($0) }
  }()
}
