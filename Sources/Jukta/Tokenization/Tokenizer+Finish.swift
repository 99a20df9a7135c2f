extension Tokenizer {
  /// The same tokenizer without truncation and padding: for counting and showing the tokens of whole
  /// texts.
  public func withoutTruncationAndPadding() -> Tokenizer {
    var whole = self
    whole.truncation = nil
    whole.padding = nil
    return whole
  }

  /// Truncates, post-processes and pads, in this order.
  /// - Parameter source: the text, where the post-processor trims ranges.
  /// - Throws: `TruncationError`, or `PostProcessorError`.
  func finish(
    _ first: consuming Encoding, _ source: SourceText, addsSpecialTokens: Bool
  ) throws -> Encoding {
    try finish([first], [source], addsSpecialTokens: addsSpecialTokens)
  }

  /// The same for one text or a pair.
  func finish(
    _ texts: consuming [Encoding], _ sources: [SourceText], addsSpecialTokens: Bool
  ) throws -> Encoding {
    var texts = texts
    for index in texts.indices where index > 0 { texts[index].setTypes(UInt32(index)) }
    if let truncation {
      let added = addsSpecialTokens ? postProcessor?.addedCount(isPair: texts.count > 1) ?? 0 : 0
      let second = texts.count > 1 ? texts[1].count : nil
      if let kept = try truncation.kept(first: texts[0].count, second: second, added: added) {
        try texts[0].truncate(to: kept.first, by: truncation)
        if second != nil { try texts[1].truncate(to: kept.second, by: truncation) }
      }
    }
    var result: Encoding
    if case .template(let template)? = postProcessor, texts.count == 1,
      texts[0].overflowing.isEmpty
    {
      result = template.around(texts[0], addsSpecialTokens: addsSpecialTokens)
    } else if let postProcessor {
      result = try postProcessor.process(texts, sources, addsSpecialTokens: addsSpecialTokens)
    } else if texts.count == 1 {
      result = texts[0]
    } else {
      result = Encoding()
      for (index, text) in texts.enumerated() {
        var text = text
        text.setSequence(index)
        result.append(contentsOf: text)
      }
    }
    if let padding { result.pad(to: padding.target(longest: result.count), by: padding) }
    return result
  }
}
