extension EncodingScratch {
  /// Encodes a text, words, or a pair, with everything there is to know about the tokens.
  mutating func encoding(
    of input: EncodingInput, _ tokenizer: borrowing Tokenizer, seed: UInt64,
    addsSpecialTokens: Bool
  ) throws -> Encoding {
    if input.second == nil, case .text(let text) = input.first {
      let bytes = Array(text.utf8)
      return try encoding(
        of: bytes.span, tokenizer, seed: seed, addsControls: false,
        addsSpecialTokens: addsSpecialTokens)
    }
    var texts: [Encoding] = []
    var sources: [SourceText] = []
    for sequence in [input.first] + (input.second.map { [$0] } ?? []) {
      var encoding = Encoding()
      switch sequence {
      case .text(let text):
        let bytes = Array(text.utf8)
        try append(bytes.span, tokenizer, seed: seed, to: &encoding)
        sources.append(.text(bytes))
      case .words(let words):
        let all = words.map { Array($0.utf8) }
        for (number, word) in all.enumerated() {
          let start = encoding.count
          try append(word.span, tokenizer, seed: seed, to: &encoding)
          for index in start..<encoding.count { encoding.wordIDs[index] = number }
        }
        sources.append(.words(all))
      }
      texts.append(encoding)
    }
    return try tokenizer.finish(texts, sources, addsSpecialTokens: addsSpecialTokens)
  }
}

extension Tokenizer {
  /// Encodes a text, words, or a pair of them.
  ///
  /// - Parameter addsSpecialTokens: whether the post-processor's tokens are put around it.
  /// - Throws: `NormalizationError`, `ModelError`, `TruncationError` or `PostProcessorError`.
  public func encode(
    _ input: EncodingInput, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    try withScratch {
      try $0.encoding(of: input, self, seed: 0, addsSpecialTokens: addsSpecialTokens)
    }
  }

  /// Encodes a pair of texts: question and context, premise and hypothesis.
  ///
  ///     let encoding = try tokenizer.encode("কে লিখেছেন?", pair: "বইটি তাঁর লেখা।")
  ///     encoding.sequenceIDs    // [nil, 0, 0, 0, nil, 1, 1, 1, 1, nil]
  ///
  /// - Throws: as `encode(_:addsSpecialTokens:)`.
  public func encode(
    _ text: String, pair: String, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    try encode(.text(text, pair: pair), addsSpecialTokens: addsSpecialTokens)
  }

  /// Encodes words that someone has cut already, as for labels that go to words.
  ///
  ///     let encoding = try tokenizer.encode(words: ["আমি", "গান", "গাই"])
  ///     encoding.wordIDs        // [nil, 0, 1, 2, nil]
  ///
  /// Each word is normalised and cut by itself, and ranges count in the word.
  /// - Throws: as `encode(_:addsSpecialTokens:)`.
  public func encode(
    words: [String], pair: [String]? = nil, addsSpecialTokens: Bool = true
  ) throws -> Encoding {
    try encode(.words(words, pair: pair), addsSpecialTokens: addsSpecialTokens)
  }
}
