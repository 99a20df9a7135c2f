/// The files of a folder that `AutoTokenizer.from_pretrained` of transformers loads.
///
/// Which token plays which role (`cls_token`, `mask_token` …) is told by its usual name.
public enum TransformersFolder {
  /// One file: its name and its bytes.
  public struct File: Sendable {
    /// The name in the folder.
    public let name: String
    /// The content.
    public let bytes: [UInt8]

    /// Creates a file.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json`; the same tokenizer
  /// gives the same bytes.
  /// - Parameter maximumLength: the number of tokens the model to be trained takes.
  /// - Throws: As `TokenizerJSON.write(_:to:)`.
  public static func files(
    of tokenizer: Tokenizer, maximumLength: Int = 512
  ) throws(TokenizerFileError) -> [File] {
    var text = ByteBuffer()
    try TokenizerJSON.write(tokenizer, to: &text)
    let roles = roles(of: tokenizer)
    let configuration: [JSONValue.Member] =
      [
        .init("tokenizer_class", .string("PreTrainedTokenizerFast")),
        .init("model_max_length", .integer(maximumLength)),
        .init(
          "model_input_names",
          .array(["input_ids", "token_type_ids", "attention_mask"].map { .string($0) })),
        .init("clean_up_tokenization_spaces", .bool(false)),
      ] + roles
    return [
      File(name: "tokenizer.json", bytes: text.bytes),
      File(name: "tokenizer_config.json", bytes: JSONWriter.document(.object(configuration))),
      File(name: "special_tokens_map.json", bytes: JSONWriter.document(.object(roles))),
    ]
  }

  private static let names: [(role: String, candidates: [String])] = [
    ("bos_token", ["<s>", "<|begin_of_text|>"]), ("eos_token", ["</s>", "<|endoftext|>"]),
    ("unk_token", ["<unk>", "[UNK]"]), ("sep_token", ["[SEP]"]), ("pad_token", ["<pad>", "[PAD]"]),
    ("cls_token", ["[CLS]"]), ("mask_token", ["[MASK]", "<mask>"]),
  ]

  private static func roles(of tokenizer: Tokenizer) -> [JSONValue.Member] {
    let special = Set(tokenizer.addedTokens.filter(\.isSpecial).map(\.content))
    return names.compactMap { role, candidates in
      candidates.first { special.contains($0) }.map { .init(role, .string($0)) }
    }
  }
}

extension JSONWriter {
  /// A whole file of one value, indented, with a line end.
  public static func document(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value, indent: 0)
    writer.raw("\n")
    return writer.output.bytes
  }
}
