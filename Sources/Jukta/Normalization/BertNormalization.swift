/// BERT's clean-up of text: tokenizer.json's BertNormalizer.
public struct BertNormalization: Sendable, Equatable {
  /// Whether controls, formats (ZWJ and ZWNJ among them) and private characters go, and all white
  /// space becomes a space.
  public var cleansText: Bool
  /// Whether each Chinese character stands between spaces.
  public var separatesChinese: Bool
  /// Whether text is decomposed and non-spacing marks go; nil does as `lowercases` says.
  public var stripsAccents: Bool?
  /// Whether text becomes lower case.
  public var lowercases: Bool

  /// Creates the clean-up, with the reference's defaults.
  public init(
    cleansText: Bool = true, separatesChinese: Bool = true, stripsAccents: Bool? = nil,
    lowercases: Bool = true
  ) {
    self.cleansText = cleansText
    self.separatesChinese = separatesChinese
    self.stripsAccents = stripsAccents
    self.lowercases = lowercases
  }

  func apply(to text: inout ScalarText, _ scratch: NormalizationScratch) {
    if cleansText {
      text.removeAll { ReferenceSets.bertControl.contains($0) }
      text.map { UnicodeProperties.isWhitespace($0) ? 0x20 : $0 }
    }
    if separatesChinese, text.scalars.contains(where: Self.isChinese) { separateChinese(&text) }
    if stripsAccents ?? lowercases {
      NormalForm(isCompatible: false, isComposed: false, repertoire: .unicode9).apply(
        to: &text, scratch)
      text.removeAll { ReferenceSets.bertAccent.contains($0) }
    }
    if lowercases { Lowercase.apply(to: &text, scratch) }
  }

  private func separateChinese(_ text: inout ScalarText) {
    var result = ScalarText()
    for (index, scalar) in text.scalars.enumerated() {
      let isChinese = Self.isChinese(scalar)
      if isChinese { result.append(0x20, like: index, of: text) }
      result.append(scalar, like: index, of: text)
      if isChinese { result.append(0x20, like: index, of: text) }
    }
    text = result
  }

  /// The blocks that BERT calls Chinese; the reference's slip (2B920 for 2B820) is kept.
  private static func isChinese(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
