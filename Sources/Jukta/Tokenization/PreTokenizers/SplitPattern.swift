/// The split patterns of byte-level models that Jukta knows by heart: it cuts by a scan of its own
/// where one of them stands in a file, and by ICU's regular expressions where another does.
public enum SplitPattern: String, Sendable, CaseIterable {
  /// GPT-2's. Bengali signs are marks and not letters, so it shatters words: বাংলা is four.
  case gpt2
  /// GPT-4's (`cl100k_base`). It shatters Bengali words just so.
  case gpt4
  /// GPT-4's rules with marks and joiners where they belong: no mark is cut from its base.
  case bengali

  /// The pattern, in the syntax that ICU and Oniguruma share.
  public var regex: String {
    switch self {
    case .gpt2:
      #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    case .gpt4:
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    case .bengali:
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)(?![\p{M}\x{200C}\x{200D}])"#
        + #"|[^\r\n\p{L}\p{M}\p{N}\x{200C}\x{200D}]?[\p{L}\p{M}\x{200C}\x{200D}]+"#
        + #"|(?:\p{N}[\p{M}\x{200C}\x{200D}]*){1,3}"#
        + #"| ?[^\s\p{L}\p{M}\p{N}\x{200C}\x{200D}][^\s\p{L}\p{N}]*[\r\n]*"#
        + #"|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }
  }

  /// The pre-tokenizer that cuts by this pattern and hands words on as bytes.
  public var preTokenizer: PreTokenizer {
    switch self {
    case .gpt2: .byteLevel(addsPrefixSpace: false)
    case .gpt4, .bengali:
      .sequence([
        .split(.regex(regex), .isolated), .byteLevel(addsPrefixSpace: false, usesRegex: false),
      ])
    }
  }
}
