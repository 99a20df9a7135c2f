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
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in sentencePiece.map?.bytes ?? [] {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    let options = sentencePiece.options
    return .typed(
      "SentencePiece",
      [
        .init("map_fnv1a", .string(String(hash, radix: 16))),
        .init("add_dummy_prefix", .bool(options.addsDummyPrefix)),
        .init("remove_extra_whitespaces", .bool(options.removesExtraWhitespace)),
        .init("escape_whitespaces", .bool(options.escapesWhitespace)),
      ]
        + (options.treatsWhitespaceAsSuffix
          ? [.init("treat_whitespace_as_suffix", .bool(true))] : []))
  }
}
