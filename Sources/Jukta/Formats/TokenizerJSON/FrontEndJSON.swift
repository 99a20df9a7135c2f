extension TextFrontEnd {
  /// How words are made, on one line: an object with tokenizer.json's `normalizer` and
  /// `pre_tokenizer`. The same front end gives the same bytes.
  public var json: String {
    var writer = JSONWriter()
    writer.value(
      .object([
        .init("normalizer", normalizerJSON),
        .init("pre_tokenizer", PreTokenizerJSON.write(preTokenizer)),
      ]))
    return String(decoding: writer.output.bytes, as: UTF8.self)
  }

  private var normalizerJSON: JSONValue {
    guard let sentencePiece = normalizer.sentencePiece else {
      return NormalizerJSON.write(normalizer.steps)
    }
    // The map itself would take a line of 300 kB.
    var hash = FNV1a()
    hash.add(sentencePiece.map?.bytes ?? [])
    let options = sentencePiece.options
    return .typed(
      "SentencePiece",
      [
        .init("map_fnv1a", .string(String(hash.value, radix: 16))),
        .init("add_dummy_prefix", .bool(options.addsDummyPrefix)),
        .init("remove_extra_whitespaces", .bool(options.removesExtraWhitespace)),
        .init("escape_whitespaces", .bool(options.escapesWhitespace)),
      ]
        + (options.treatsWhitespaceAsSuffix
          ? [.init("treat_whitespace_as_suffix", .bool(true))] : []))
  }
}

extension Tokenizer {
  /// How this tokenizer makes words of text, on one line: its front end, and a fingerprint of the added
  /// tokens that are cut out first. What a file of counts says of itself that was counted for it.
  public var wordsJSON: String {
    var hash = FNV1a()
    for token in addedTokens {
      hash.add(Array(token.content.utf8))
      let flags = [token.singleWord, token.stripsLeft, token.stripsRight, token.isNormalized]
      hash.add(flags.map { $0 ? 1 : 0 } + [0xFF])
    }
    let head = frontEnd.json.dropLast()
    return head + ",\"added_tokens_fnv1a\":\"\(String(hash.value, radix: 16))\"}"
  }
}

/// The 64-bit hash of Fowler, Noll and Vo (FNV-1a): a fingerprint of bytes, no protection.
private struct FNV1a {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}
