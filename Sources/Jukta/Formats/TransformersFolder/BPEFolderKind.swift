/// What a tokenizer class of transformers adds to `vocab.json` and `merges.txt`.
enum BPEFolderKind {
  /// GPT-2's, also where no file names a class: words by GPT-2's pattern.
  case gpt2
  /// RoBERTa's: the same words, `<s>` and `</s>` around a text, and ranges without spaces.
  case roberta
  /// Qwen2's: NFC, and a pattern that takes digits one by one.
  case qwen2

  /// The roles of special tokens, in the order in which transformers adds them.
  static let roles = [
    "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
  ]

  init(_ configuration: JSONReader) throws(TokenizerFileError) {
    guard let name = configuration.value["tokenizer_class"], name != .null else {
      self = .gpt2
      return
    }
    let reader = JSONReader(name, configuration.path + ": tokenizer_class")
    switch try reader.string() {
    case "GPT2Tokenizer", "GPT2TokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend":
      self = .gpt2
    case "RobertaTokenizer", "RobertaTokenizerFast": self = .roberta
    case "Qwen2Tokenizer", "Qwen2TokenizerFast": self = .qwen2
    case let other:
      throw .unsupported(
        path: reader.path, component: "class of a folder without a tokenizer.json", type: other)
    }
  }

  /// The special tokens where no file says otherwise, by role.
  var specials: [String: String] {
    let end = "<|endoftext|>"
    switch self {
    case .gpt2: return ["bos_token": end, "eos_token": end, "unk_token": end]
    case .qwen2: return ["eos_token": end, "unk_token": end, "pad_token": end]
    case .roberta:
      return [
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>",
        "pad_token": "<pad>", "cls_token": "<s>", "mask_token": "<mask>",
      ]
    }
  }

  /// What normalises a text.
  var normalizer: [NormalizationStep] { self == .qwen2 ? [.nfc(.unicode9)] : [] }

  /// What cuts it into words.
  func preTokenizer(addsPrefixSpace: Bool) -> PreTokenizer {
    let bytes = PreTokenizer.byteLevel(
      addsPrefixSpace: addsPrefixSpace, trimsOffsets: true, usesRegex: self != .qwen2)
    guard self == .qwen2 else { return bytes }
    let pattern =
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    return .sequence([.split(.regex(pattern), .isolated), bytes])
  }
}
