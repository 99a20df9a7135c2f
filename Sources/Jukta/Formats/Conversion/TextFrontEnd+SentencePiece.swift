extension TextFrontEnd {
  /// The front end for training what SentencePiece trains: a map of rules, and what becomes of spaces.
  ///
  /// Digits and punctuation stand apart, as with ``PreTokenizer/bengali``.
  /// - Parameters:
  ///   - map: the rules; nil for none, as `identity`.
  ///   - spaces: `escapesWhitespace` has no say: a space is ▁ in every piece.
  public init(
    rules map: PrecompiledMap?, spaces: SentencePieceNormalizer.Options
  ) throws(PrecompiledMap.CompileError) {
    var options = spaces
    let marker: PreTokenizer
    if spaces.treatsWhitespaceAsSuffix {
      options.escapesWhitespace = true
      marker = Self.markerBehind
    } else {
      options.escapesWhitespace = false
      // Metaspace puts no marker before a space, and where spaces are kept SentencePiece does.
      options.addsDummyPrefix = spaces.addsDummyPrefix && !spaces.removesExtraWhitespace
      let isFirst = spaces.addsDummyPrefix && spaces.removesExtraWhitespace
      marker = .metaspace(prependScheme: isFirst ? .always : .never)
    }
    self.init(
      normalizer: Normalizer(try SentencePieceNormalizer(map: map, options: options)),
      preTokenizer: .sequence([marker, .digits(individual: true), .punctuation()]))
  }

  /// What cuts words that end with ▁.
  static let markerBehind = PreTokenizer.split(.string("\u{2581}"), .mergedWithPrevious)

  /// The decoder for the ▁ that this front end writes.
  public func markerDecoder(byteFallback: Bool) -> Decoder {
    var hasPrefix = normalizer.steps.contains(.prepend("\u{2581}"))
    if let options = normalizer.sentencePiece?.options {
      hasPrefix = options.addsDummyPrefix && !options.treatsWhitespaceAsSuffix
    }
    if case .metaspace(_, let scheme, _)? = preTokenizer.flattened.first {
      hasPrefix = hasPrefix || scheme != .never
    } else if preTokenizer.flattened.first != Self.markerBehind {
      hasPrefix = true
    }
    let marker = Decoder.metaspace(prependScheme: hasPrefix ? .always : .never)
    return byteFallback ? .sequence([.byteFallback, marker]) : marker
  }
}
