extension TextFrontEnd {
  /// How words are made, on one line: an object with tokenizer.json's `normalizer` and
  /// `pre_tokenizer`. The same front end gives the same bytes.
  public var json: String {
    var writer = JSONWriter()
    writer.value(
      .object([
        .init("normalizer", NormalizerJSON.write(normalizer.steps)),
        .init("pre_tokenizer", PreTokenizerJSON.write(preTokenizer)),
      ]))
    return String(decoding: writer.output.bytes, as: UTF8.self)
  }
}
