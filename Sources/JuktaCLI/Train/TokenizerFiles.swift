import Jukta
import JuktaTraining

/// The files that `transformers` and `tokenizers` load, for a trained Unigram vocabulary.
struct TokenizerFiles {
  let vocabulary: UnigramVocabulary
  let normalizer: Normalizer
  let byteFallback: Bool

  /// `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json`.
  func all() -> [(name: String, bytes: [UInt8])] {
    [
      ("tokenizer.json", tokenizer), ("tokenizer_config.json", configuration),
      ("special_tokens_map.json", .object(roles.map { ($0.role, .string($0.token)) })),
    ].map { ($0.0, Array($0.1.text().utf8)) }
  }

  private var tokens: [String] {
    vocabulary.pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// Special tokens by the role that `transformers` gives them, as far as they are there.
  private var roles: [(role: String, token: String)] {
    let names: [(String, [String])] = [
      ("bos_token", ["<s>"]), ("eos_token", ["</s>"]), ("unk_token", ["<unk>", "[UNK]"]),
      ("sep_token", ["[SEP]"]), ("pad_token", ["<pad>", "[PAD]"]), ("cls_token", ["[CLS]"]),
      ("mask_token", ["[MASK]", "<mask>"]),
    ]
    let special = Set(zip(tokens, vocabulary.pieces).filter { isSpecial($0.1) }.map(\.0))
    return names.compactMap { role, candidates in
      candidates.first { special.contains($0) }.map { (role, $0) }
    }
  }

  private func isSpecial(_ piece: UnigramPiece) -> Bool {
    piece.kind == .control || piece.kind == .unknown
  }

  private var tokenizer: JSONText {
    .object([
      ("version", .string("1.0")), ("truncation", .null), ("padding", .null),
      ("added_tokens", .array(addedTokens)),
      ("normalizer", normalizerJSON(normalizer.steps)),
      ("pre_tokenizer", preTokenizer), ("post_processor", postProcessor), ("decoder", decoder),
      (
        "model",
        .object([
          ("type", .string("Unigram")), ("unk_id", .int(vocabulary.unknownIndex)),
          (
            "vocab",
            .array(zip(tokens, vocabulary.pieces).map { .array([.string($0), .double($1.score)]) })
          ),
          ("byte_fallback", .bool(byteFallback)),
        ])
      ),
    ])
  }

  private var addedTokens: [JSONText] {
    zip(tokens, vocabulary.pieces).enumerated().compactMap { id, entry in
      guard isSpecial(entry.1) || entry.1.kind == .userDefined else { return nil }
      return .object([
        ("id", .int(id)), ("content", .string(entry.0)), ("single_word", .bool(false)),
        // A mask stands for a word with its space.
        ("lstrip", .bool(entry.0 == "[MASK]" || entry.0 == "<mask>")), ("rstrip", .bool(false)),
        ("normalized", .bool(false)), ("special", .bool(isSpecial(entry.1))),
      ])
    }
  }

  private var metaspace: JSONText {
    .object([
      ("type", .string("Metaspace")), ("replacement", .string("\u{2581}")),
      ("prepend_scheme", .string("always")), ("split", .bool(true)),
    ])
  }

  private var preTokenizer: JSONText {
    .object([
      ("type", .string("Sequence")),
      (
        "pretokenizers",
        .array([
          metaspace,
          .object([("type", .string("Digits")), ("individual_digits", .bool(true))]),
          .object([("type", .string("Punctuation")), ("behavior", .string("Isolated"))]),
        ])
      ),
    ])
  }

  private var decoder: JSONText {
    guard byteFallback else { return metaspace }
    return .object([
      ("type", .string("Sequence")),
      (
        "decoders",
        .array([.object([("type", .string("ByteFallback"))]), metaspace])
      ),
    ])
  }

  /// `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, where the vocabulary has both.
  private var postProcessor: JSONText {
    guard let cls = tokens.firstIndex(of: "[CLS]"), let sep = tokens.firstIndex(of: "[SEP]") else {
      return .null
    }
    func special(_ token: String, _ type: Int) -> JSONText {
      .object([("SpecialToken", .object([("id", .string(token)), ("type_id", .int(type))]))])
    }
    func sequence(_ name: String, _ type: Int) -> JSONText {
      .object([("Sequence", .object([("id", .string(name)), ("type_id", .int(type))]))])
    }
    func entry(_ token: String, _ id: Int) -> (String, JSONText) {
      (
        token,
        .object([
          ("id", .string(token)), ("ids", .array([.int(id)])),
          ("tokens", .array([.string(token)])),
        ])
      )
    }
    let single = [special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0)]
    return .object([
      ("type", .string("TemplateProcessing")), ("single", .array(single)),
      ("pair", .array(single + [sequence("B", 1), special("[SEP]", 1)])),
      ("special_tokens", .object([entry("[CLS]", cls), entry("[SEP]", sep)])),
    ])
  }

  private var configuration: JSONText {
    .object(
      [
        ("tokenizer_class", .string("PreTrainedTokenizerFast")), ("model_max_length", .int(512)),
        (
          "model_input_names",
          .array(["input_ids", "token_type_ids", "attention_mask"].map { .string($0) })
        ),
        ("clean_up_tokenization_spaces", .bool(false)),
      ] + roles.map { ($0.role, .string($0.token)) })
  }
}

/// A pipeline in tokenizer.json's form.
func normalizerJSON(_ steps: [NormalizationStep]) -> JSONText {
  func named(_ type: String, _ members: [(String, JSONText)] = []) -> JSONText {
    .object([("type", .string(type))] + members)
  }
  func json(_ step: NormalizationStep) -> JSONText {
    switch step {
    case .nmt: named("Nmt")
    case .nfc: named("NFC")
    case .nfd: named("NFD")
    case .nfkc: named("NFKC")
    case .nfkd: named("NFKD")
    case .lowercase: named("Lowercase")
    case .replace(.string(let text), let content):
      named(
        "Replace",
        [("pattern", .object([("String", .string(text))])), ("content", .string(content))])
    case .replace(.regex(let pattern), let content):
      named(
        "Replace",
        [("pattern", .object([("Regex", .string(pattern))])), ("content", .string(content))])
    case .strip(let left, let right):
      named("Strip", [("strip_left", .bool(left)), ("strip_right", .bool(right))])
    case .stripAccents: named("StripAccents")
    case .prepend(let prefix): named("Prepend", [("prepend", .string(prefix))])
    case .sequence(let steps): named("Sequence", [("normalizers", .array(steps.map(json)))])
    }
  }
  if steps.isEmpty { return .null }
  return named("Sequence", [("normalizers", .array(steps.map(json)))])
}
